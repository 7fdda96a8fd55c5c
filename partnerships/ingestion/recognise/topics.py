"""The groupings and sectors that a text names. Pure."""

from collections import Counter

from .lexicon import Hit
from .vocabulary import parents, settings_of, topics_in
from .words import words_of

TITLE = 3
"""A word of the title counts as so many."""
LEAST_SHARE = 0.1
"""A sector with less of the weight of the heaviest is named in passing."""
SHORT_SHARE, MOST_IN_SHORT = 0.13, 2
LONG, MOST_NEEDED = 3_000, 6
"""In a text longer than this a sector must be named more than once, but never more often than that;
in a shorter one more than once only where another is named often."""
BESIDE_OFFICE = 30
"""Characters in which an office stands before or after the name of its field."""


def topic_hits(text: str, language: str) -> list[Hit]:
    words = words_of(text, keeps_accents=settings_of(language).get("keeps_accents", False))
    return topics_in(language).find(text, words)


def groupings_among(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.kind == "grouping"]


def sectors_among(text: str, hits: list[Hit], language: str, title_end: int) -> list[Hit]:
    """Mentions of the sectors that weigh enough, narrow ones together with their parent."""
    named = [hit for hit in hits if hit.kind == "sector"]
    weights: Counter = Counter()
    for hit in named:
        if not is_office(text, hit, language):
            weights[family_of(hit.value)] += TITLE if hit.start < title_end else 1
    least = least_weight(max(weights.values(), default=0), len(text))
    return [hit for hit in named if weights[family_of(hit.value)] >= least]


def least_weight(heaviest: int, length: int) -> float:
    if length > LONG:
        return max(2, min(LEAST_SHARE * heaviest, MOST_NEEDED))
    return max(1, min(SHORT_SHARE * heaviest, MOST_IN_SHORT))


def family_of(sector: str) -> str:
    """Solar power says as much of energy as energy does."""
    return parents()[sector]


def is_office(text: str, hit: Hit, language: str) -> bool:
    """The Minister of Finance may speak of anything."""
    settings = settings_of(language)
    before = text[max(0, hit.start - BESIDE_OFFICE) : hit.start].lower()
    after = text[hit.end : hit.end + BESIDE_OFFICE // 2].lower()
    return any(office in before for office in settings.get("offices_before", [])) or any(
        office in after for office in settings.get("offices_after", [])
    )
