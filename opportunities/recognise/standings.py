"""How far an offer is: by the words of its clause, its sentence and its text. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from .deadlines import ANY_DAY, deadline_in
from .offer import Standing
from .sentences import clauses
from .vocabulary import Vocabulary

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d])")


def standing_of(text: str, start: int, end: int, words: Vocabulary, *, is_call: bool, is_official: bool, published_on: date | None) -> Standing:  # fmt: skip
    """`is_call`: the text as a whole calls for applications.

    Whatever lies ahead is announced, also a call: only a clause that itself says that one may
    apply makes a call of its sentence.
    """
    said = {name: any(p.finditer(text, start, end)) for name, p in words.signals.items()}
    if said["cancelled"]:
        return Standing.CANCELLED
    if calls(text, start, end, words) or sets_day(text, start, end, words):
        return Standing.CALL
    only_tells = (said["ongoing"] or said["past"]) and not said["offer"]
    if is_call and not said["earlier"] and not only_tells:
        return Standing.CALL
    if is_official and said["apply"] and not said["future"] and not said["past"]:
        return Standing.CALL
    if said["future"]:
        return Standing.ANNOUNCED
    if said["earlier"]:
        return Standing.PAST
    if said["ongoing"]:
        return Standing.ONGOING
    if said["past"] and (
        said["until_now"]
        or not said["offer"]
        or is_of_earlier_years(text, start, end, published_on)
    ):
        return Standing.PAST
    if said["until_now"] or not (said["offer"] or said["apply"]):
        return Standing.ONGOING
    return Standing.ANNOUNCED


def calls(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Does a clause say that applications are taken, and nothing in it that this lies ahead or is over?"""
    said = words.signals["call"]
    return any(said.search(text, *clause) for clause in present(text, start, end, words))


def sets_day(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Does a clause that speaks of applying name the day until when?"""
    return any(
        words.signals["apply"].search(text, *clause)
        and deadline_in(text, *clause, words, ANY_DAY) is not None
        for clause in present(text, start, end, words)
    )


def present(text: str, start: int, end: int, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """The clauses that tell of nothing ahead, over or called off."""
    others = [words.signals[name] for name in ("future", "past", "cancelled")]
    for clause in clauses(text, start, end):
        if not any(other.search(text, *clause) for other in others):
            yield clause


def is_of_earlier_years(text: str, start: int, end: int, published_on: date | None) -> bool:
    years = [int(found[0]) for found in YEAR.finditer(text, start, end)]
    return bool(years) and (published_on is None or max(years) < published_on.year)
