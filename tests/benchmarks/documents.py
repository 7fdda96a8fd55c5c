"""Each opportunity with every facet value worked out at NOW by the plain rules, for a peer to index.

That is generous to the peer: stages, windows and nationalities would be wrong tomorrow.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from opportunities import stages
from opportunities.choices import Application, Stage
from opportunities.eligibility import (
    Applicant,
    CountryRule,
    Criteria,
    days_that_count,
    is_known_not_to_fit,
)
from opportunities.filters import DEADLINE_DAYS, ROLLING
from opportunities.models import Opportunity, Words
from opportunities.search.rows import criteria_of
from opportunities.search.tables import Tables, read_tables
from opportunities.search.terms import searched
from opportunities.search.text import stems_of

from .corpus import Progress, no_progress
from .world import NOW

BATCH = 2_000
NEVER = 1 << 40
STALE = 1 << 50

COLUMNS = (
    "pk", "kind", "stage", "audiences", "levels", "languages", "format", "funding", "application",
    "opens_at", "published_at", "verified_on",
)  # fmt: skip


@dataclass
class Document:
    """`admits` names the nationalities it is open to or, where those it is not open to are fewer,
    "*"; then `excludes` names these. `by_deadline` and `published` order rising and falling."""

    pk: int
    values: dict[str, list[str]]
    admits: list[str]
    excludes: list[str]
    by_deadline: int
    published: int
    texts: list[str]


def documents(progress: Progress = no_progress) -> Iterator[Document]:
    facts = Facts(read_tables())
    last = Opportunity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(1, last + 1, BATCH):
        yield from facts.documents(range(first, min(first + BATCH, last + 1)))
        progress(min(first + BATCH - 1, last), last)


class Facts:
    """What documents share: small tables, and the verdict on each rule."""

    def __init__(self, tables: Tables):
        self.tables = tables
        self.codes = sorted(tables.countries)
        self.links = {code: tables.links_of(code) for code in self.codes}
        self.members = tables.members_on(NOW.astimezone(UTC).date())
        self.verdicts: dict[tuple, frozenset[str]] = {}

    def documents(self, ids: range) -> Iterator[Document]:
        own = {"pk__gte": ids.start, "pk__lt": ids.stop}
        rows = Opportunity.objects.visible().with_stage(NOW).filter(**own).order_by("pk")
        linked = {
            "host": linked_to(Opportunity.places, "country", ids),
            "sector": linked_to(Opportunity.sectors, "sector__slug", ids),
            "grouping": linked_to(Opportunity.groupings, "grouping__slug", ids),
            "partnership": linked_to(Opportunity.partnerships, "partnership", ids),
        }
        criteria, texts = criteria_of(list(ids)), texts_of(ids)
        for row in rows.values(*COLUMNS):
            pk = row["pk"]
            own_links = {name: values.get(pk, []) for name, values in linked.items()}
            yield self.document(row, own_links, criteria[pk], texts.get(pk, []))

    def document(self, row: dict, linked: dict, criteria: Criteria, texts: list[str]) -> Document:
        admits, excludes = self.admitted(criteria)
        return Document(
            pk=row["pk"],
            values=self.values(row, linked, criteria),
            admits=admits,
            excludes=excludes,
            by_deadline=by_deadline(row, criteria),
            published=int(row["published_at"].timestamp()),
            texts=texts,
        )

    def values(self, row: dict, linked: dict, criteria: Criteria) -> dict[str, list[str]]:
        known = self.tables.partnerships
        partnerships = [known[key] for key in linked["partnership"] if key in known]
        countries, groupings = set(linked["host"]), set(linked["grouping"])
        for one in partnerships:
            countries |= one.countries.union(*(self.members[slug] for slug in one.groupings))
            groupings |= one.groupings | one.frameworks
        return {
            "kind": [row["kind"]],
            "stage": [row["stage"]],
            "audience": list(row["audiences"]),
            "country": sorted(countries),
            "host": linked["host"],
            "sector": sorted(self.with_parents(linked["sector"])),
            "partnership": [one.slug for one in partnerships],
            "grouping": sorted(groupings),
            "level": list(row["levels"]),
            "funding": [row["funding"]],
            "language": list(row["languages"]),
            "format": [row["format"]] if row["format"] else [],
            "deadline": windows(row, criteria),
        }

    def with_parents(self, slugs: list[str]) -> set[str]:
        return {slug for one in slugs for slug in self.families[one]}

    @cached_property
    def families(self) -> dict[str, set[str]]:
        """sector → itself and its parent."""
        families = self.tables.sectors.items()
        return {slug: {other for other, own in families if slug in own} for slug, _ in families}

    # --- Nationality

    def admitted(self, criteria: Criteria) -> tuple[list[str], list[str]]:
        out = frozenset().union(*(self.excluded(rule, criteria) for rule in on_countries(criteria)))
        if 2 * len(out) < len(self.codes):
            return ["*"], sorted(out)
        return sorted(set(self.codes) - out), []

    def excluded(self, rule: CountryRule, criteria: Criteria) -> frozenset[str]:
        """Whom one rule leaves out; judged once for rules and deadlines that come to the same."""
        key = rule, self.what_matters(rule, criteria)
        if key not in self.verdicts:
            alone = Criteria((rule,), criteria.deadlines)
            self.verdicts[key] = frozenset(
                code
                for code in self.codes
                if is_known_not_to_fit(Applicant(frozenset({code})), alone, self.links, NOW)
            )
        return self.verdicts[key]

    def what_matters(self, rule: CountryRule, criteria: Criteria) -> object:
        """Of the deadlines: nothing without groupings, else between which changes they lie."""
        if not rule.groupings:
            return None
        if any(deadline.countries for deadline in criteria.deadlines):
            return criteria.deadlines
        days = days_that_count(criteria.deadlines, "", NOW)
        return frozenset((self.epoch(day), is_deadline) for day, is_deadline in days)

    def epoch(self, day: date) -> int:
        return bisect_right(self.changes, day)

    @cached_property
    def changes(self) -> list[date]:
        """The days on which some country's link to a grouping begins or ends."""
        links = (link for links in self.links.values() for link in links)
        return sorted({day for link in links for day in (link.since, link.until) if day})


