"""Everything that depends on the clock, worked out once and right until `until`.

The twin of `stages` over bitmaps. Days are enough but for those that hold now, or now and a whole
number of days: there the minutes decide, read from the index when first asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from operator import itemgetter

from django.conf import settings
from pyroaring import BitMap

from opportunities.choices import Application, Attribute, Stage
from opportunities.filters import DEADLINE_DAYS, ROLLING
from opportunities.models.posting import CHUNK_BITS

from .country_rules import Slot, slots_on_shelf
from .expansion import Expansion
from .memory import Memory, Shelf, memory
from .nationality import Exclusions, fitting, left_out_for
from .postings import joined
from .reading import postings_between
from .terms import RULE
from .waiting import WaitingWords

MINUTES_A_DAY = 1440
MANY_DAYS = 64
INSTANTS = ("closes", "opens", "ends")
DAY_TURNS = (10 * 60, 12 * 60)
"""Minutes of the UTC day at which it is tomorrow at UTC+14, and no longer yesterday at UTC−12: then
who tells an age in years can be born a day later."""

Minutes = list[tuple[int, BitMap]]


def minute_now(now: datetime) -> int:
    """Whole minutes passed: what ends in minute m has passed when this is ≥ m."""
    return int(now.timestamp()) // 60


def instant(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, tz=UTC)


@dataclass
class Moment:
    """One shelf seen from `now`; shared by all questions until `until` or the next edit."""

    shelf: Shelf
    now: datetime
    expansion: Expansion
    exclusions: Exclusions
    days: dict[int, Mapping[str, Minutes]] = field(default_factory=dict)
    readers: dict = field(default_factory=dict)

    def __post_init__(self):
        self.minute = minute_now(self.now)
        self.today = self.minute // MINUTES_A_DAY

    # --- Instants

    def minutes(self, family: str, day: int) -> Minutes:
        """(minute, who) of one day, in order."""
        if day not in self.days:
            if len(self.days) >= MANY_DAYS:
                self.days.clear()
            self.days[day] = read_minutes(day, self.shelf.waiting)
        return self.days[day][family]

    def after(self, family: str, minute: int) -> BitMap:
        """Those with an instant of this family later than a minute."""
        day = minute // MINUTES_A_DAY
        later = (bits for other, bits in self.shelf.values(family).items() if other > day)
        on_it = (bits for at, bits in self.minutes(family, day) if at > minute)
        return joined(chain(later, on_it))

    def between(self, family: str, first: int, last: int) -> BitMap:
        """Those with an instant in (first, last], in minutes."""
        begins, ends = first // MINUTES_A_DAY, last // MINUTES_A_DAY
        whole = (b for day, b in self.shelf.values(family).items() if begins < day < ends)
        edges = (
            bits
            for day in {begins, ends}
            for at, bits in self.minutes(family, day)
            if first < at <= last
        )
        return joined(chain(whole, edges))

    @property
    def edge(self) -> int:
        """The first key after the last chunk there is."""
        return self.exclusions.chunks << CHUNK_BITS

    @cached_property
    def until(self) -> datetime:
        """The first instant at which anything here may be otherwise."""
        midnight = (self.today + 1) * MINUTES_A_DAY
        coming = [self.today * MINUTES_A_DAY + turn for turn in DAY_TURNS]
        coming += [at for family in INSTANTS for at, _ in self.minutes(family, self.today)]
        for days in map(int, DEADLINE_DAYS):
            ahead = days * MINUTES_A_DAY
            coming += [at - ahead for at, _ in self.minutes("closes", self.today + days)]
        return instant(min([midnight, *(at for at in coming if at > self.minute)]))

    # --- Stages

    @cached_property
    def due(self) -> BitMap:
        """Some deadline is still to come."""
        return self.after("closes", self.minute)

    @cached_property
    def stages(self) -> Mapping[str, BitMap]:
        cancelled, public = self.shelf.of("cancelled"), self.shelf.of("public")
        called = self.shelf.of("call") - cancelled
        promised = public - called - cancelled
        lapsed = promised & self.on_or_before("evidence", self.today - settings.LAPSE_AFTER_DAYS)
        upcoming = called & self.after("opens", self.minute)
        closed = (called - upcoming) & self.over
        return {
            Stage.CANCELLED.value: cancelled,
            Stage.LAPSED.value: lapsed,
            Stage.ANNOUNCED.value: promised - lapsed,
            Stage.UPCOMING.value: upcoming,
            Stage.CLOSED.value: closed,
            Stage.OPEN.value: called - upcoming - closed,
        }

    @cached_property
    def over(self) -> BitMap:
        """The last deadline has passed, or, where there is none to keep, the last day."""
        public = self.shelf.of("public")
        by_deadline = self.shelf.of("application", Application.BY_DEADLINE.value)
        missed = by_deadline - self.shelf.of("undated") - self.due
        ending = joined(self.shelf.values("ends").values())
        ended = (ending - self.after("ends", self.minute)) & (public - by_deadline)
        return missed | ended

    def on_or_before(self, family: str, day: int) -> BitMap:
        return joined(bits for at, bits in self.shelf.values(family).items() if at <= day)

    @cached_property
    def stale(self) -> BitMap:
        """Not checked again in its days: the twin of `stages.is_stale`."""
        rolling = self.shelf.of("application", Application.ROLLING.value)
        is_open, upcoming = self.stages[Stage.OPEN.value], self.stages[Stage.UPCOMING.value]
        return joined(
            [
                ((is_open - rolling) | upcoming) & self.not_checked_for("open"),
                is_open & rolling & self.not_checked_for("rolling"),
                self.stages[Stage.ANNOUNCED.value] & self.not_checked_for("announced"),
            ]
        )

    def not_checked_for(self, what: str) -> BitMap:
        return self.on_or_before("verified", self.today - settings.VERIFY_WITHIN_DAYS[what] - 1)

    # --- Facets

    @cached_property
    def windows(self) -> Mapping[str, BitMap]:
        found = {
            days: self.between("closes", self.minute, self.minute + int(days) * MINUTES_A_DAY)
            for days in DEADLINE_DAYS
        }
        return found | {ROLLING: self.shelf.of("application", Application.ROLLING.value)}

    @cached_property
    def fitting(self) -> Mapping[str, BitMap]:
        """country → every key up to `edge` but those whom its people are known not to fit."""
        return fitting(self.exclusions, self.shelf, self.now)

    def fitting_one_of(self, nationalities: frozenset[str]) -> BitMap:
        if len(nationalities) == 1:
            return self.fitting.get(next(iter(nationalities)), self.shelf.of("public"))
        out = left_out_for(nationalities, self.exclusions, self.shelf, self.now)
        return self.shelf.of("public") - out

    @cached_property
    def residence_slots(self) -> list[Slot]:
        return slots_on_shelf(self.shelf, RULE[Attribute.RESIDENCE])

    @cached_property
    def either_slots(self) -> list[Slot]:
        return slots_on_shelf(self.shelf, RULE[Attribute.EITHER])

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, BitMap]]:
        """The bitmaps of every facet's values, but of nationality, which leaves out."""
        own = ("kind", "audience", "level", "funding", "language", "format")
        return {
            "stage": self.stages,
            "deadline": self.windows,
            **{name: self.shelf.values(name) for name in own},
            **self.expansion.of(self.shelf, self.now.astimezone(UTC).date(), self.edge),
        }

    # --- Order

    @cached_property
    def opening(self) -> BitMap:
        """Upcoming without any deadline: they stand by the day they open."""
        return self.stages[Stage.UPCOMING.value] & self.shelf.of("undated")

    @cached_property
    def dated(self) -> BitMap:
        """Those that have something to wait for."""
        return self.due | self.opening

    @cached_property
    def coming(self) -> list[tuple[int, BitMap]]:
        """(day, those that have something to wait for on it, later than now), in order."""
        closes, opens = self.shelf.values("closes"), self.shelf.values("opens")
        days = sorted(day for day in {*closes, *opens} if day > self.today)
        today = joined(bits for _at, bits in self.coming_minutes(self.today))
        return [(self.today, today), *((day, self.coming_on(day)) for day in days)]

    def coming_on(self, day: int) -> BitMap:
        closes, opens = self.shelf.of("closes", day), self.shelf.of("opens", day)
        opening = opens & self.opening
        return closes | opening if opening else closes

    def coming_minutes(self, day: int) -> Minutes:
        closes = self.minutes("closes", day)
        opens = [(at, bits & self.opening) for at, bits in self.minutes("opens", day)]
        later = ((at, bits) for at, bits in (*closes, *opens) if at > self.minute)
        return sorted(later, key=itemgetter(0))

    @cached_property
    def newest(self) -> list[tuple[int, BitMap]]:
        """(day of publication, which), the latest first."""
        return sorted(self.shelf.values("published").items(), reverse=True, key=itemgetter(0))


