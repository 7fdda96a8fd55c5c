"""One character for a country, as Chinese, Japanese and Korean news write it: 中哈, 秘方, 日中, 한중.

Most of these characters are words of their own (秘方 is also a secret recipe, 中新 China with
New Zealand or with Singapore), so one counts only for a country that the text names in full; `sure`
pairs stand alone. The tables are in the language's file. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .lexicon import Hit
from .vocabulary import PEOPLE, settings_of

PAIR = "pair"


def abbreviated(text: str, hits: list[Hit], language: str) -> list[Hit]:
    """The hits together with what single characters add, in order, without overlaps."""
    table = settings_of(language).get("short")
    if not table:
        return hits
    named = Counter(hit.value for hit in hits)
    added = [*pairs(text, table, named), *sides(text, table, named)]
    taken = {at for hit in hits for at in range(hit.start, hit.end)}
    free = [hit for hit in added if taken.isdisjoint(range(hit.start, hit.end))]
    return sorted({*hits, *free}, key=lambda hit: (hit.start, hit.end))


def pairs(text: str, table: dict, named: Counter) -> Iterator[Hit]:
    """中哈 is two mentions, each with its own character."""
    letters = "".join(table["countries"])
    misread = places_of(table.get("never", []), text)
    for found in re.finditer(f"(?=([{letters}])([{letters}]))", text):
        if misread.isdisjoint((found.start(), found.start() + 1)):
            yield from pair(found[1], found[2], found.start(), table, named)


def places_of(words: list[str], text: str) -> set[int]:
    """Every character of the text that one of these words covers."""
    if not words:
        return set()
    either = "|".join(map(re.escape, words))
    return {
        at
        for found in re.finditer(f"(?=({either}))", text)
        for at in range(found.start(1), found.end(1))
    }


def pair(first: str, second: str, start: int, table: dict, named: Counter) -> Iterator[Hit]:
    home = table["home"]
    if home not in (first, second):
        return
    other = second if first == home else first
    meant = meant_by(other, table["countries"], named)
    is_sure = first + second in table.get("sure", []) or second + first in table.get("sure", [])
    if not meant and is_sure:
        meant = table["countries"][other][0]
    if not meant and other not in table.get("regions", []):
        return
    own = table["countries"][home][0]
    for character, value in (
        (first, own if first == home else meant),
        (second, own if second == home else meant),
    ):
        if value:
            at = start if character == first else start + 1
            yield Hit(value, PAIR, at, at + 1, character)


def sides(text: str, table: dict, named: Counter) -> Iterator[Hit]:
    """哈方, 中方, 访华: a side at a table."""
    for before, after in table.get("sides", []):
        letters = "".join(table["countries"])
        for found in re.finditer(f"{before}([{letters}]){after}", text):
            character = found[1]
            meant = meant_by(character, table["countries"], named)
            if character == table["home"]:
                meant = table["countries"][character][0]
            if meant:
                yield Hit(meant, PEOPLE, found.start(1), found.end(1), character)


def meant_by(character: str, countries: dict[str, list[str]], named: Counter) -> str:
    candidates: Iterable[str] = (c for c in countries.get(character, []) if named[c])
    return max(candidates, key=lambda c: named[c], default="")
