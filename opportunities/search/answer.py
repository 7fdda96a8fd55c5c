"""`answer(query, now) → Results`: the seam between what a reader asks and how it is found.

Here every public opportunity is compared in memory: exact and plain, for thousands of rows.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, reduce

from opportunities.choices import Application, Stage
from opportunities.eligibility import Applicant, is_known_not_to_fit
from opportunities.filters import DEADLINE_DAYS, DEFAULT_STAGES, FACETS, ROLLING, Query
from opportunities.models import Words
from partnerships.models import Country

from .names import Names
from .rows import Row, load_rows, read_links
from .text import Folded, words_of

PAGE_SIZE = 20

Ids = frozenset[int]


@dataclass(frozen=True)
class Results:
    """`counts[parameter][value]`: how many it would give alone with the other parameters kept.
    `relaxed[parameters]`: how many without these, where nothing was found."""

    total: int
    page: int
    pages: int
    page_ids: list[int]
    counts: dict[str, dict[str, int]]
    relaxed: dict[tuple[str, ...], int]

    @property
    def announced(self) -> int:
        return self.counts["stage"].get(Stage.ANNOUNCED.value, 0)


def answer(query: Query, now: datetime) -> Results:
    rows = load_rows(now)
    finding = Finding(rows, query, now)
    found = finding.found()
    ordered = in_order(found, query, finding.title_hits, now)
    pages = max(1, -(-len(ordered) // PAGE_SIZE))
    page = min(query.page, pages)
    return Results(
        total=len(ordered),
        page=page,
        pages=pages,
        page_ids=[row.pk for row in ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]],
        counts={name: finding.counts(name) for name in FACETS},
        relaxed={} if ordered else finding.relaxed(),
    )


class Finding:
    """For each parameter that narrows, the ids it lets through; a facet is counted on the others."""

    def __init__(self, rows: list[Row], query: Query, now: datetime):
        self.rows, self.query, self.now = rows, query, now
        self.all = frozenset(row.pk for row in rows)
        self.title_hits: Ids = frozenset()
        self.excluded_by_criteria: dict = {}
        self.links = read_links()
        self.passing = {name: self.passes(name) for name in ["stage", *query.narrowing]}

    def passes(self, name: str) -> Ids:
        if name == "q":
            return self.matching_text()
        wanted = self.query.stages if name == "stage" else getattr(self.query, name)
        if name == "nationality":
            return frozenset(row.pk for row in self.rows if not self.is_out(row, wanted))
        return frozenset(row.pk for row in self.rows if wanted & self.values(row, name))

    def values(self, row: Row, name: str) -> frozenset[str]:
        if name == "deadline":
            return deadline_values(row, self.now)
        if name == "nationality":
            return self.nationalities - self.excluded(row)
        return row.values[name]

    def found(self) -> list[Row]:
        ids = self.without()
        return [row for row in self.rows if row.pk in ids]

    def without(self, name: str = "") -> Ids:
        """What passes every parameter but one."""
        others = (ids for other, ids in self.passing.items() if other != name)
        return reduce(frozenset.intersection, others, self.all)

    def counts(self, name: str) -> dict[str, int]:
        ids = self.without(name)
        return Counter(
            value for row in self.rows if row.pk in ids for value in self.values(row, name)
        )

    def relaxed(self) -> dict[tuple[str, ...], int]:
        """The fewest filters to drop for something to be found, and what each choice would give.

        With nothing found, what those few give is just the rows that fail all of them and no other.
        """
        failed = [self.failed_by(row) for row in self.rows if self.can_be_found(row)]
        fewest = min(map(len, failed), default=0)
        return dict(Counter(names for names in failed if len(names) == fewest))

    def failed_by(self, row: Row) -> tuple[str, ...]:
        return tuple(name for name in self.query.narrowing if row.pk not in self.passing[name])

    def can_be_found(self, row: Row) -> bool:
        """Of the stage asked for, or of the usual ones that a query without a stage asks for."""
        return row.pk in self.passing["stage"] or row.stage in DEFAULT_STAGES

    # --- Nationality: out only where it is known not to admit

    @cached_property
    def nationalities(self) -> frozenset[str]:
        return frozenset(Country.objects.values_list("pk", flat=True))

    def excluded(self, row: Row) -> frozenset[str]:
        """The nationalities known not to fit; the same criteria are judged once."""
        if not row.criteria.rules:
            return frozenset()
        if row.criteria not in self.excluded_by_criteria:
            self.excluded_by_criteria[row.criteria] = frozenset(
                code for code in self.nationalities if self.is_out(row, frozenset({code}))
            )
        return self.excluded_by_criteria[row.criteria]

    def is_out(self, row: Row, nationalities: frozenset[str]) -> bool:
        applicant = Applicant(nationalities)
        return is_known_not_to_fit(applicant, row.criteria, self.links, self.now)

    # --- Text: every word asked for stands in some version, or in a name of what it is about

    def matching_text(self) -> Ids:
        wanted = words_of(self.query.q)
        names = Names()
        titles, texts = {}, {row.pk: names.of(row) for row in self.rows}
        for pk, title, summary, text in Words.objects.filter(opportunity__in=self.all).values_list(
            "opportunity", "title", "summary", "text"
        ):
            titles[pk] = f"{titles.get(pk, '')} {title}"
            texts[pk] = f"{texts[pk]} {title} {summary} {text}"
        self.title_hits = holding(titles, wanted)
        return holding(texts, wanted)


def holding(texts: dict[int, str], wanted: list[str]) -> Ids:
    """The rows whose text holds every word, or begins a word with it."""
    return frozenset(pk for pk, text in texts.items() if all(map(Folded(text).holds, wanted)))


def deadline_values(row: Row, now: datetime) -> frozenset[str]:
    """The windows of the next N × 24 h in which some deadline closes, or rolling."""
    windows = {
        days
        for days in DEADLINE_DAYS
        for closes_at in row.closes_at
        if now < closes_at <= now + timedelta(days=int(days))
    }
    if row.application == Application.ROLLING:
        windows.add(ROLLING)
    return frozenset(windows)


def in_order(rows: list[Row], query: Query, title_hits: Ids, now: datetime) -> list[Row]:
    keys = {
        "deadline": lambda row: by_deadline(row, now),
        "newest": lambda row: (-row.published_at.timestamp(), -row.pk),
        "relevance": lambda row: (row.pk not in title_hits, *by_deadline(row, now)),
    }
    return sorted(rows, key=keys[query.order])


def by_deadline(row: Row, now: datetime) -> tuple:
    """Stale last, then undated, then the earliest instant still to come, then the older row."""
    ahead = [closes_at for closes_at in row.closes_at if closes_at > now]
    if not row.closes_at and row.stage == Stage.UPCOMING:
        ahead = [row.opens_at]
    at = min(ahead).timestamp() if ahead else 0.0
    return (row.is_stale, not ahead, at, row.pk)
