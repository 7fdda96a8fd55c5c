"""Whom rules on age are known to leave out: the twin of `eligibility.AgeRule` over bitmaps.

From an age in years the birth date is known to a year, and only who is too young or too old whenever
in it they were born is left out. Where age is counted on each deadline one that is theirs and still
to come must admit them. The index holds UTC days of these: where the own day of one may decide it
and be another, nothing is said here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from functools import cached_property

from pyroaring import BitMap

from opportunities.eligibility import Applicant

from .country_rules import NEAR
from .memory import NOTHING, Shelf
from .moment import Moment
from .postings import joined
from .terms import EVERYBODY, day_of

Countries = frozenset[str]


class Ages:
    """What follows from an age. `sure`: left out whatever the nationality; `doubtful`: the few of
    which bitmaps cannot tell."""

    def __init__(self, age: int, moment: Moment):
        self.born, self.moment, shelf = Born.aged(age, moment), moment, moment.shelf
        whole = fits_on(Ahead(shelf.values("closes"), moment), self.born, shelf)
        restricted = shelf.of("restricted")
        self.slots = self.limited_slots() if restricted & (whole.early | whole.late) else []
        unsure = (whole.unsure - restricted) | (whole.early & whole.late)
        self.doubtful = joined([unsure, *(slot.fits.unsure for slot in self.slots), self.twice])
        on_deadlines = whole.failing(moment.due) - restricted - self.doubtful
        self.sure = joined([self.born.left_out_on_one_day(shelf), on_deadlines])

    # --- Deadlines for some nationals only

    def limited_slots(self) -> list["Due"]:
        """The n-th deadlines where it matters whose they are."""
        days: dict[str, dict[int, BitMap]] = {}
        whose: dict[str, dict[str, BitMap]] = {}
        for family, found in (("due", days), ("duefor", whose)):
            for value, bits in self.moment.shelf.values(family).items():
                number, _, one = value.partition(":")
                found.setdefault(number, {})[int(one) if found is days else one] = bits
        return [self.due(some, whose.get(number, {})) for number, some in days.items()]

    def due(self, days: Mapping[int, BitMap], whose: Mapping[str, BitMap]) -> "Due":
        ahead = Ahead(days, self.moment)
        fits = fits_on(ahead, self.born, self.moment.shelf)
        return Due(ahead.all, days.get(self.moment.today, NOTHING), whose, fits)

    @property
    def twice(self) -> BitMap:
        """Those with two deadlines today: which of them has passed minutes alone do not tell."""
        met, found = BitMap(), BitMap()
        for slot in self.slots:
            found |= met & slot.today
            met |= slot.today
        return found

    def left_out_for(self, nationalities: Countries) -> BitMap:
        """Of those whose deadlines are for some nationals only; of several the best answer counts.
        Who told none is left out where some deadline is everybody's and none admits them."""
        ways = [self.failing_for({code, EVERYBODY}) for code in nationalities or [EVERYBODY]]
        low, high = (common_to(some) for some in zip(*ways, strict=True))
        if not nationalities:
            low -= joined(slot.fits.low for slot in self.slots)
            high -= joined(slot.fits.high for slot in self.slots)
        return (low | high) - self.doubtful

    def failing_for(self, whose: set[str]) -> tuple[BitMap, BitMap]:
        """Too young, and too old, on each deadline of theirs; nobody where none is to come."""
        has, low, high = BitMap(), BitMap(), BitMap()
        for slot in self.slots:
            theirs = joined(slot.whose[code] for code in whose if code in slot.whose)
            has |= slot.ahead & theirs
            low |= slot.fits.low & theirs
            high |= slot.fits.high & theirs
        shelf = self.moment.shelf
        return (has & bounded(shelf, "agemin")) - low, (has & bounded(shelf, "agemax")) - high

    @cached_property
    def named(self) -> frozenset[str]:
        """The nationalities that some of these deadlines are for."""
        return frozenset().union(*(slot.whose for slot in self.slots)) - {EVERYBODY}