def on_countries(criteria: Criteria) -> list[CountryRule]:
    """The others refuse nobody by nationality."""
    return [rule for rule in criteria.rules if isinstance(rule, CountryRule)]


def linked_to(relation, column: str, ids: range) -> dict[int, list]:
    found: dict[int, list] = {}
    rows = relation.through.objects.filter(
        opportunity__gte=ids.start, opportunity__lt=ids.stop
    ).order_by("pk")
    for pk, value in rows.values_list("opportunity", column):
        found.setdefault(pk, []).append(value)
    return found


def texts_of(ids: range) -> dict[int, list[str]]:
    """The stems of each title, summary and text."""
    found: dict[int, list[str]] = {}
    words = Words.objects.filter(opportunity__gte=ids.start, opportunity__lt=ids.stop)
    for pk, *version in words.order_by("pk").values_list("opportunity", "title", "summary", "text"):
        title, summary, text = version
        fields = (title, summary, searched(text))
        found.setdefault(pk, []).extend(" ".join(stems_of(field)) for field in fields)
    return found


def windows(row: dict, criteria: Criteria) -> list[str]:
    ahead = [(deadline.closes_at - NOW).total_seconds() / 86_400 for deadline in criteria.deadlines]
    found = [days for days in DEADLINE_DAYS if any(0 < left <= int(days) for left in ahead)]
    return [*found, ROLLING] if row["application"] == Application.ROLLING else found


def by_deadline(row: dict, criteria: Criteria) -> int:
    """Stale last, then undated, then the earliest instant still to come, in seconds."""
    ahead = [one.closes_at for one in criteria.deadlines if one.closes_at > NOW]
    if not criteria.deadlines and row["stage"] == Stage.UPCOMING:
        ahead = [row["opens_at"]]
    is_stale = stages.is_stale(row["stage"], row["application"], row["verified_on"], NOW)
    return (STALE if is_stale else 0) + (seconds(min(ahead)) if ahead else NEVER)


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())
