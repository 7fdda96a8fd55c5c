"""The opportunities of one page, without sorting the others: groups and days are walked in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from pyroaring import BitMap

from opportunities.models import Opportunity

from .matching import Match
from .moment import Moment
from .reading import deadlines_after, openings_of
from .terms import EPOCH

FEW = 100
"""So many are read from the database to be put in order; more are ordered by the index."""

MANY = 2_000


class Page:
    """Places `start` to `stop` of a sequence that is handed over in ordered pieces."""

    def __init__(self, start: int, stop: int):
        self.skip, self.want = start, stop - start

    @property
    def is_full(self) -> bool:
        return self.want <= 0

    def share_of(self, size: int) -> slice | None:
        """Which part of a piece of this size is on the page; None where none is."""
        if size <= self.skip:
            self.skip -= size
            return None
        part = slice(self.skip, min(size, self.skip + self.want))
        self.skip, self.want = 0, self.want - (part.stop - part.start)
        return part


def ids_of_page(
    found: BitMap, order: str, matched: Match | None, moment: Moment, start: int, stop: int
) -> list[int]:
    page = Page(start, stop)
    if order == "newest":
        return [pk for ids in walk_newest(page, found, moment) for pk in ids]
    groups = ranked(found, matched, moment) if order == "relevance" else [found]
    pieces = [piece for group in groups for piece in walk_by_deadline(page, group, moment)]
    return put_in_order(pieces, moment)


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


@dataclass(frozen=True)
class Piece:
    """Some that share a place, and which part of them is wanted; `day` orders within, if any."""

    ids: BitMap
    part: slice
    day: int | None = None


def walk_by_deadline(page: Page, ids: BitMap, moment: Moment) -> Iterator[Piece]:
    for group in split(ids, [ids - moment.stale]):
        if not page.is_full and group:
            yield from walk_days(page, group, moment)


def walk_days(page: Page, ids: BitMap, moment: Moment) -> Iterator[Piece]:
    """By the earliest day to come, then the undated by key."""
    dated = ids & moment.dated
    undated = ids - dated
    for day, bits in moment.coming:
        if page.is_full or not dated:
            break
        if dated.isdisjoint(bits):
            continue
        here = dated & bits
        dated = dated - here
        if part := page.share_of(len(here)):
            yield Piece(here, part, day)
    if not page.is_full and (part := page.share_of(len(undated))):
        yield Piece(undated, part)


def put_in_order(pieces: list[Piece], moment: Moment) -> list[int]:
    """Within a day by the earliest instant, then by key: a few are asked for it in one question,
    of many the day's minutes are walked."""
    few = [p for p in pieces if p.day is not None and 1 < len(p.ids) <= FEW]
    instants = earliest([pk for piece in few for pk in piece.ids], moment) if few else {}
    ordered: list[int] = []
    for piece in pieces:
        if piece.day is None or len(piece.ids) == 1:
            ordered += piece.ids[piece.part]
        elif len(piece.ids) <= FEW:
            ordered += sorted(piece.ids, key=lambda pk: (instants[pk], pk))[piece.part]
        else:
            ordered += islice(in_day(piece, moment), piece.part.start, piece.part.stop)
    return ordered


def earliest(ids: list[int], moment: Moment) -> dict[int, object]:
    """The first deadline to come; for what opens, and has none, when it does."""
    found = dict(openings_of(opening)) if (opening := moment.opening & BitMap(ids)) else {}
    for pk, closes_at in deadlines_after(ids, moment.now):
        found[pk] = min(closes_at, found.get(pk, closes_at))
    return found


def in_day(piece: Piece, moment: Moment) -> Iterator[int]:
    left = piece.ids
    for _minute, bits in moment.coming_minutes(piece.day):
        here = left & bits
        yield from here
        left = left - here


# --- Newest first


def walk_newest(page: Page, ids: BitMap, moment: Moment) -> Iterator[Iterable[int]]:
    for day, bits in moment.newest:
        if page.is_full:
            return
        here = ids & bits
        if here and (part := page.share_of(len(here))):
            yield islice(published_on(here, day), part.start, part.stop)


def published_on(ids: BitMap, day: int) -> Iterable[int]:
    """Of one UTC day: a few are asked, of many the day's rows are walked until enough are met."""
    if len(ids) == 1:
        return ids
    rows = Opportunity.objects.order_by("-published_at", "-pk").values_list("pk", flat=True)
    if len(ids) <= MANY:
        return rows.filter(pk__in=list(ids))
    begins = datetime(EPOCH.year, 1, 1, tzinfo=UTC) + timedelta(days=day)
    rows = rows.filter(published_at__gte=begins, published_at__lt=begins + timedelta(days=1))
    return (pk for pk in rows.iterator() if pk in ids)