@dataclass(frozen=True)
class Born:
    """The first and last day on which somebody can be born."""

    first: date
    last: date

    @classmethod
    def aged(cls, age: int, moment: Moment) -> "Born":
        return cls(*Applicant(age=age).born_between(moment.now))

    def left_out_on_one_day(self, shelf: Shelf) -> BitMap:
        """Where age is counted on one day for all."""
        by, since = (shelf.values(family).items() for family in ("bornby", "bornfrom"))
        too_late = [bits for day, bits in by if day < day_of(self.first)]
        too_early = [bits for day, bits in since if day > day_of(self.last)]
        return joined([*too_late, *too_early])


@dataclass
class Fits:
    """Where a deadline to come is late enough for the lowest age (`low`), or early enough for the
    highest (`high`), surely or as far as whole days tell; `early` and `late`: where one may not be."""

    shelf: Shelf
    low: BitMap = field(default_factory=BitMap)
    low_maybe: BitMap = field(default_factory=BitMap)
    high: BitMap = field(default_factory=BitMap)
    high_maybe: BitMap = field(default_factory=BitMap)
    early: BitMap = field(default_factory=BitMap)
    late: BitMap = field(default_factory=BitMap)

    @property
    def unsure(self) -> BitMap:
        return (self.low_maybe - self.low) | (self.high_maybe - self.high)

    def failing(self, due: BitMap) -> BitMap:
        low = (bounded(self.shelf, "agemin") & due) - self.low_maybe
        return low | ((bounded(self.shelf, "agemax") & due) - self.high_maybe)


@dataclass(frozen=True)
class Due:
    """One deadline of each opportunity: where it is to come, where it closes today, whose it is."""

    ahead: BitMap
    today: BitMap
    whose: Mapping[str, BitMap]
    fits: Fits


def fits_on(ahead: "Ahead", born: Born, shelf: Shelf) -> Fits:
    found = Fits(shelf)
    for lowest, bits in shelf.values("agemin").items():
        day = day_of(birthday(born.first, int(lowest)))
        found.low |= bits & ahead.since(day + NEAR)
        found.low_maybe |= bits & ahead.since(day - NEAR)
        found.early |= bits & ahead.before(day + NEAR)
    for highest, bits in shelf.values("agemax").items():
        day = day_of(birthday(born.last, int(highest) + 1))
        found.high |= bits & ahead.before(day - NEAR)
        found.high_maybe |= bits & ahead.before(day + NEAR)
        found.late |= bits & ahead.since(day - NEAR)
    return found


def bounded(shelf: Shelf, family: str) -> BitMap:
    return joined(shelf.values(family).values())


def common_to(some: tuple[BitMap, ...]) -> BitMap:
    return BitMap.intersection(*some)


class Ahead:
    """Those with a deadline to come that closes before, or not before, a UTC day."""

    def __init__(self, days: Mapping[int, BitMap], moment: Moment):
        self.today = moment.today
        closing = moment.minutes("closes", self.today)
        left = joined(bits for at, bits in closing if at > moment.minute)
        later = ((day, bits) for day, bits in days.items() if day > self.today)
        self.closing = [(self.today, days.get(self.today, NOTHING) & left), *later]
        self.all = joined(bits for _day, bits in self.closing)
        self.last = max(day for day, _bits in self.closing)
        self.known: dict[tuple[str, int], BitMap] = {}

    def since(self, day: int) -> BitMap:
        return self.all if day <= self.today else self.kept("since", day, day.__le__)

    def before(self, day: int) -> BitMap:
        if day <= self.today:
            return NOTHING
        return self.all if day > self.last else self.kept("before", day, day.__gt__)

    def kept(self, what: str, day: int, counts: Callable[[int], bool]) -> BitMap:
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
