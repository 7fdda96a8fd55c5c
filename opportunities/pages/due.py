"""The deadlines of a filtered list on a time line, and as a table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from math import sqrt

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opportunities import wording
from opportunities.addresses import asked as asking
from opportunities.addresses import listing_url, opportunity_url, path_of
from opportunities.filters import SHOWN, Query
from opportunities.fit import refused_words
from opportunities.kept import Lasting
from opportunities.models import Deadline, Opportunity
from opportunities.search.answer import due
from opportunities.search.results import Due
from opportunities.time_lines import Span

MOST = 120
"""So many opportunities, the nearest, have their deadlines drawn and listed."""

MOST_ROWS = 200
MOST_POINTS = 40
LANES, APART, LANE, BELOW = 5, 0.035, 22, 34
"""Points closer than APART of the width stand one above the other, LANE pixels each; the words
below the line take BELOW."""


@dataclass(frozen=True)
class Row:
    """One deadline of one opportunity."""

    deadline: Deadline
    query: Query
    now: datetime

    @cached_property
    def words(self):
        return self.deadline.opportunity.words_in(get_language())

    @property
    def url(self) -> str:
        return opportunity_url(self.deadline.opportunity.slug, self.query)

    @property
    def anchor(self) -> str:
        return f"d{self.deadline.pk}"

    @property
    def left(self) -> str:
        return wording.days_left(self.deadline, self.now)

    @property
    def time(self) -> str:
        one = self.deadline  # '' where neither hour nor zone is stated
        return wording.deadline_time(one) if one.at or one.zone else ""

    @property
    def is_limited(self) -> bool:
        """Not everybody's; of a reader who told a nationality only theirs are here."""
        for_some = not self.query.nationality and self.deadline.countries.all()
        return bool(self.deadline.for_whom or for_some)

    @property
    def opens_on(self) -> date | None:
        item = self.deadline.opportunity
        return item.opens_on if item.opens_at and item.opens_at > self.now else None


@dataclass(frozen=True)
class Group:
    """What closes on one day, in one week or one month, under the day of its first row."""

    rows: list[Row]
    words: str

    @property
    def on(self) -> date:
        return self.rows[0].deadline.on

    @property
    def url(self) -> str:
        return self.rows[0].url if len(self.rows) == 1 else f"#{self.rows[0].anchor}"

    @property
    def name(self) -> str:
        if len(self.rows) == 1:
            return f"{self.words} · {self.rows[0].words.title}"
        said = ngettext("%(n)s deadline", "%(n)s deadlines", len(self.rows))
        return f"{self.words} · {said % {'n': len(self.rows)}}"


@dataclass(frozen=True)
class Point:
    """`y` in pixels above the line that all stand on."""

    group: Group
    x: str
    y: int

    @property
    def many(self) -> int:
        return len(self.group.rows)

    @property
    def r(self) -> int:
        return min(12, round(4 + 2 * sqrt(self.many)))


@dataclass(frozen=True)
class DuePage:
    query: Query
    now: datetime

    @cached_property
    def due(self) -> Due:
        return due(self.query, self.now, MOST)

    @cached_property
    def rows(self) -> list[Row]:
        """The reader's, by the day stated; those of what was hidden meanwhile are not there."""
        deadlines = Deadline.objects.theirs(self.query.nationality).filter(
            opportunity__in=Opportunity.objects.visible().filter(pk__in=self.due.ids),
            closes_at__gt=self.now,
        )
        loaded = deadlines.select_related("opportunity").prefetch_related(
            "opportunity__words", "countries"
        )
        some = loaded.order_by("on", "closes_at", "pk")[:MOST_ROWS]
        return [Row(deadline, self.query, self.now) for deadline in some]

    @property
    def left_out(self) -> int:
        return self.due.total - len(self.due.ids)

    @property
    def today(self) -> date:
        return self.now.astimezone(UTC).date()

    @cached_property
    def span(self) -> Span:
        return Span.of([self.today, *(row.deadline.on for row in self.rows)])

    @property
    def today_x(self) -> str:
        return self.span.x(self.today)

    @cached_property
    def groups(self) -> list[Group]:
        """By day; where that makes too many points by week, else by month."""
        for key, words in GROUPING:
            found = grouped(self.rows, key, words)
            if len(found) <= MOST_POINTS:
                break
        return found

    @property
    def months(self) -> list[Group]:
        return grouped(self.rows, month_of, month_words)

    @cached_property
    def points(self) -> list[Point]:
        last = [-1.0] * LANES
        found = []
        for group in self.groups:
            share = self.span.share(group.on)
            free = (lane for lane in range(LANES) if share - last[lane] >= APART)
            lane = next(free, min(range(LANES), key=last.__getitem__))
            last[lane] = share
            found.append(Point(group, self.span.x(group.on), -lane * LANE))
        return found

    @property
    def height(self) -> int:
        """Of the part above the line, as many lanes as are used."""
        return LANE - min((point.y for point in self.points), default=0)

    @property
    def whole_height(self) -> int:
        return self.height + BELOW

    # --- Around it

    @property
    def count(self) -> str:
        said = ngettext(
            "%(n)s opportunity with a deadline",
            "%(n)s opportunities with a deadline",
            self.due.total,
        )
        return said % {"n": self.due.total}

    @property
    def hidden_because(self) -> str:
        return refused_words(self.due.refused_by, self.due.left_out)

    @property
    def all_url(self) -> str:
        return path_of("deadlines") + asking(replace(self.query, unfit=SHOWN, page=1))

    @property
    def fitting_url(self) -> str:
        return path_of("deadlines") + asking(replace(self.query.without("unfit"), page=1))

    @property
    def list_url(self) -> str:
        return listing_url(replace(self.query, page=1))

    @property
    def calendar_url(self) -> str:
        return path_of("calendar") + asking(replace(self.query, sort="", page=1))

    @property
    def lasting(self) -> Lasting:
        turns = (wording.days_left_until(row.deadline, self.now) for row in self.rows)
        return Lasting(self.due.stamp, min([self.due.until, *turns]))


def grouped(rows: Iterable[Row], key: Callable, words: Callable) -> list[Group]:
    by = groupby(rows, key=lambda row: key(row.deadline.on))
    return [Group(list(some), words(first)) for first, some in by]


def same(day: date) -> date:
    return day


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_words(day: date) -> str:
    return _("week of %(date)s") % {"date": wording.day(day)}


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_words(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


GROUPING = ((same, wording.day), (week_of, week_words), (month_of, month_words))
