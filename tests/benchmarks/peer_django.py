"""The second peer: the usual Django way, Q objects over joins and one COUNT per facet value.

Run at 10 000 rows only. Of the COUNTs a few per facet are timed and stand for the others. What
`icontains` finds is not what words find; where no text is asked for, the numbers are the same.
"""

import time
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from opportunities.choices import (
    Application,
    Attribute,
    Audience,
    Format,
    Funding,
    Kind,
    Level,
    Mode,
    Stage,
)
from opportunities.eligibility import Verdict, membership
from opportunities.filters import DEADLINE_DAYS, FACETS, ROLLING, Query
from opportunities.models import EligibilityRule, Opportunity
from opportunities.search.results import PAGE_SIZE
from opportunities.search.tables import Tables, read_tables
from partnerships.models import EditorialStatus, Grouping

from .world import NOW

ALL = frozenset(Stage.values)
SAMPLED = 5
"""COUNTs timed of each facet."""


@dataclass(frozen=True)
class Sampled:
    """`seconds` of the whole answer, extrapolated; `counts` of the values that were counted."""

    seconds: float
    total: int
    page: list[int]
    counts: dict[str, dict[str, int]]


class UsualDjango:
    def __init__(self):
        keep_stages()
        self.tables = read_tables()
        self.numbers = dict(Grouping.objects.values_list("slug", "pk"))
        self.values = {name: sorted(values(name, self.tables)) for name in FACETS}

    def answer(self, query: Query) -> Sampled:
        """Page and total as they are, a sample of the counts."""
        started = time.perf_counter()
        found = self.rows(query)
        total, page = found.count(), page_of(found, query)
        seconds = time.perf_counter() - started
        counts = {}
        for name in FACETS:
            counts[name], took = self.sampled(query, name)
            seconds += took
        return Sampled(seconds, total, page, counts)

    def sampled(self, query: Query, name: str) -> tuple[dict[str, int], float]:
        """The counts of a few values, and the seconds that all would have taken."""
        known = self.values[name]
        some = known[:: max(1, len(known) // SAMPLED)][:SAMPLED]
        started = time.perf_counter()
        counts = {
            value: self.rows(replace(query, **{name: frozenset({value})})).count() for value in some
        }
        took = time.perf_counter() - started
        return counts, took * len(known) / len(some)

    # --- One filter a parameter

    def rows(self, query: Query) -> QuerySet:
        rows = Opportunity.objects.visible()
        if query.stages != ALL:
            rows = rows.filter(pk__in=self.at_stage(query.stages))
        for name in query.chosen:
            if name == "nationality":
                for rules in self.failing(query.nationality):
                    rows = rows.exclude(pk__in=rules.values("opportunity"))
            elif name != "stage":
                rows = rows.filter(self.condition(name, getattr(query, name)))
        return rows.order_by().values("pk").distinct()

    def at_stage(self, stages: frozenset[str]) -> RawSQL:
        marks = ", ".join(["%s"] * len(stages))
        return RawSQL(  # noqa: S611 - a name of ours
            f"SELECT id FROM benchmark_stage WHERE stage IN ({marks})",  # noqa: S608 - marks alone
            sorted(stages),
        )

    def condition(self, name: str, wanted) -> Q:
        if name in CONDITIONS:
            return CONDITIONS[name](wanted)
        if name == "country":
            return self.in_countries(wanted)
        return Q(**{f"{name}__in": wanted})

    def in_countries(self, codes: frozenset[str]) -> Q:
        members = self.tables.members_on(NOW.date())
        joined = [slug for slug, countries in members.items() if countries & codes]
        return Q(places__in=codes) | through_partnerships(
            Q(partnerships__parties__country__in=codes)
            | Q(partnerships__parties__grouping__slug__in=joined)
        )

    def failing(self, codes: frozenset[str]) -> list[QuerySet]:
        """The rules that one nationality is known not to meet, by today's memberships."""
        (code,) = codes
        inside, known = self.groupings_of(code)
        rules = EligibilityRule.objects.filter(attribute=Attribute.NATIONALITY).order_by()
        named, member = Q(countries=code), Q(groupings__in=inside)
        return [
            rules.filter(mode=Mode.ONLY).exclude(named).exclude(groupings__in=known),
            rules.filter(named, mode=Mode.EXCEPT),
            rules.filter(member, mode=Mode.EXCEPT),
        ]

    def groupings_of(self, code: str) -> tuple[list[int], list[int]]:
        """Those it is a member of, and those it is not known to be outside of."""
        links = self.tables.links.get(code, {})
        verdicts = {slug: membership(some, NOW.date()) for slug, some in links.items()}
        inside = [self.numbers[slug] for slug, said in verdicts.items() if said == Verdict.MEETS]
        known = [
            self.numbers[slug] for slug, said in verdicts.items() if said != Verdict.DOES_NOT_MEET
        ]
        return inside, known


@transaction.atomic
def keep_stages() -> None:
    """The stage of each at NOW in a table, as most sites store one; computed it takes 20 times as
    long. It would be wrong tomorrow, which is generous."""
    rows = list(Opportunity.objects.with_stage(NOW).values_list("pk", "stage"))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS benchmark_stage (id bigint, stage text)"
        )
        cursor.execute("DELETE FROM benchmark_stage")
        cursor.executemany("INSERT INTO benchmark_stage VALUES (%s, %s)", rows)
        cursor.execute("CREATE INDEX benchmark_stage_key ON benchmark_stage (stage, id)")


def values(name: str, tables: Tables) -> set[str]:
    """Every value that the facet has a count for."""
    match name:
        case "country" | "host" | "nationality":
            return set(tables.countries)
        case "sector" | "grouping":
            return set(getattr(tables, f"{name}s"))
        case "partnership":
            return {partnership.slug for partnership in tables.partnerships.values()}
        case "language":
            kept = Opportunity.objects.values_list("languages", flat=True).distinct()
            return {language for languages in kept for language in languages}
        case "deadline":
            return {*DEADLINE_DAYS, ROLLING}
    return set(CHOICES[name].values)


CHOICES = {
    "kind": Kind,
    "stage": Stage,
    "audience": Audience,
    "level": Level,
    "funding": Funding,
    "format": Format,
}


def holding(q: str) -> Q:
    """Every word somewhere in one of its versions, as most sites look for it."""
    found = Q()
    for word in q.replace('"', " ").split():
        found &= (
            Q(words__title__icontains=word)
            | Q(words__summary__icontains=word)
            | Q(words__text__icontains=word)
        )
    return found


def any_of(column: str):
    """In a column that holds ",a,b,"."""

    def condition(wanted: frozenset[str]) -> Q:
        found = Q()
        for value in wanted:
            found |= Q(**{f"{column}__contains": f",{value},"})
        return found

    return condition


def in_groupings(slugs: frozenset[str]) -> Q:
    return Q(groupings__slug__in=slugs) | through_partnerships(
        Q(partnerships__parties__grouping__slug__in=slugs)
        | Q(partnerships__frameworks__slug__in=slugs)
    )


def through_partnerships(condition: Q) -> Q:
    return Q(partnerships__status=EditorialStatus.PUBLISHED) & condition


def closing(wanted: frozenset[str]) -> Q:
    found = Q(application=Application.ROLLING) if ROLLING in wanted else Q()
    for days in wanted - {ROLLING}:
        last = NOW + timedelta(days=int(days))
        found |= Q(deadlines__closes_at__gt=NOW, deadlines__closes_at__lte=last)
    return found


CONDITIONS = {
    "q": holding,
    "audience": any_of("audiences"),
    "level": any_of("levels"),
    "language": any_of("languages"),
    "host": lambda codes: Q(places__in=codes),
    "sector": lambda slugs: Q(sectors__slug__in=slugs) | Q(sectors__parent__slug__in=slugs),
    "partnership": lambda slugs: through_partnerships(Q(partnerships__slug__in=slugs)),
    "grouping": in_groupings,
    "deadline": closing,
}


def page_of(rows: QuerySet, query: Query) -> list[int]:
    """By `published_at` or the nearest deadline; where words are asked for, they matter no more."""
    rows = Opportunity.objects.filter(pk__in=rows)
    if query.order == "newest":
        ordered = rows.order_by("-published_at", "-pk")
    else:
        ahead = Min("deadlines__closes_at", filter=Q(deadlines__closes_at__gt=NOW))
        ordered = rows.annotate(next=ahead).order_by(F("next").asc(nulls_last=True), "pk")
    return [item.pk for item in ordered[:PAGE_SIZE]]
