"""The same answer without an index: every public opportunity is compared in memory.

Exact and plain, and slow beyond some thousands of rows. It is what `check_search_index` and the
tests hold the index against, and what serves while no index was built yet.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce

from opportunities.choices import Application, Stage
from opportunities.eligibility import Applicant, refused_by
from opportunities.filters import DEADLINE_DAYS, DEFAULT_STAGES, FACETS, ROLLING, YOU, Query
from opportunities.models import Words

from .asking import Asked, Word, read
from .names import Value
from .results import PAGE_SIZE, Due, Found, Results, paged
from .rows import Row, load_rows
from .tables import Tables, read_tables
from .terms import searched
from .text import stems_of

Ids = frozenset[int]


def answer_by_comparing(query: Query, now: datetime) -> Results:
    """Right for this instant only."""
    rows = load_rows(now)
    finding = Finding(rows, query, now)
    ordered = in_order(finding.found(), query, finding.places, now)
    page, pages = paged(query, len(ordered))
    return Results(
        total=len(ordered),
        page=page,
        pages=pages,
        page_ids=[row.pk for row in ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]],
        counts={name: finding.counts(name) for name in FACETS},
        left_out=len(finding.without(YOU)) - len(ordered),
        refused_by=finding.refused_by(),
        relaxed={} if ordered else finding.relaxed(),
        until=now,
    )


def found_by_comparing(query: Query, now: datetime, size: int) -> Found:
    ordered = rows_by_comparing(query, now)
    page, pages = paged(query, len(ordered), size)
    shown = ordered[(page - 1) * size : page * size]
    return Found([row.pk for row in shown], page, pages, until=now)


def due_by_comparing(query: Query, now: datetime, most: int) -> Due:
    finding = Finding(load_rows(now), replace(query, sort="deadline"), now)
    dated = frozenset(
        row.pk
        for row in finding.rows
        if row.stage in DEFAULT_STAGES and max(row.closes_at, default=now) > now
    )
    rows = in_order(finding.found(), finding.query, finding.places, now)
    found = [row for row in rows if row.pk in dated]
    ids = [row.pk for row in found if is_due_for(row, query.nationality, now)]
    return Due(
        ids[:most],
        len(ids),
        until=now,
        left_out=len(finding.hidden & dated),
        refused_by=finding.refused_among(dated),
        for_others=len(found) - len(ids),
    )


def rows_by_comparing(query: Query, now: datetime) -> list[Row]:
    """All that are found, in the order asked for."""
    finding = Finding(load_rows(now), query, now)
    return in_order(finding.found(), query, finding.places, now)


class Finding:
    """For each parameter that narrows, the ids it lets through; a facet is counted on the others."""

    def __init__(self, rows: list[Row], query: Query, now: datetime):
        self.rows, self.query, self.now = rows, query, now
        self.all = frozenset(row.pk for row in rows)
        self.places: dict[int, int] = {}
        self.excluded_by_criteria: dict = {}
        self.applicant = query.about.applicant
        self.tables = read_tables()
        self.links = {code: self.tables.links_of(code) for code in self.tables.countries}
        self.passing = {name: self.passes(name) for name in ["stage", *query.narrowing]}

    def passes(self, name: str) -> Ids:
        if name == "q":
            return self.matching_text()
        if name == YOU:
            return frozenset(row.pk for row in self.rows if not self.refused(row, self.applicant))
        wanted = self.query.stages if name == "stage" else getattr(self.query, name)
        return frozenset(row.pk for row in self.rows if wanted & self.values(row, name))

    def values(self, row: Row, name: str) -> frozenset[str]:
        if name == "deadline":
            return deadline_values(row, self.now)
        if name == "nationality":
            return self.tables.countries - self.excluded(row)
        return row.values[name]

    def found(self) -> list[Row]:
        ids = self.without()
        return [row for row in self.rows if row.pk in ids]

    def without(self, name: str = "") -> Ids:
        """What passes every parameter but one."""
        others = (ids for other, ids in self.passing.items() if other != name)
        return reduce(frozenset.intersection, others, self.all)

    def refused_by(self) -> dict[str, int]:
        """What the rules are about that leave some out of this list, and how many."""
        return self.refused_among(self.all)

    @property
    def hidden(self) -> Ids:
        return self.without(YOU) - self.without()

    def refused_among(self, some: Ids) -> dict[str, int]:
        ids = self.hidden & some
        return Counter(
            subject
            for row in self.rows
            if row.pk in ids
            for subject in self.refused(row, self.applicant)
        )

    def counts(self, name: str) -> dict[str, int]:
        ids = self.without(YOU if name == "nationality" else name)
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

    # --- Who asks: out only where it is known not to admit them

    def excluded(self, row: Row) -> frozenset[str]:
        """The nationalities known not to fit, whatever else was told staying as it is; the same
        criteria are judged once."""
        if not row.criteria.rules or self.query.unfit:
            return frozenset()
        if row.criteria not in self.excluded_by_criteria:
            self.excluded_by_criteria[row.criteria] = frozenset(
                code
                for code in self.tables.countries
                if self.refused(row, replace(self.applicant, nationalities=frozenset({code})))
            )
        return self.excluded_by_criteria[row.criteria]

    def refused(self, row: Row, applicant: Applicant) -> frozenset[str]:
        return refused_by(applicant, row.criteria, self.links, self.now)

    # --- Text: every word asked for stands in some version, or in a name of what it is about

    def matching_text(self) -> Ids:
        asked = read(self.query.q)
        texts = {row.pk: Text(row, self.tables) for row in self.rows}
        for pk, *version in Words.objects.filter(opportunity__in=self.all).values_list(
            "opportunity", "title", "summary", "text"
        ):
            texts[pk].add(*version)
        self.places = {pk: text.place_of(asked) for pk, text in texts.items()}
        return frozenset(pk for pk, text in texts.items() if text.answers(asked))


class Text:
    """Everything one opportunity says, as stems: per field one list a version."""

    def __init__(self, row: Row, tables: Tables):
        self.row, self.names = row, tables.names
        self.titles: list[list[str]] = []
        self.summaries: list[list[str]] = []
        self.texts: list[list[str]] = []

    def add(self, title: str, summary: str, text: str) -> None:
        self.titles.append(stems_of(title))
        self.summaries.append(stems_of(summary))
        self.texts.append(stems_of(searched(text)))

    def answers(self, asked: Asked) -> bool:
        return (
            all(self.has_word(word) for word in asked.words)
            and all(self.has_phrase(stems) for stems in asked.phrases)
            and not any(self.has_phrase(stems) for stems in asked.without)
        )

    def has_word(self, word: Word) -> bool:
        return self.types(word, self.everywhere) or self.is_about(self.names.named(word))

    def has_phrase(self, stems: tuple[str, ...]) -> bool:
        if len(stems) == 1:
            return self.has_word(Word(stems[0]))
        width = len(stems)
        return self.is_about(self.names.called(stems)) or any(
            tuple(text[at : at + width]) == stems
            for text in self.everywhere
            for at in range(len(text))
        )

    def place_of(self, asked: Asked) -> int:
        """0: all words in titles; 1: in titles and summaries; 2: elsewhere."""
        stems = {stem for phrase in asked.phrases for stem in phrase}
        words = [*asked.words, *map(Word, stems)]
        for place, texts in enumerate([self.titles, [*self.titles, *self.summaries]]):
            if words and all(self.types(word, texts) for word in words):
                return place
        return 2

    @property
    def everywhere(self) -> list[list[str]]:
        return [*self.titles, *self.summaries, *self.texts]

    def types(self, word: Word, texts: list[list[str]]) -> bool:
        return any(word.is_met_by(stem) for text in texts for stem in text)

    def is_about(self, values: frozenset[Value]) -> bool:
        return any(value in self.row.values.get(name, ()) for name, value in values)


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


def is_due_for(row: Row, nationalities: frozenset[str], now: datetime) -> bool:
    """Whether a deadline to come is everybody's or that of a nationality told, if one was."""
    whose = [one.countries for one in row.criteria.deadlines if one.closes_at > now]
    return not nationalities or any(not some or some & nationalities for some in whose)


def in_order(rows: list[Row], query: Query, places: dict[int, int], now: datetime) -> list[Row]:
    keys = {
        "deadline": lambda row: by_deadline(row, now),
        "newest": lambda row: (-row.published_at.timestamp(), -row.pk),
        "relevance": lambda row: (places.get(row.pk, 2), row.voice, *by_deadline(row, now)),
    }
    return sorted(rows, key=keys[query.order])


def by_deadline(row: Row, now: datetime) -> tuple:
    """Stale last, then undated, then the earliest instant still to come, then the older row."""
    ahead = [closes_at for closes_at in row.closes_at if closes_at > now]
    if not row.closes_at and row.stage == Stage.UPCOMING:
        ahead = [row.opens_at]
    at = min(ahead).timestamp() if ahead else 0.0
    return (row.is_stale, not ahead, at, row.pk)
