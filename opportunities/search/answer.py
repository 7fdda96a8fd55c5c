"""`answer(query, now) → Results`: the seam between what a reader asks and how it is found.

Each parameter lets a bitmap of opportunities through; what is found is what all let through, and a
facet is counted on the others. No row is read but those of words.
"""

import logging
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from operator import sub

from pyroaring import BitMap

from opportunities.filters import DEFAULT_STAGES, FACETS, YOU, Query

from .asking import read
from .brute import answer_by_comparing, due_by_comparing, found_by_comparing, rows_by_comparing
from .expansion import MOST_IN_A_LIST, Values
from .index import chunks_of
from .matching import Match, match
from .memory import NOTHING
from .moment import Moment, clock
from .ordering import ids_of_page
from .postings import common, joined
from .reader import Reader, reader_of
from .reading import due_for_others
from .results import PAGE_SIZE, Due, Found, Results, paged
from .suggesting import nearest_question

logger = logging.getLogger(__name__)


def answer(query: Query, now: datetime) -> Results:
    moment = moment_or_complaint(now)
    if moment is None:
        return answer_by_comparing(query, now)
    finding = Finding(query, moment)
    found = finding.without()
    page, pages = paged(query, len(found))
    start = (page - 1) * PAGE_SIZE
    return Results(
        total=len(found),
        page=page,
        pages=pages,
        page_ids=ids_of_page(found, query.order, finding.matched, moment, start, start + PAGE_SIZE),
        counts={name: finding.counts(name) for name in FACETS},
        relaxed={} if found else finding.relaxed(),
        left_out=len(finding.hidden),
        refused_by=finding.refused_by,
        nearest="" if found else nearest_question(query.q, moment),
        until=moment.until,
        stamp=moment.shelf.stamp,
    )


def found(query: Query, now: datetime, size: int) -> Found:
    """The query's page, where a page has `size` rows: for feeds and calendars, which count nothing."""
    moment = moment_or_complaint(now)
    if moment is None:
        return found_by_comparing(query, now, size)
    finding = Finding(query, moment)
    ids = finding.without()
    page, pages = paged(query, len(ids), size)
    start = (page - 1) * size
    rows = ids_of_page(ids, query.order, finding.matched, moment, start, start + size)
    return Found(rows, page, pages, moment.until, moment.shelf.stamp)


def due(query: Query, now: datetime, most: int) -> Due:
    """For the time line of a list: by deadline, whatever order the list is in."""
    moment = moment_or_complaint(now)
    if moment is None:
        return due_by_comparing(query, now, most)
    finding = Finding(query, moment)
    dated = moment.due & joined(moment.stages[stage] for stage in DEFAULT_STAGES)
    ids = finding.without() & dated
    theirs = ids - BitMap(due_for_others(query.nationality, now))
    return Due(
        ids_of_page(theirs, "deadline", None, moment, 0, most),
        len(theirs),
        moment.until,
        moment.shelf.stamp,
        left_out=len(finding.hidden & dated),
        refused_by=finding.refused_among(dated),
        for_others=len(ids) - len(theirs),
    )


def moment_or_complaint(now: datetime) -> Moment | None:
    moment = clock.moment_at(now)
    if moment is None:
        logger.error("There is no search index yet: run manage.py rebuild_search_index.")
    return moment


def first_ids(query: Query, now: datetime, most: int, among: BitMap) -> list[int]:
    """Those among some that a listing shows first; nothing is counted."""
    moment = moment_or_complaint(now)
    if moment is None:
        return [row.pk for row in rows_by_comparing(query, now) if row.pk in among][:most]
    finding = Finding(query, moment)
    return ids_of_page(finding.without() & among, query.order, finding.matched, moment, 0, most)


def matching_ids(query: Query, now: datetime) -> BitMap:
    """All that a listing shows on all its pages together."""
    moment = moment_or_complaint(now)
    if moment is None:
        return BitMap(row.pk for row in rows_by_comparing(query, now))
    return Finding(query, moment).without()


