"""Whom rules on age are known to leave out: the twin of `eligibility.AgeRule` over bitmaps.

From an age in years the birth date is known to a year, and only who is too young or too old whenever
in it they were born is left out. Where age is counted on each deadline one that is still to come
must admit them; the index holds UTC days of these, so of some whose own day may be another, or whose
deadlines are for some nationals only, nothing is said here.
"""

from datetime import MAXYEAR, date
from functools import cached_property

from pyroaring import BitMap

from opportunities.eligibility import Applicant

from .country_rules import NEAR
from .memory import NOTHING
from .moment import Moment
from .postings import joined
from .terms import day_of


def left_out_by_age(age: int, moment: Moment) -> tuple[BitMap, BitMap]:
    """Who is left out, and of whom whole days cannot tell."""
    first, last = Applicant(age=age).born_between(moment.now)
    by_deadline, doubtful = left_out_on_deadlines(first, last, moment)
    return born_too_late_or_early(first, last, moment) | (by_deadline - doubtful), doubtful


def born_too_late_or_early(first: date, last: date, moment: Moment) -> BitMap:
    """Where age is counted on one day for all."""
    by, since = (moment.shelf.values(family).items() for family in ("bornby", "bornfrom"))
    too_late = [bits for day, bits in by if day < day_of(first)]
    too_early = [bits for day, bits in since if day > day_of(last)]
    return joined([*too_late, *too_early])


def left_out_on_deadlines(first: date, last: date, moment: Moment) -> tuple[BitMap, BitMap]:
    """Of somebody born between two days: the youngest they can be passes `agemin` on some day, the
    oldest goes beyond `agemax` on another; a deadline must lie between."""
    ahead = Ahead(moment)
    found, doubtful, early, late = (BitMap() for _ in range(4))
    for lowest, bits in moment.shelf.values("agemin").items():
        day = day_of(birthday(first, int(lowest)))
        some = bits & ahead.since(day - NEAR)
        found |= (bits & moment.due) - some
        doubtful |= some - ahead.since(day + NEAR)
        early |= bits & ahead.before(day + NEAR)
    for highest, bits in moment.shelf.values("agemax").items():
        day = day_of(birthday(last, int(highest) + 1))
        some = bits & ahead.before(day + NEAR)
        found |= (bits & moment.due) - some
        doubtful |= some - ahead.before(day - NEAR)
        late |= bits & ahead.since(day - NEAR)
    limited = moment.shelf.of("restricted") & (early | late)
    return found, doubtful | limited | (early & late)


class Ahead:
    """Those with a deadline to come that closes before, or not before, a UTC day."""

    def __init__(self, moment: Moment):
        self.moment = moment
        self.known: dict[tuple[str, int], BitMap] = {}

    @cached_property
    def closing(self) -> list[tuple[int, BitMap]]:
        """By day; of today what has not passed."""
        today, minutes = self.moment.today, self.moment.minutes("closes", self.moment.today)
        left = joined(bits for at, bits in minutes if at > self.moment.minute)
        days = self.moment.shelf.values("closes").items()
        return [(today, left), *((day, bits) for day, bits in days if day > today)]

    @cached_property
    def last(self) -> int:
        return max(day for day, _bits in self.closing)

    def since(self, day: int) -> BitMap:
        if day <= self.moment.today:
            return self.moment.due
        return self.kept("since", day, lambda other: other >= day)

    def before(self, day: int) -> BitMap:
        if day <= self.moment.today:
            return NOTHING
        return self.moment.due if day > self.last else self.kept("before", day, day.__gt__)

    def kept(self, what: str, day: int, counts) -> BitMap:
        """The days asked for are anniversaries of today: a few, however many rules there are."""
        if (what, day) not in self.known:
            bits = joined(bits for other, bits in self.closing if counts(other))
            self.known[what, day] = bits
        return self.known[what, day]


def birthday(born: date, years: int) -> date:
    """The day on which somebody comes to be so many years old: 1 March for a 29 February."""
    year = born.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
