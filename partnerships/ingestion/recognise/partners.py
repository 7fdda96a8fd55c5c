"""Which of the countries a text names work together in it. Pure.

Nothing is parsed. Every sign adds weight: the title, the first paragraph, a sentence with exactly
two countries and a word of cooperation, a compound such as российско-катарский. A sentence that
lists many countries takes weight away. Those near the heaviest are partners.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator

from .abbreviations import PAIR
from .lexicon import Hit
from .vocabulary import JOINED, NAME, PEOPLE, PLACE, relations_in, settings_of
from .words import words_of

OF_KIND = {NAME: 1.0, PEOPLE: 0.8, PLACE: 0.5, JOINED: 1.5, PAIR: 1.2}
IN_TITLE, IN_LEAD = 3.0, 1.5
BESIDE, WITH_RELATION, COMPOUND = 0.6, 0.8, 3.0
LIST = 4
"""So many countries in one sentence are a list."""
LISTED = 0.15
LEAD = 300
"""Characters after the title."""
IN_TITLE_SHARE, BESIDE_TITLE_SHARE, LEAST_SHARE = 0.3, 0.5, 0.42
"""Of the heaviest's weight: for a country of the title; for another where the title names two; else."""
OF_TWO_SHARE = 0.25
"""Where a text names two countries and no other; a call tells its own country by a city or two."""
MOST = 6
SENTENCE = re.compile(r"[^.!?。！？;；\n]+(?:[.!?](?!\s)[^.!?。！？;；\n]*)*")


def partners_among(text: str, hits: list[Hit], language: str, title_end: int) -> tuple[str, ...]:
    """ISO codes, the heaviest first."""
    weights = weighed(text, hits, language, title_end)
    heaviest = max(weights.values(), default=0)
    titled = {hit.value for hit in hits if hit.start < title_end and hit.kind != PLACE}
    kept: list[str] = []
    for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        share = share_needed(code, titled, len(weights))
        if weight >= share * heaviest and not (
            code not in titled and is_in_passing(code, hits, len(kept))
        ):
            kept.append(code)
    return tuple(kept[:MOST])


def share_needed(code: str, titled: set[str], named: int) -> float:
    if named == 2:
        return OF_TWO_SHARE
    if code in titled:
        return IN_TITLE_SHARE
    return BESIDE_TITLE_SHARE if len(titled) >= 2 else LEAST_SHARE


def is_in_passing(code: str, hits: list[Hit], before: int) -> bool:
    """Named once where two weigh more, or by a city alone where one does."""
    kinds = [hit.kind for hit in hits if hit.value == code]
    return len(kinds) == 1 and (before >= 2 or (before == 1 and kinds[0] == PLACE))


def weighed(text: str, hits: list[Hit], language: str, title_end: int) -> dict[str, float]:
    mentions: dict[str, float] = defaultdict(float)
    signs: Counter = Counter()
    related = relations(text, language)
    starts = [hit.start for hit in hits]
    for start, end in sentences(text):
        inside = hits[bisect_left(starts, start) : bisect_left(starts, end)]
        if not inside:
            continue
        codes = {hit.value for hit in inside}
        share = LISTED if len(codes) >= LIST else 1.0
        for hit in inside:
            mentions[hit.value] += share * OF_KIND[hit.kind]
        has_relation = bisect_left(related, start) < bisect_left(related, end)
        if 2 <= len(codes) < LIST:
            for code in codes:
                signs[code] += BESIDE + WITH_RELATION * has_relation
    for code, weight in compounds(text, hits):
        signs[code] += weight
    body = title_end if title_end < len(text) else 0
    for hit in {(hit.value, hit.start < title_end) for hit in hits if hit.start < body + LEAD}:
        signs[hit[0]] += IN_TITLE if hit[1] else IN_LEAD
    return {code: 2 * math.sqrt(weight) + signs[code] for code, weight in mentions.items()}


def sentences(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in SENTENCE.finditer(text))


def relations(text: str, language: str) -> list[int]:
    """Where words of cooperation begin."""
    words = words_of(text, keeps_accents=settings_of(language).get("keeps_accents", False))
    return [hit.start for hit in relations_in(language).find(text, words)]


def compounds(text: str, hits: list[Hit]) -> Iterator[tuple[str, float]]:
    """U.S.–Kazakhstan, algéro-français, 中哈."""
    for one, other in zip(hits, hits[1:], strict=False):
        between = text[one.end : other.start]
        is_pair = one.kind == other.kind == PAIR and not between
        if one.value != other.value and (
            is_pair or between in ("-", "–", "—", "‑", "‐", " – ", " — ")
        ):
            weight = COMPOUND / 2 if is_pair else COMPOUND
            yield one.value, weight
            yield other.value, weight
