"""A text in pieces: what is marked in it carries the numbers of the rows that rest on it."""

from collections.abc import Iterable
from typing import NamedTuple

MOST_SHOWN = 100_000


class Piece(NamedTuple):
    text: str
    labels: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    """Labels whose passage begins here."""


def marked(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Passages may overlap; pieces never do, and joined they are the text (of a very long one, its
    beginning)."""
    text = text[:MOST_SHOWN]
    spans = [
        (start, min(end, len(text)), label) for start, end, label in spans if start < len(text)
    ]
    cuts = sorted({0, len(text), *(at for start, end, _label in spans for at in (start, end))})
    return [
        Piece(
            text[start:end],
            tuple(label for first, last, label in spans if first <= start < last),
            tuple(label for first, _last, label in spans if first == start),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]
