"""The text that quotes are placed in, and how much of it our pages show together. Pure."""

from collections.abc import Iterable


def with_plain_line_ends(text: str) -> str:
    """A browser sends `\\r\\n` for what is stored as `\\n`; places in the text count one of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
