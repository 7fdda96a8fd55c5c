"""A text folded as words are compared, every character still knowing where it stood. Pure."""

from bisect import bisect_left
from typing import NamedTuple

from opportunities.search.text import fold


class Folding(dict):
    """Character → its folded form where that is one character, or none."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code)) if chr(code) not in KEPT else chr(code)
        self[code] = folded if len(folded) <= 1 else chr(code).lower()[:1]
        return self[code]


KEPT = frozenset("–—“”„«»•·'’‘\u200b")
"""Marks that end a clause or a name; searching drops them, reading needs them."""
FOLDING = Folding({ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", 0x200B: " "})


class Folded(NamedTuple):
    text: str
    places: list[int] | None
    """Where each character stood, and the end; None where nothing was dropped."""

    def place(self, at: int) -> int:
        return at if self.places is None else self.places[at]

    def at(self, place: int) -> int:
        """The folded character that stood there, or the next that did not drop."""
        return place if self.places is None else bisect_left(self.places, place)


def folded(text: str) -> Folded:
    whole = text.translate(FOLDING)
    if len(whole) == len(text):
        return Folded(whole, None)
    places = [at for at, c in enumerate(text) if FOLDING[ord(c)]]
    return Folded(whole, [*places, len(text)])
