"""The countries that a text names, each with its place. Pure."""

import re

from .abbreviations import abbreviated
from .contexts import is_doubtful, settled
from .lexicon import Hit
from .vocabulary import JOINED, NAME, NONE, PLACE, countries_in, settings_of
from .words import Word, words_of

HALF = re.compile(r"[-‐‑–—]\w")
"""What follows the first half of a compound."""
SHORTEST_FOREIGN = 4
"""Letters of an English name in a text of another language; shorter ones are words there."""


def country_hits(text: str, language: str) -> list[Hit]:
    """In order, without overlaps; kinds as in `vocabulary`, and `pair` for 中哈."""
    words = words_of(text, keeps_accents=settings_of(language).get("keeps_accents", False))
    found = countries_in(language).find(text, words)
    misleading = [hit for hit in found if hit.kind == NONE]
    meant = settled(text, words, found, language)
    meant = [hit for hit in meant if hit.kind != JOINED or HALF.match(text, hit.end)]
    found = abbreviated(text, [*meant, *misleading], language)
    if language != "en":
        found = [*found, *english_hits(text, found)]
    return sorted((hit for hit in found if hit.kind != NONE), key=lambda hit: hit.start)


def english_hits(text: str, found: list[Hit]) -> list[Hit]:
    """A Brazilian text names “Moscow State Linguistic University”."""
    taken = {at for hit in found for at in range(hit.start, hit.end)}
    words: list[Word] = [word for word in words_of(text) if word.folded.isascii()]
    hits = settled(text, words, countries_in("en").find(text, words), "en")
    return [
        hit
        for hit in hits
        if hit.kind in (NAME, PLACE)
        and hit.end - hit.start >= SHORTEST_FOREIGN
        and not is_doubtful(hit, "en")
        and taken.isdisjoint(range(hit.start, hit.end))
    ]
