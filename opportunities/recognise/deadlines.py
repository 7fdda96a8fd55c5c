"""The day until when one may apply. Pure."""

from datetime import date

from .days import days
from .vocabulary import Vocabulary

DEADLINE_WITHIN = 80
ANY_DAY = date.min
"""Where it only matters that a day is named, whatever its year."""


def deadline_in(text: str, start: int, end: int, words: Vocabulary, published_on: date | None) -> date | None:  # fmt: skip
    """The day after a word for a deadline."""
    for word in words.deadline.finditer(text, start, end):
        piece = text[word.start() : min(end, word.end() + DEADLINE_WITHIN)]
        found = days(piece, words.language, published_on)
        if found:
            return found[0][1]
    return None
