"""Where a day stands on a drawn time line: in percent of its width, so that it is as wide as its page
and its words stay as large as the others. Read from the side where the language begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language_bidi

MARGIN = 5
"""Percent left free on both sides, for points and words that stand at the very end."""

SHORTEST = timedelta(days=30)
MOST_TICKS = 5
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True)
class Tick:
    x: str
    label: str


@dataclass(frozen=True)
class Span:
    first: date
    last: date

    @classmethod
    def of(cls, days: Iterable[date]) -> "Span":
        """From the earliest to the latest of some days."""
        some = sorted(days)
        return cls(some[0], max(some[-1], some[0] + SHORTEST))

    def share(self, day: date) -> float:
        """0 at the first day, 1 at the last one, and never beyond."""
        return min(1.0, max(0.0, (day - self.first) / (self.last - self.first)))

    def x(self, day: date) -> str:
        along = MARGIN + self.share(day) * (100 - 2 * MARGIN)
        return f"{100 - along if get_language_bidi() else along:.1f}%"

    @property
    def ticks(self) -> list[Tick]:
        """Firsts of months, a few, with the year where it begins to be another."""
        step = next((n for n in MONTHS if len(self.months(n)) <= MOST_TICKS), MONTHS[-1])
        years, found = set(), []
        for month in self.months(step)[:MOST_TICKS]:
            words = date_format(month, "M" if month.year in years else "M Y")
            found.append(Tick(self.x(month), words))
            years.add(month.year)
        return found

    def months(self, step: int) -> list[date]:
        """Every so many months, those of which the number divides by it, the first of each."""
        counted = range(
            months_since(self.first - timedelta(days=1)) + 1, months_since(self.last) + 1
        )
        return [date(n // 12, n % 12 + 1, 1) for n in counted if n % step == 0]


def months_since(day: date) -> int:
    return day.year * 12 + day.month - 1