def read_minutes(day: int, waiting: WaitingWords) -> dict[str, Minutes]:
    """Of every family, in one question."""
    edges = day * MINUTES_A_DAY, (day + 1) * MINUTES_A_DAY
    ranges = [tuple(f"{family}@{minute:09d}".encode() for minute in edges) for family in INSTANTS]
    found: dict[str, dict[int, list[BitMap]]] = {family: {} for family in INSTANTS}
    for term, _chunk, bits in postings_between(ranges, waiting):
        family, _, minute = term.partition("@")
        found[family].setdefault(int(minute), []).append(bits)
    return {
        family: [(minute, joined(some[minute])) for minute in sorted(some)]
        for family, some in found.items()
    }


class Clock:
    """The moment of this process, brought up when the shelf moved or its time is up."""

    def __init__(self, memory: Memory):
        self.memory = memory
        self.forget()

    def forget(self) -> None:
        self.memory.forget()
        self.expansion, self.exclusions = Expansion(), Exclusions()
        self.moment: Moment | None = None

    def moment_at(self, now: datetime) -> Moment | None:
        """None where no index was built yet."""
        shelf = self.memory.current()
        if shelf is None:
            return None
        held = self.moment
        if held and held.shelf is shelf and held.now <= now < held.until:
            return held
        with self.memory.lock:
            return self.moved_to(shelf, now)

    def moved_to(self, shelf: Shelf, now: datetime) -> Moment:
        self.exclusions = self.exclusions.brought_up(shelf, now.astimezone(UTC).date())
        self.moment = Moment(shelf, now, self.expansion, self.exclusions)
        return self.moment


clock = Clock(memory)
