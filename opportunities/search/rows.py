"""What filters, counts and order need of every public opportunity, in a fixed number of queries.

`partnerships`' facts (parties, frameworks, dated membership, sector parents) are expanded here, when
asked, never stored with an opportunity.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import QuerySet

from opportunities import stages
from opportunities.choices import RuleKind
from opportunities.eligibility import AgeRule, CountryRule, Criteria, DatedDeadline, HeldRule
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
)
from partnerships.models import Citation, Membership, Partnership, PartnershipParty, Sector


@dataclass
class Row:
    """One public opportunity as the listing sees it; `values` by parameter of the address."""

    pk: int
    stage: str
    values: dict[str, frozenset[str]]
    application: str
    opens_at: datetime | None
    published_at: datetime
    is_stale: bool
    voice: int  # 0: an official call is cited; 1: an official or the provider is; 2: neither
    closes_at: list[datetime] = field(default_factory=list)
    criteria: Criteria = Criteria()


def load_rows(now: datetime) -> list[Row]:
    opportunities = list(
        Opportunity.objects.visible()
        .with_stage(now)
        .only(
            "kind",
            "audiences",
            "levels",
            "languages",
            "format",
            "funding",
            "application",
            "opens_at",
            "starts_on",
            "published_at",
            "verified_on",
        )
    )
    tables = Tables(now)
    return [tables.row(opportunity) for opportunity in opportunities]


class Tables:
    """The link tables of all public opportunities, each read once."""

    def __init__(self, now: datetime):
        self.now = now
        self.places = links(Opportunity.places)
        self.groupings = links(Opportunity.groupings, "grouping__slug")
        self.sectors = with_parents(links(Opportunity.sectors, "sector__slug"))
        self.read_partnerships()
        self.deadlines = read_deadlines(Deadline.objects.all())
        self.rules = read_rules(EligibilityRule.objects.all())
        self.voices = read_voices()

    def read_partnerships(self) -> None:
        """Slugs, countries and groupings that visible partnerships lend to their opportunities."""
        members = members_on(self.now)
        slugs = dict(Partnership.objects.visible().values_list("pk", "slug"))
        countries, groupings = defaultdict(set), defaultdict(set)
        parties = PartnershipParty.objects.filter(partnership__in=slugs)
        for pk, country, grouping, slug in parties.values_list(
            "partnership", "country", "grouping", "grouping__slug"
        ):
            countries[pk] |= {country} if country else members[grouping]
            groupings[pk] |= {slug} if slug else set()
        for pk, slug in Partnership.frameworks.through.objects.filter(
            partnership__in=slugs
        ).values_list("partnership", "grouping__slug"):
            groupings[pk].add(slug)
        self.partnerships, self.partners, self.lent = (defaultdict(set) for _ in range(3))
        for opportunity, pk in Opportunity.partnerships.through.objects.filter(
            partnership__in=slugs
        ).values_list("opportunity", "partnership"):
            self.partnerships[opportunity].add(slugs[pk])
            self.partners[opportunity] |= countries[pk]
            self.lent[opportunity] |= groupings[pk]

    def row(self, item: Opportunity) -> Row:
        pk = item.pk
        values = {
            "kind": {item.kind},
            "stage": {item.stage},
            "audience": item.audiences,
            "country": self.places[pk] | self.partners[pk],
            "host": self.places[pk],
            "sector": self.sectors[pk],
            "partnership": self.partnerships[pk],
            "grouping": self.groupings[pk] | self.lent[pk],
            "level": item.levels,
            "funding": {item.funding},
            "language": item.languages,
            "format": {item.format} - {""},
        }
        deadlines = self.deadlines[pk]
        return Row(
            pk=pk,
            stage=item.stage,
            values={name: frozenset(value) for name, value in values.items()},
            application=item.application,
            opens_at=item.opens_at,
            published_at=item.published_at,
            is_stale=stages.is_stale(item.stage, item.application, item.verified_on, self.now),
            voice=0 if item.has_official_call else self.voices.get(pk, 2),
            closes_at=sorted(deadline.closes_at for deadline in deadlines),
            criteria=Criteria(tuple(self.rules[pk]), tuple(deadlines), item.starts_on),
        )


def links(relation, column: str = "") -> dict[int, set[str]]:
    """opportunity id → what a link table names for it."""
    return pairs(relation, "opportunity", column or relation.field.related_model._meta.model_name)


def pairs(relation, owner: str, column: str, **of) -> dict[int, set]:
    """What a link table names, by its owner's id."""
    found = defaultdict(set)
    for pk, value in relation.through.objects.filter(**of).values_list(owner, column):
        found[pk].add(value)
    return found


