"""The opportunities of one page, without sorting the others: groups and days are walked in order."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from pyroaring import BitMap

from opportunities.models import Opportunity

from .matching import Match
from .moment import Moment
from .terms import EPOCH

FEW = 2_000


class Page:
    """Keys `start` to `stop` of a sequence that is handed over in ordered pieces."""

    def __init__(self, start: int, stop: int):
        self.skip, self.want = start, stop - start
        self.ids: list[int] = []

    @property
    def is_full(self) -> bool:
        return len(self.ids) >= self.want

    def passes_over(self, size: int) -> bool:
        """Whether a piece lies before the page whole; then it is counted off."""
        if size > self.skip:
            return False
        self.skip -= size
        return True

    def take(self, ids: Iterable[int]) -> None:
        for pk in ids:
            if self.is_full:
                return
            if self.skip:
                self.skip -= 1
            else:
                self.ids.append(pk)

    def take_slice(self, ids: BitMap) -> None:
        """Of a piece in the order of its keys."""
        piece = ids[self.skip : self.skip + self.want - len(self.ids)]
        self.skip = 0
        self.ids += piece


def ids_of_page(
    found: BitMap, order: str, matched: Match | None, moment: Moment, start: int, stop: int
) -> list[int]:
    page = Page(start, stop)
    if order == "newest":
        walk_newest(page, found, moment)
    else:
        groups = ranked(found, matched, moment) if order == "relevance" else [found]
        for group in groups:
            walk_by_deadline(page, group, moment)
    return page.ids


def ranked(found: BitMap, matched: Match | None, moment: Moment) -> Iterator[BitMap]:
    """Where the words stand first, then on whose word it rests.

    All words in the title come before all in title and summary, and those before words further
    down or in a name only. Within each, what an official call is cited for comes before what an
    official or the provider said, and that before the press. Within each of the nine the nearest
    deadline comes first, as everywhere: fresh before stale, dated before undated.
    """
    places = [matched.in_title, matched.in_summary] if matched else []
    voices = [moment.shelf.of("call"), moment.shelf.of("voiced")]
    for placed in split(found, places):
        yield from split(placed, voices)


def split(ids: BitMap, firsts: list[BitMap]) -> Iterator[BitMap]:
    """What is in the first, in the next but not before, …, in none."""
    for first in firsts:
        yield ids & first
        ids = ids - first
    yield ids


# --- By deadline: the twin of brute.by_deadline


def walk_by_deadline(page: Page, ids: BitMap, moment: Moment) -> None:
    for group in split(ids, [ids - moment.stale]):
        if page.is_full or page.passes_over(len(group)):
            continue
        walk_days(page, group, moment)


def walk_days(page: Page, ids: BitMap, moment: Moment) -> None:
    """By the earliest instant to come, then the undated by key."""
    dated = ids & (moment.due | moment.opening)
    undated = ids - dated
    for day in moment.coming_days:
        if page.is_full or not dated:
            break
        here = dated & moment.coming_on(day)
        if here and not page.passes_over(len(here)):
            page.take(in_day(here, moment, day))
        dated = dated - here
    if not page.is_full and not page.passes_over(len(undated)):
        page.take_slice(undated)


def in_day(ids: BitMap, moment: Moment, day: int) -> Iterator[int]:
    for _minute, bits in moment.coming_minutes(day):
        here = ids & bits
        yield from here
        ids = ids - here


# --- Newest first


def walk_newest(page: Page, ids: BitMap, moment: Moment) -> None:
    days = moment.shelf.values("published")
    for day in sorted(days, reverse=True):
        if page.is_full:
            return
        here = ids & days[day]
        if here and not page.passes_over(len(here)):
            page.take(published_on(here, day))


def published_on(ids: BitMap, day: int) -> Iterable[int]:
    """Of one UTC day: few are read, of many the day's rows are walked until the page is full."""
    if len(ids) <= FEW:
        rows = Opportunity.objects.filter(pk__in=list(ids))
        return rows.order_by("-published_at", "-pk").values_list("pk", flat=True)
    begins = datetime(EPOCH.year, 1, 1, tzinfo=UTC) + timedelta(days=day)
    rows = Opportunity.objects.filter(
        published_at__gte=begins, published_at__lt=begins + timedelta(days=1)
    )
    newest = rows.order_by("-published_at", "-pk").values_list("pk", flat=True)
    return (pk for pk in newest.iterator() if pk in ids)
