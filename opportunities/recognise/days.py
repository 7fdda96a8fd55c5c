"""Days as texts write them. What a text leaves open is not guessed. Pure."""

import re
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from .folding import folded

MORE_MONTHS = {"ar": ["ar_IQ", "ar_DZ", "ar_MA"], "pt": ["pt_PT"]}
MONTH_FIRST = frozenset(["en"])
"""Languages where 3/4 may be either; such a day is not guessed."""
ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
DOTTED = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
EASTERN = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]")
FEWEST_LETTERS = 3


def days(text: str, language: str, published_on: date | None) -> list[tuple[int, date]]:
    """Every day of a folded text, with where it stands. A day without a year is the next one after
    publication, and none where that is not known."""
    found = [(m.start(), day_of(m[1], m[2], m[3])) for m in ISO.finditer(text)]
    found += [(m.start(), dotted(m, language)) for m in DOTTED.finditer(text)]
    found += [
        (m.start(), day_of(m[1], m[2], m[3], published_on=published_on))
        for m in EASTERN.finditer(text)
    ]
    found += named(text, language, published_on)
    return sorted((at, day) for at, day in found if day is not None)


def dotted(found: re.Match, language: str) -> date | None:
    first, second, year = map(int, found.groups())
    if language in MONTH_FIRST and "." not in found[0]:
        if first <= 12 and second <= 12 and first != second:
            return None
        if second > 12:
            first, second = second, first
    return day_of(year, second, first)


def named(text: str, language: str, published_on: date | None) -> list[tuple[int, date | None]]:
    months, pattern = months_of(language)
    return [
        (
            m.start(),
            day_of(
                m["year"] or m["year_before"],
                months[m["month"]],
                m["day"] or m["day_after"],
                published_on=published_on,
            ),
        )  # fmt: skip
        for m in (pattern.finditer(text) if months else ())
    ]


@cache
def months_of(language: str) -> tuple[dict[str, int], re.Pattern]:
    """Month names, folded, in every form that CLDR knows."""
    months = {}
    for name in [language, *MORE_MONTHS.get(language, ())]:
        try:
            locale = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, written in get_month_names(width, context, locale).items():
                    word = folded(written).text.rstrip(".")
                    if len(word) >= FEWEST_LETTERS and not word[0].isdigit():
                        months.setdefault(word, number)
    return months, month_pattern(months)


def month_pattern(months: dict[str, int]) -> re.Pattern:
    name = "|".join(map(re.escape, sorted(months, key=len, reverse=True))) or "(?!)"
    gap = r"[\s,.\-]{0,3}(?:(?:de|del|of)\b[\s,.\-]{0,3})?"
    return re.compile(
        rf"(?:(?P<year_before>\d{{4}}){gap}(?:жылгы|жыл|йил|)?\s*)?"
        rf"(?:(?P<day>(?<!\d)\d{{1,2}})(?:st|nd|rd|th|er|re|º|ª|\.)?{gap})?"
        rf"(?<!\w)(?P<month>{name})\w{{0,4}}\.?"
        rf"(?:{gap}(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:))?"
        rf"(?:{gap}(?P<year>\d{{4}})(?!\d))?"
    )


def day_of(year, month, day, *, published_on: date | None = None) -> date | None:
    if not day or not month or not (year or published_on):
        return None
    try:
        if year:
            return date(int(year), int(month), int(day))
        this_year = date(published_on.year, int(month), int(day))
        if this_year >= published_on:
            return this_year
        return this_year.replace(year=published_on.year + 1)
    except ValueError:
        return None
