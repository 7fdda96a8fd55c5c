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
    taken = [(hit.start, hit.end) for hit in hits]
    free = [hit for hit in added if not any(a < hit.end and hit.start < b for a, b in taken)]
    return sorted({*hits, *free}, key=lambda hit: (hit.start, hit.end))


def pairs(text: str, table: dict, named: Counter) -> Iterator[Hit]:
    """中哈 is two mentions, each with its own character."""
    letters = "".join(table["countries"])
    never = tuple(table.get("never", ()))
    for found in re.finditer(f"(?=([{letters}])([{letters}]))", text):
        start = found.start()
        if any(
            text.startswith(word, start - word.index(found[1]))
            for word in never
            if found[1] in word
        ):
            continue
        yield from pair(found[1], found[2], start, table, named)


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
