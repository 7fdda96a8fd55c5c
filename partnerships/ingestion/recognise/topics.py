"""The groupings and sectors that a text names. Pure."""

import math
from collections import Counter

from .lexicon import Hit
from .vocabulary import settings_of, topics_in
from .words import words_of

TITLE = 3
"""A word of the title counts as so many."""
LEAST_SHARE = 0.22
"""A sector with less of the weight of the heaviest is named in passing."""


def topic_hits(text: str, language: str) -> list[Hit]:
    words = words_of(text, keeps_accents=settings_of(language).get("keeps_accents", False))
    return topics_in(language).find(text, words)


def groupings_among(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.kind == "grouping"]


def sectors_among(hits: list[Hit], title_end: int) -> list[Hit]:
    """Mentions of the sectors that weigh enough."""
    named = [hit for hit in hits if hit.kind == "sector"]
    weights: Counter = Counter()
    for hit in named:
        weights[hit.value] += TITLE if hit.start < title_end else 1
    heaviest = max(weights.values(), default=0)
    kept = {
        slug
        for slug, weight in weights.items()
        if math.sqrt(weight) >= LEAST_SHARE * math.sqrt(heaviest)
    }
    return [hit for hit in named if hit.value in kept]