def with_parents(sectors: dict[int, set[str]]) -> dict[int, set[str]]:
    """A parent sector includes its children."""
    parents = dict(Sector.objects.exclude(parent=None).values_list("slug", "parent__slug"))
    return defaultdict(
        set,
        {
            pk: slugs | {parents[slug] for slug in slugs & parents.keys()}
            for pk, slugs in sectors.items()
        },
    )


def members_on(now: datetime) -> dict[int, set[str]]:
    """grouping id → its members on the UTC day of asking."""
    found = defaultdict(set)
    today = now.astimezone(UTC).date()
    for grouping, country in (
        Membership.objects.on(today).members().values_list("grouping", "country")
    ):
        found[grouping].add(country)
    return found


def criteria_of(ids: list[int]) -> dict[int, Criteria]:
    """Of these opportunities alone."""
    deadlines = read_deadlines(Deadline.objects.filter(opportunity__in=ids))
    rules = read_rules(EligibilityRule.objects.filter(opportunity__in=ids))
    starts = Opportunity.objects.filter(pk__in=ids).values_list("pk", "starts_on")
    return {pk: Criteria(tuple(rules[pk]), tuple(deadlines[pk]), on) for pk, on in starts}


def read_deadlines(rows: QuerySet) -> dict[int, list[DatedDeadline]]:
    countries = pairs(Deadline.countries, "deadline", "country", deadline__in=rows)
    found = defaultdict(list)
    for pk, opportunity, on, closes_at in rows.values_list("pk", "opportunity", "on", "closes_at"):
        found[opportunity].append(DatedDeadline(on, closes_at, frozenset(countries[pk])))
    return found


def read_rules(rows: QuerySet) -> dict[int, list[CountryRule | AgeRule | HeldRule]]:
    """Those that an address can be known not to meet; the level sought narrows by itself."""
    found = defaultdict(list)
    read_country_rules(rows.filter(kind=RuleKind.COUNTRIES), found)
    ages = rows.filter(kind=RuleKind.AGE)
    for pk, *own in ages.values_list(
        "opportunity", "age_min", "age_max", "age_reference", "age_on"
    ):
        found[pk].append(AgeRule(*own))
    held = rows.filter(kind=RuleKind.LEVEL_HELD)
    for pk, levels in held.values_list("opportunity", "levels"):
        found[pk].append(HeldRule(frozenset(levels)))
    return found


def read_country_rules(rows: QuerySet, found: dict[int, list]) -> None:
    named = {"owner": "eligibilityrule", "eligibilityrule__in": rows.order_by()}
    countries = pairs(EligibilityRule.countries, column="country", **named)
    groupings = pairs(EligibilityRule.groupings, column="grouping__slug", **named)
    for pk, opportunity, attribute, mode in rows.order_by("pk").values_list(
        "pk", "opportunity", "attribute", "mode"
    ):
        named_here = frozenset(countries[pk]), frozenset(groupings[pk])
        found[opportunity].append(CountryRule(attribute, mode, *named_here))


def read_voices() -> dict[int, int]:
    """Whose word it rests on, where it is an official's or the provider's: 1."""
    cited = OpportunityCitation.objects.in_force().exclude(speaker_role=Citation.Speaker.OUTLET)
    return dict.fromkeys(cited.values_list("opportunity", flat=True), 1)