class Finding:
    """For each parameter that narrows, what it lets through."""

    def __init__(self, query: Query, moment: Moment):
        self.query, self.moment = query, moment
        self.public = moment.shelf.of("public")
        self.passing = {name: self.passes(name) for name in {"stage", *query.narrowing}}

    @cached_property
    def matched(self) -> Match | None:
        return match(read(self.query.q), self.moment) if self.query.q else None

    def passes(self, name: str) -> BitMap:
        if name == "q":
            return self.matched.ids
        if name == YOU:
            return self.public - joined(self.unfit.values())
        wanted = self.query.stages if name == "stage" else getattr(self.query, name)
        values = self.moment.facets[name]
        return joined(values.get(value, NOTHING) for value in wanted)

    def without(self, name: str = "") -> BitMap:
        """What passes every parameter but one."""
        return common([self.public, *(ids for other, ids in self.passing.items() if other != name)])

    # --- Who asks

    @cached_property
    def reader(self) -> Reader:
        return reader_of(self.query, self.moment)

    @cached_property
    def unfit(self) -> Mapping[str, BitMap]:
        """By what the rules are about that are known not to be met."""
        return self.reader.left_out(self.query.nationality)

    @cached_property
    def hidden(self) -> BitMap:
        """Those of this list that are known not to fit."""
        return self.without(YOU) - self.base if YOU in self.passing else NOTHING

    @property
    def refused_by(self) -> Mapping[str, int]:
        return self.refused_among(self.public)

    def refused_among(self, some: BitMap) -> Mapping[str, int]:
        hidden = self.hidden & some
        if not hidden:
            return {}
        counts = {what: len(hidden & ids) for what, ids in self.unfit.items()}
        return {what: count for what, count in counts.items() if count}

    def counts_by_nationality(self) -> Mapping[str, int]:
        """What each would give, whatever else was told staying as it is."""
        fitting = self.moment.fitting
        if self.query.unfit:
            return dict.fromkeys(fitting, len(self.base)) if self.base else {}
        if YOU not in self.passing:
            return counted(self.overlap, fitting)
        ids = self.without(YOU) - joined(self.reader.steady.values())
        counts = counted(Overlap(ids, self.moment.edge), fitting)
        for code, out in self.reader.left_out_besides(ids).items():
            if less := out.intersection_cardinality(fitting[code]):
                counts[code] -= less
        return {code: count for code, count in counts.items() if count}

    # --- Facets

    def counts(self, name: str) -> Mapping[str, int]:
        if name == "nationality":
            return self.counts_by_nationality()
        overlap = self.overlap if name not in self.passing else self.overlap_without(name)
        values = self.moment.facets[name]
        if isinstance(values, Values):
            return values.counted(overlap.kept(values))
        return counted(overlap, values)

    @cached_property
    def overlap(self) -> "Overlap":
        return Overlap(self.base, self.moment.edge)

    def overlap_without(self, name: str) -> "Overlap":
        return Overlap(self.without(name), self.moment.edge)

    @cached_property
    def base(self) -> BitMap:
        return self.without()

    def relaxed(self) -> dict[tuple[str, ...], int]:
        """The fewest filters to drop for something to be found, and what each choice would give.

        With nothing found, what those few give is just what fails all of them and no other.
        """
        names = self.query.narrowing
        usual = joined(self.moment.stages[stage] for stage in DEFAULT_STAGES)
        findable = self.passing["stage"] | usual
        failing = [findable - self.passing[name] for name in names]
        fewest = least_often_in(failing, findable)
        return {
            tuple(names[place] for place in places): len(ids)
            for places, ids in grouped(fewest, failing)
        }


class Overlap:
    """How many of these are among others, asked hundreds of times.

    A list of keys is compared key by key, ten times as slowly as two bitmaps; so of long ones what
    they lack is compared, which are bitmaps.
    """

    def __init__(self, ids: BitMap, edge: int):
        """All keys there are lie before the edge."""
        self.ids = ids
        self.held: dict[int, int] = {}
        self.lacking = None
        if FEWEST_A_CHUNK < len(ids) / chunks_of(ids) <= MOST_IN_A_LIST:
            self.lacking = ids.flip(0, edge)

    def with_each(self, others: Collection[BitMap]) -> Iterator[int]:
        if self.lacking is None:
            return map(self.ids.intersection_cardinality, others)
        lacked = map(self.lacking.intersection_cardinality, others)
        return map(sub, map(len, others), lacked)

    def kept(self, values: Values) -> Mapping[int, int]:
        """By id, and counted once: a part is in values of several facets."""
        new = [key for key in values.bitmaps if key not in self.held]
        turned = [key for key in new if key in values.turned]
        straight = [key for key in new if key not in values.turned]
        counts = self.with_each([values.bitmaps[key] for key in straight])
        self.held.update(zip(straight, counts, strict=True))
        without = self.with_each([values.turned[key].rest for key in turned])
        self.held.update(zip(turned, (len(self.ids) - count for count in without), strict=True))
        return self.held


FEWEST_A_CHUNK = 128


def counted(overlap: Overlap, values: Mapping[str, BitMap]) -> dict[str, int]:
    counts = zip(values, overlap.with_each(values.values()), strict=True)
    return {value: count for value, count in counts if count}


def least_often_in(sets: list[BitMap], ids: BitMap) -> BitMap:
    """Those of `ids` that are in the fewest of the sets."""
    layers = [ids]  # layers[n]: those in at least n of the sets so far
    for some in sets:
        up = [layer & some for layer in layers]
        layers = [layers[0], *(a | b for a, b in zip([*layers[1:], BitMap()], up, strict=True))]
    for n, layer in enumerate(layers):
        beyond = layers[n + 1] if n + 1 < len(layers) else BitMap()
        if exactly := layer - beyond:
            return exactly
    return BitMap()


def grouped(ids: BitMap, sets: list[BitMap]) -> list[tuple[tuple[int, ...], BitMap]]:
    """The ids by the places of the sets they are in."""
    groups = [((), ids)] if ids else []
    for place, some in enumerate(sets):
        parts = [(where, part & some, part - some) for where, part in groups]
        groups = [((*where, place), inside) for where, inside, _ in parts if inside]
        groups += [(where, outside) for where, _, outside in parts if outside]
    return groups
