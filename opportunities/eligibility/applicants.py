"""Who asks, and on which occasion they are judged."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from .memberships import Links


@dataclass(frozen=True)
class Applicant:
    """What somebody told of themselves; empty is not told.

    Countries are ISO 3166-1 alpha-2; `age` in whole years as of now; `held`: the highest ISCED 2011
    level completed; `sought`: words of `choices.Level`; `fields`: ISCED-F 2013, broad or narrow;
    `languages`: (BCP 47, level or ''); `pays`: whether they would pay a fee.
    """

    nationalities: frozenset[str] = frozenset()
    residence: str = ""
    age: int | None = None
    born_on: date | None = None
    held: str = ""
    sought: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    languages: tuple[tuple[str, str], ...] = ()
    pays: bool | None = None

    def born_between(self, now: datetime) -> tuple[date, date] | None:
        """The first and last day they can be born on; None where neither day nor age was told.

        Somebody says how old they are on their own calendar, which is a day ahead or behind ours.
        """
        if self.born_on:
            return self.born_on, self.born_on
        if self.age is None:
            return None
        first, last = (now + timedelta(hours=hours) for hours in (-12, 14))
        day_after = timedelta(days=1)
        return (
            years_before(first.astimezone(UTC).date(), self.age + 1) + day_after,
            years_before(last.astimezone(UTC).date(), self.age),
        )


@dataclass(frozen=True)
class Occasion:
    """One nationality ('' where none was told) and one day on which membership and age are tested.

    `is_deadline`: the day is that of a deadline and not the day of asking.
    """

    nationality: str
    day: date
    is_deadline: bool
    starts_on: date | None
    now: datetime
    links: Links = field(default_factory=dict)


def years_before(day: date, years: int) -> date:
    """The same day in an earlier year; 28 February for a 29th that was not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
