"""The small tables that are expanded when asked: read whole, again when their version moves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from opportunities.eligibility import Link
from partnerships.models import (
    Country,
    Grouping,
    Membership,
    Partnership,
    PartnershipParty,
    Sector,
)

from .names import NameTable, read_names

Slugs = frozenset[str]


@dataclass(frozen=True)
class Joined:
    """A visible partnership: its address word, its parties and what it stands under."""

    slug: str
    countries: frozenset[str]
    groupings: Slugs
    frameworks: Slugs


@dataclass(frozen=True)
class Tables:
    countries: frozenset[str]
    sectors: Mapping[str, Slugs]  # slug → itself and its children
    groupings: Slugs
    partnerships: Mapping[int, Joined]
    links: Mapping[str, Mapping[str, list[Link]]]  # country → grouping → its dated links
    members: list[tuple[str, str, date | None, date | None]]  # grouping, country, since, until
    names: NameTable

    def links_of(self, country: str) -> list[Link]:
        return [link for some in self.links.get(country, {}).values() for link in some]

    def members_on(self, day: date) -> dict[str, set[str]]:
        """grouping → its members that day; an unknown beginning counts as begun."""
        found = defaultdict(set)
        for grouping, country, since, until in self.members:
            if (since is None or since <= day) and (until is None or until > day):
                found[grouping].add(country)
        return found


def read_tables() -> Tables:
    return Tables(
        countries=frozenset(Country.objects.values_list("pk", flat=True)),
        sectors=read_sectors(),
        groupings=frozenset(Grouping.objects.values_list("slug", flat=True)),
        partnerships=read_partnerships(),
        names=read_names(),
        **read_memberships(),
    )


def read_sectors() -> dict[str, Slugs]:
    families = defaultdict(set)
    for slug, parent in Sector.objects.values_list("slug", "parent__slug"):
        families[slug].add(slug)
        if parent:
            families[parent].add(slug)
    return {slug: frozenset(family) for slug, family in families.items()}


def read_partnerships() -> dict[int, Joined]:
    slugs = dict(Partnership.objects.visible().values_list("pk", "slug"))
    parties = PartnershipParty.objects.filter(partnership__in=Partnership.objects.visible())
    frameworks = Partnership.frameworks.through.objects
    countries = gathered(parties.exclude(country=None).values_list("partnership", "country"))
    groupings = gathered(
        parties.exclude(grouping=None).values_list("partnership", "grouping__slug")
    )
    under = gathered(frameworks.values_list("partnership", "grouping__slug"))
    return {
        pk: Joined(slug, *(frozenset(of[pk]) for of in (countries, groupings, under)))
        for pk, slug in slugs.items()
    }


def gathered(pairs: Iterable[tuple]) -> dict[int, set[str]]:
    found = defaultdict(set)
    for owner, value in pairs:
        found[owner].add(value)
    return found


def read_memberships() -> dict:
    links: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    members = []
    for country, grouping, status, verified, since, until in Membership.objects.values_list(
        "country", "grouping__slug", "status", "is_verified", "since", "until"
    ):
        is_member = status == Membership.Status.MEMBER
        links[country][grouping].append(Link(grouping, is_member, verified, since, until))
        if is_member:
            members.append((grouping, country, since, until))
    return {"links": links, "members": members}
