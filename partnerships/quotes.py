"""The text that quotes are placed in, and how much of it our pages show together. Pure."""

from collections.abc import Iterable


def as_kept(text: str) -> str:
    """A browser sends `\\r\\n` for `\\n` and a form strips both ends; places in a text must survive both."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def characters_shown(quotes: Iterable[tuple[int | None, str]]) -> int:
    """Length of the union of quotes, each (start or None, words).

    Quotes without a known place cannot be told to overlap: each different one counts in full.
    """
    placed, loose = set(), set()
    for start, words in quotes:
        if start is None:
            loose.add(words)
        else:
            placed.add((start, start + len(words)))
    shown, reached = 0, 0
    for start, end in sorted(placed):
        shown += max(0, end - max(start, reached))
        reached = max(reached, end)
    return shown + sum(map(len, loose))
