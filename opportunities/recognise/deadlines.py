"""The day until when one may apply. Pure."""

from datetime import date

from .days import days
from .vocabulary import Vocabulary

DEADLINE_WITHIN, DAY_WITHIN = 80, 24
ANY_DAY = date.min
"""Where it only matters that a day is named, whatever its year."""


def deadline_in(text: str, start: int, end: int, words: Vocabulary, published_on: date | None) -> date | None:  # fmt: skip
    """The day after a word for a deadline, or before it: “3 мамырға дейін”, “5月3日前”."""
    for word in words.deadline.finditer(text, start, end):
        after = text[word.start() : min(end, word.end() + DEADLINE_WITHIN)]
        before = text[max(start, word.start() - DAY_WITHIN) : word.end()]
        found = [d[1] for d in days(after, words.language, published_on)[:1]]
        found += [d[1] for d in days(before, words.language, published_on)[-1:]]
        if found:
            return found[0]
    return None
