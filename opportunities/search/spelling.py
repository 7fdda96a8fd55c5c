"""The word somebody may have meant. Pure."""

from collections.abc import Collection
from difflib import get_close_matches

MOST_DIFFERENCE = 2
ALIKE = 0.75


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like this one, or none; never the word itself.

    To be quick, only those are compared that are about as long and share its first or second letter.
    """
    found = get_close_matches(word, candidates(word, known), n=1, cutoff=ALIKE)
    return found[0] if found else None


def candidates(word: str, known: Collection[str]) -> list[str]:
    lengths = range(len(word) - MOST_DIFFERENCE, len(word) + MOST_DIFFERENCE + 1)
    first, second = word[:1], word[1:2]
    return [
        other
        for other in known
        if len(other) in lengths and (other[:1] == first or other[1:2] == second) and other != word
    ]
