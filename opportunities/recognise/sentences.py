"""A text as sentences and clauses, each with its span. Pure."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

FULL_STOPS = "。！？｡．؟۔।॥።։။។;；؛!?…"
"""What ends a sentence wherever it stands; the dot of Latin and Cyrillic may also end a word."""
CLOSING = "\"'”’»」』）)】]›"
CLOSED = f"[{re.escape(CLOSING)}]*"
END = re.compile(rf"[{FULL_STOPS}]+{CLOSED}|\.+{CLOSED}(?=\s|$)|\n+")
ABBREVIATION = re.compile(r"([^\s.(«\"“]+(?:\.[^\s.]+)*)\.\Z")
OPENING = " \t\u00a0\u3000\"'“„«‘「『（([—–-•*¿¡"
CLAUSE = re.compile(r"[,:]\s+|[،、，：()（）—–]\s*|\s-\s|(?<=[^\x00-\x7f]),(?=[^\x00-\x7f])")
LONGEST_QUOTE = 300
LONGEST_SENTENCE = 2000


class Sentence(NamedTuple):
    start: int
    end: int
    paragraph: int


def sentences(text: str, abbreviations: Collection[str] = ()) -> list[Sentence]:
    """Without the white space around them; `abbreviations` in lower case, without the last dot."""
    found, start, paragraph = [], 0, 0
    for end in cut([*ends(text, abbreviations), len(text)]):
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            first = start + piece.index(inner[0])
            found.append(Sentence(first, first + len(inner), paragraph))
        paragraph += piece.endswith("\n")
        start = end
    return found


def cut(ends: list[int]) -> Iterator[int]:
    """What nobody wrote as a sentence is read in pieces, so that no text takes long."""
    start = 0
    for end in ends:
        yield from range(start + LONGEST_SENTENCE, end, LONGEST_SENTENCE)
        yield end
        start = end


def ends(text: str, abbreviations: Collection[str]) -> Iterator[int]:
    for mark in END.finditer(text):
        before, after = text[max(0, mark.start() - 30) : mark.start()], text[mark.end() :][:6]
        if mark[0][0] == "\n":
            if is_wrapped(before, after) and mark[0] == "\n":
                continue
        elif (
            mark[0][0] in ".…"
            and not ends_sentence(before, mark[0], after, abbreviations)
            or mark[0][0] in "!?"
            and goes_on(after)
        ):
            continue
        yield mark.end()


def is_wrapped(before: str, after: str) -> bool:
    """Does a line go on in the next? Only small letters tell."""
    return bool(before) and before[-1] not in ".!?:;" and after[:1].islower()


def goes_on(after: str) -> bool:
    return after.lstrip(OPENING)[:1].islower()


def ends_sentence(before: str, mark: str, after: str, abbreviations: Collection[str]) -> bool:
    if goes_on(after):
        return False
    word = ABBREVIATION.search(before + ".") if mark[0] == "." else None
    if word is None or mark.strip(CLOSING) != ".":
        return True
    last = word[1].lower()
    if after.strip() == "" and "\n" in after:
        return True
    is_initial = len(last) == 1 and word[1].isupper() and last.isalpha()
    is_number = last.isdigit() and len(last) <= 2  # 1. März
    return not (is_initial or is_number or last in abbreviations)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between commas, colons, dashes and brackets."""
    cuts = [start, *(m.end() for m in CLAUSE.finditer(text, start, end)), end]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a < b]


def quoted(text: str, sentence: Sentence, at: int) -> tuple[int, int]:
    """The span to quote for what stands at `at`: the sentence, or as many of its clauses as fit."""
    start, end = sentence.start, sentence.end
    if end - start <= LONGEST_QUOTE:
        return start, end
    cuts = [start, *(m.end() for m in CLAUSE.finditer(text, start, end)), end]
    here = max(0, bisect_right(cuts, at) - 1)
    first, last = here, min(here + 1, len(cuts) - 1)
    while last + 1 < len(cuts) and cuts[last + 1] - cuts[first] <= LONGEST_QUOTE:
        last += 1
    while first > 0 and cuts[last] - cuts[first - 1] <= LONGEST_QUOTE:
        first -= 1
    if cuts[last] - cuts[first] > LONGEST_QUOTE:
        return around(text, cuts[first], cuts[last], at)
    return trimmed(text, cuts[first], cuts[last])


def around(text: str, start: int, end: int, at: int) -> tuple[int, int]:
    """A clause too long to quote is cut at words."""
    first = max(start, at - LONGEST_QUOTE // 3)
    while first > start and first < at and not text[first - 1].isspace():
        first += 1
    last = min(end, first + LONGEST_QUOTE)
    cut = last
    while last < end and cut > at + 1 and not text[cut].isspace():
        cut -= 1
    return trimmed(text, first, cut if cut > at + 1 else last)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
