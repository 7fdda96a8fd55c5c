"""What opportunities rest on: outlets, organisations, articles, partnerships, lists of countries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from partnerships.models import (
    Article,
    Country,
    Grouping,
    Membership,
    Organisation,
    OrganisationDomain,
    Outlet,
    Partnership,
    PartnershipCitation,
    PartnershipParty,
    Sector,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()

OUTLETS, ORGANISATIONS, PARTNERSHIPS, LISTS = 60, 500, 400, 2_000
HUBS = ("CN", "KZ", "RU", "FR", "US", "TR", "KR", "JP", "IN", "DE", "GB", "SA", "BR", "ZA")
ARTICLE_LANGUAGES = ("en", "fr", "ru", "zh-Hans", "ar", "es", "pt", "kk")


@dataclass(frozen=True)
class World:
    """The keys that opportunities refer to. An organisation's calls are numbered together, from
    `calls_per_organisation` times its place; news follow."""

    countries: tuple[str, ...]  # by falling weight in what takes place where
    sectors: tuple[int, ...]
    groupings: tuple[int, ...]
    partnerships: tuple[int, ...]
    organisations: tuple[int, ...]
    calls_per_organisation: int
    news: tuple[int, ...]
    lists: tuple[tuple[str, ...], ...]  # of countries, as rules on nationality name them


def world_of(rows: int, rng: Random) -> World:
    """Articles grow with the rows, since a real call announces a few opportunities, not thousands."""
    calls, news = max(4, rows // 5_000), max(1_000, rows // 8)
    first_news = calls * ORGANISATIONS + 1
    return World(
        countries=weighted_countries(rng),
        sectors=tuple(Sector.objects.order_by("pk").values_list("pk", flat=True)),
        groupings=tuple(Grouping.objects.order_by("pk").values_list("pk", flat=True)),
        partnerships=tuple(range(1, PARTNERSHIPS + 1)),
        organisations=tuple(range(1, ORGANISATIONS + 1)),
        calls_per_organisation=calls,
        news=tuple(range(first_news, first_news + news)),
        lists=country_lists(rng),
    )


def write_world(world: World, rng: Random) -> None:
    write_outlets(world)
    write_organisations(world, rng)
    write_articles(world, rng)
    write_partnerships(world, rng)


def weighted_countries(rng: Random) -> tuple[str, ...]:
    others = sorted(set(Country.objects.values_list("pk", flat=True)) - set(HUBS))
    return (*HUBS, *rng.sample(others, len(others)))


def zipf(rng: Random, choices: tuple):
    """One of them, the first far more often than the last."""
    return choices[int(len(choices) ** rng.random()) - 1]


def write_outlets(world: World) -> None:
    grades = Outlet.Grade.values
    Outlet.objects.bulk_create(
        Outlet(
            pk=number,
            name=f"Outlet {number}",
            grade=grades[number % len(grades)],
            website=f"https://outlet{number}.example/",
            country_id=world.countries[number],
        )
        for number in range(1, OUTLETS + 1)
    )


def write_organisations(world: World, rng: Random) -> None:
    numbers = world.organisations
    Organisation.objects.bulk_create(
        Organisation(pk=n, name=f"Organisation {n}", country_id=zipf(rng, world.countries))
        for n in numbers
    )
    OrganisationDomain.objects.bulk_create(
        OrganisationDomain(organisation_id=n, domain=domain)
        for n in numbers
        for domain in (f"organisation{n}.example", f"university{n}.test")[: 1 + n % 2]
    )


# --- Articles


def write_articles(world: World, rng: Random) -> None:
    calls = range(1, world.news[0])
    Article.objects.bulk_create(
        (call_article(pk, 1 + (pk - 1) // world.calls_per_organisation, rng) for pk in calls),
        batch_size=5_000,
    )
    Article.objects.bulk_create((news_article(pk, rng) for pk in world.news), batch_size=5_000)


def call_article(pk: int, organisation: int, rng: Random) -> Article:
    host = f"calls.organisation{organisation}.example"
    return article(pk, Article.Nature.CALL, host, rng.randrange(0, 500), rng)


def news_article(pk: int, rng: Random) -> Article:
    """Published up to 400 days ago, so that some of what rests on it alone has lapsed."""
    host = f"outlet{pk % OUTLETS + 1}.example"
    return article(pk, Article.Nature.NEWS, host, rng.randrange(0, 401), rng)


def article(pk: int, nature: str, host: str, days_ago: int, rng: Random) -> Article:
    published_on = TODAY - timedelta(days=days_ago)
    return Article(
        pk=pk,
        slug=f"article-{pk}",
        nature=nature,
        title=f"Article {pk}",
        outlet_id=pk % OUTLETS + 1,
        address=f"https://{host}/{pk}",
        host=host,
        language=rng.choice(ARTICLE_LANGUAGES),
        published_on=published_on,
        received_on=published_on,
        created_at=NOW,
    )


def quote_of(article: int) -> str:
    """The one sentence we quote of an article: pages may show 900 characters of it in all."""
    return f"The programme of article {article} is announced."


# --- Partnerships


def write_partnerships(world: World, rng: Random) -> None:
    numbers = world.partnerships
    standings = Partnership.Standing.values
    Partnership.objects.bulk_create(
        Partnership(
            pk=n,
            slug=f"partnership-{n}",
            status="draft" if n % 20 == 0 else "published",
            published_at=None if n % 20 == 0 else NOW - timedelta(days=n),
            standing=standings[n % len(standings)],
            since=str(2000 + n % 26),
            created_at=NOW,
            updated_at=NOW,
        )
        for n in numbers
    )
    PartnershipParty.objects.bulk_create(party for n in numbers for party in parties(n, world, rng))
    Partnership.frameworks.through.objects.bulk_create(
        Partnership.frameworks.through(partnership_id=n, grouping_id=rng.choice(world.groupings))
        for n in numbers
        if rng.random() < 0.15
    )
    Partnership.sectors.through.objects.bulk_create(
        Partnership.sectors.through(partnership_id=n, sector_id=sector)
        for n in numbers
        for sector in rng.sample(world.sectors, 2)
    )
    PartnershipCitation.objects.bulk_create(
        PartnershipCitation(
            partnership_id=n,
            article_id=world.news[n],
            fact="parties",
            quote=quote_of(world.news[n]),
            speaker_role="outlet",
        )
        for n in numbers
    )


def parties(partnership: int, world: World, rng: Random) -> list[PartnershipParty]:
    """A hub and another; in one of five the other is a grouping."""
    hub = rng.choice(HUBS)
    first = PartnershipParty(partnership_id=partnership, country_id=hub)
    if partnership % 5 == 0:
        other = PartnershipParty(
            partnership_id=partnership, grouping_id=rng.choice(world.groupings)
        )
    else:
        partners = [code for code in world.countries if code != hub]
        other = PartnershipParty(partnership_id=partnership, country_id=rng.choice(partners))
    return [first, other]


# --- Lists of countries


def country_lists(rng: Random) -> tuple[tuple[str, ...], ...]:
    """About 33 countries in the mean: one alone, a region, the members of a grouping, or some
    countries that one programme chose."""
    codes = sorted(Country.objects.values_list("pk", flat=True))
    regions, members = by_region(), by_grouping(TODAY)
    lists = []
    for _ in range(LISTS):
        shape = rng.random()
        if shape < 0.2:
            lists.append((rng.choice(codes),))
        elif shape < 0.4:
            lists.append(nearly(rng.choice(regions), rng))
        elif shape < 0.65:
            lists.append(nearly(rng.choice(members), rng))
        else:
            lists.append(tuple(sorted(rng.sample(codes, rng.randrange(5, 76)))))
    return tuple(lists)


def nearly(codes: list[str], rng: Random) -> tuple[str, ...]:
    """Most of them, as programmes leave some out."""
    return tuple(code for code in codes if rng.random() < 0.9) or tuple(codes)


def by_region() -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for code, region, parent in Country.objects.exclude(region=None).values_list(
        "pk", "region", "region__parent"
    ):
        for name in filter(None, (region, parent)):
            found.setdefault(name, []).append(code)
    return [sorted(found[name]) for name in sorted(found)]


def by_grouping(day: date) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for slug, code in Membership.objects.on(day).members().values_list("grouping__slug", "country"):
        found.setdefault(slug, []).append(code)
    return [sorted(set(found[slug])) for slug in sorted(found)]
