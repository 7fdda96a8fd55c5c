"""How far an offer is: by the words of its clause, its sentence and its text. Pure."""

import re
from datetime import date

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
    if calls(text, start, end, words):
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
    for a, b in clauses(text, start, end):
        if words.signals["call"].search(text, a, b) and not any(
            words.signals[name].search(text, a, b) for name in ("future", "past", "cancelled")
        ):
            return True
    return False


def is_of_earlier_years(text: str, start: int, end: int, published_on: date | None) -> bool:
    years = [int(found[0]) for found in YEAR.finditer(text, start, end)]
    return bool(years) and (published_on is None or max(years) < published_on.year)
