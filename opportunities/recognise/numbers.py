"""How many places: the number that stands with a word for what is offered or for who gets it. Pure."""

import re

from .vocabulary import LETTER, Vocabulary

FIGURES = re.compile(
    r"(?<!\d[.,/])(?<![^\W\u2e80-\u9fff])(\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+|\d+)(?![\d/]|[.,]\d)"
)
MONEY = re.compile(r"(?:[$€£¥₹₽₸]|usd|eur|us\$)\s*\Z")
AFTER = re.compile(r"\s*(?:[%$€£¥₹₽₸٪％]|per ?cent|usd|eur|dinar)")
UNSPACED_AFTER = re.compile(r"\s*余?\s*(?:个|名|份|人|项|种|批|件|개|명|名分|人分)")
WORD = re.compile(rf"{LETTER}+")
JOINED = re.compile(r"[\s\-]+(?:(?:and|et|y|e)\s+)?")
AGAIN = re.compile(r"\)?(?:\s*\(\w[\w\s\-]{0,40}\))?")
"""A number said twice: fifty (50), 50 (cinquenta)."""
BETWEEN = 4
"""Words that may stand between a number and what it counts."""
MOST = 10_000_000


def places_near(text: str, start: int, end: int, kind: tuple[int, int], words: Vocabulary):
    """In the clause from `start` to `end`, for the kind that stands at `kind`; None where not said."""
    for at, after, value in values(text, start, end, words):
        if is_counting(text, at, after, end, kind, words) and 0 < value <= MOST:
            return value
    return None


def values(text: str, start: int, end: int, words: Vocabulary):
    """(start, end, value) of every number, figures and words."""
    for found in FIGURES.finditer(text, start, end):
        digits = re.sub(r"\D", "", found[0])
        if (
            len(digits) > 8
            or is_year(found[0])
            or MONEY.search(text, max(0, found.start() - 8), found.start())
        ):
            continue
        yield with_multiplier(text, found.start(), found.end(), int(digits), words)
    for at, after, value in written(text, start, end, words):
        yield with_multiplier(text, at, after, value, words)


def written(text: str, start: int, end: int, words: Vocabulary) -> list[tuple[int, int, int]]:
    """Number words, those of one number together: forty-two, vinte e seis, two hundred."""
    runs: list[tuple[int, int, int]] = []
    for found in WORD.finditer(text, start, end) if words.numbers else ():
        value = words.numbers.get(found[0])
        if value and runs and JOINED.fullmatch(text, runs[-1][1], found.start()):
            at, _, before = runs.pop()
            value = before * value if before < value >= 100 else before + value
            runs.append((at, found.end(), value))
        elif value:
            runs.append((found.start(), found.end(), value))
    return runs


def is_year(written: str) -> bool:
    return len(written) == 4 and 1900 <= int(written if written.isdigit() else 0) <= 2100


def with_multiplier(text: str, start: int, end: int, value: int, words: Vocabulary):
    """5 тыс. · 5万 · two thousand"""
    following = text[end : end + 14].lstrip(" \u00a0-")
    for word, factor in words.multipliers.items():
        if following.startswith(word):
            return start, text.index(word, end) + len(word), value * factor
    return start, end, value


def is_counting(text, at, after, end, kind, words: Vocabulary) -> bool:
    if AFTER.match(text, after):
        return False
    after = AGAIN.match(text, after).end()
    window = text[after : min(end, after + 60)]
    if UNSPACED_AFTER.match(window):
        return True
    for found in words.units.finditer(window):
        if len(window[: found.start()].split()) <= 1:
            return False
    if after <= kind[0] and is_close(text[after : kind[0]]):
        return True
    return any(is_close(window[: found.start()]) for found in words.places.finditer(window))


def is_close(between: str) -> bool:
    return len(between.split()) <= BETWEEN and not re.search(r"[,;:()\d]", between)
