"""Write the demo's tables, and move what nobody touched to another day.

What is there already is never written over: somebody may have edited it. It counts as touched when
it was saved after it was made, when a person stands in its record of changes, or, for an article,
when it is not what the table said on the day it was loaded.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import models, transaction
from django.db.models import F

from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    OpportunityFormerSlug,
    Words,
)
from opportunities.search.rebuild import rebuild_search_index
from partnerships.models import (
    REFERENCE,
    Article,
    ArticleFormerSlug,
    Grouping,
    Organisation,
    OrganisationDomain,
    Outlet,
    Partnership,
    PartnershipCitation,
    PartnershipFormerSlug,
    PartnershipParty,
    Reference,
    Sector,
    Version,
)

from . import build
from .tables import Line, founding_article, tables

Numbers = dict[str, int]


@transaction.atomic
def load_demo(today: date) -> Counter:
    """Returns how many rows were added and moved. Reference data must be there."""
    lines = tables()
    counts = Counter(
        {"articles moved": move_articles(today), "opportunities moved": move_opportunities(today)}
    )
    articles = missing(lines["article"], Article, ArticleFormerSlug)
    partnerships = missing(lines["partnership"], Partnership, PartnershipFormerSlug)
    opportunities = missing(lines["opportunity"], Opportunity, OpportunityFormerSlug)
    add_articles(articles, today)
    add_partnerships(partnerships, today)
    add_opportunities(opportunities, today)
    Version.objects.bump(REFERENCE)
    rebuild_search_index(anew=True)  # an earlier demo may have an index of another kind
    counts["articles added"] = len(articles)
    counts["partnerships added"] = len(partnerships)
    counts["opportunities added"] = len(opportunities)
    return counts


def missing(lines: list[Line], model, former) -> list[Line]:
    """Lines that have no row, neither at their slug nor at one it was moved from."""
    taken = set(model.objects.values_list("slug", flat=True))
    taken |= set(former.objects.values_list("slug", flat=True))
    return [line for line in lines if line["slug"] not in taken]


# --- Adding


def add_articles(lines: list[Line], today: date) -> None:
    outlets = add_outlets({line["outlet"] for line in lines if "outlet" in line})
    made = Article.objects.bulk_create([build.article(line, today, outlets) for line in lines])
    Reference.objects.bulk_create(
        Reference(article=row, **part)
        for row, line in zip(made, lines, strict=True)
        for part in line.get("references", ())
    )


def add_outlets(wanted: set[str]) -> Numbers:
    have = numbers(Outlet, "name")
    Outlet.objects.bulk_create(
        Outlet(**renamed(line, "country"))
        for line in tables()["outlet"]
        if line["name"] in wanted - have.keys()
    )
    return numbers(Outlet, "name")


def add_organisations(wanted: set[str]) -> Numbers:
    have = numbers(Organisation, "name")
    lines = [line for line in tables()["organisation"] if line["name"] in wanted - have.keys()]
    made = Organisation.objects.bulk_create(
        Organisation(**renamed(build.plain(line, "domains"), "country")) for line in lines
    )
    OrganisationDomain.objects.bulk_create(
        OrganisationDomain(organisation=row, domain=domain)
        for row, line in zip(made, lines, strict=True)
        for domain in line["domains"]
    )
    return numbers(Organisation, "name")


def add_partnerships(lines: list[Line], today: date) -> None:
    groupings, articles = numbers(Grouping), numbers(Article)
    made = Partnership.objects.bulk_create([build.partnership(line, today) for line in lines])
    pairs = list(zip(made, lines, strict=True))
    link(Partnership.sectors, pairs, numbers(Sector))
    link(Partnership.frameworks, pairs, groupings)
    PartnershipParty.objects.bulk_create(
        PartnershipParty(partnership=row, **party(code, groupings))
        for row, line in pairs
        for code in line["parties"]
    )
    PartnershipCitation.objects.bulk_create(
        citation
        for row, line in pairs
        for part in line["citations"]
        for citation in build.partnership_citations(part, row, articles)
    )


def party(code: str, groupings: Numbers) -> dict:
    """Two capitals name a country, small letters a grouping."""
    return {"country_id": code} if code.isupper() else {"grouping_id": groupings[code]}


def add_opportunities(lines: list[Line], today: date) -> None:
    bodies = {line[role] for line in lines for role in ("provider", "host") if role in line}
    organisations, articles = add_organisations(bodies), numbers(Article)
    made = Opportunity.objects.bulk_create(
        [build.opportunity(line, today, organisations) for line in lines]
    )
    pairs = list(zip(made, lines, strict=True))
    link(Opportunity.partnerships, pairs, numbers(Partnership))
    link(Opportunity.groupings, pairs, numbers(Grouping))
    link(Opportunity.sectors, pairs, numbers(Sector))
    link(Opportunity.places, pairs)
    Words.objects.bulk_create(words for row, line in pairs for words in build.words(line, row))
    deadlines = add_deadlines(pairs, today)
    rules = add_rules(pairs, today)
    OpportunityCitation.objects.bulk_create(
        citation
        for row, line in pairs
        for part in line["citations"]
        for citation in build.opportunity_citations(
            part, row, articles, deadlines[row.pk], rules[row.pk]
        )
    )


def add_deadlines(pairs: list[tuple[Opportunity, Line]], today: date) -> dict[int, list[Deadline]]:
    parts = [(row, part) for row, line in pairs for part in line.get("deadlines", ())]
    made = Deadline.objects.bulk_create(build.deadline(part, row, today) for row, part in parts)
    link(Deadline.countries, list(zip(made, (part for _, part in parts), strict=True)))
    return by_owner(made, pairs)


def add_rules(pairs: list[tuple[Opportunity, Line]], today: date) -> dict[int, list]:
    parts = [(row, part) for row, line in pairs for part in line.get("rules", ())]
    made = EligibilityRule.objects.bulk_create(build.rule(part, row, today) for row, part in parts)
    made_with_parts = list(zip(made, (part for _, part in parts), strict=True))
    link(EligibilityRule.countries, made_with_parts)
    link(EligibilityRule.groupings, made_with_parts, numbers(Grouping))
    return by_owner(made, pairs)


def by_owner(made: Iterable, pairs: list[tuple[Opportunity, Line]]) -> dict[int, list]:
    gathered = {row.pk: [] for row, _ in pairs}
    for part in made:
        gathered[part.opportunity_id].append(part)
    return gathered


def link(relation, pairs: list[tuple[models.Model, Line]], known: Numbers | None = None) -> None:
    """Fill one many-to-many relation in one query; without `known` the table holds the keys."""
    field, through = relation.field, relation.through
    owner, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    through.objects.bulk_create(
        through(**{f"{owner}_id": row.pk, f"{target}_id": known[word] if known else word})
        for row, line in pairs
        for word in line.get(field.name, ())
    )


def numbers(model, column: str = "slug") -> Numbers:
    return dict(model.objects.values_list(column, "pk"))


def renamed(line: Line, key: str) -> Line:
    """`country` holds a key: the column is `country_id`."""
    return {f"{k}_id" if k == key else k: v for k, v in line.items()}


# --- Moving to another day


def move_articles(today: date) -> int:
    """The founding article was received today, whatever else anyone wrote on it."""
    lines = {line["slug"]: line for line in tables()["article"]}
    Article.objects.filter(slug=founding_article()).update(received_on=today)
    outlets = numbers(Outlet, "name")
    moved = [
        row
        for row in Article.objects.filter(slug__in=lines, is_example=True)
        if is_as_loaded(row, lines[row.slug], outlets) and row.created_at != build.start_of(today)
    ]
    for row in moved:
        for column, value in build.article_days(lines[row.slug], today).items():
            setattr(row, column, value)
    Article.objects.bulk_update(moved, ["published_on", "received_on", "created_at"])
    return len(moved)


def is_as_loaded(row: Article, line: Line, outlets: Numbers) -> bool:
    if "outlet" in line and line["outlet"] not in outlets:
        return False
    loaded = build.article(line, row.created_at.date(), outlets)
    return all(
        getattr(row, column.attname) == getattr(loaded, column.attname)
        for column in Article._meta.concrete_fields
        if not column.primary_key
    )


def move_opportunities(today: date) -> int:
    lines = {line["slug"]: line for line in tables()["opportunity"]}
    moved = [
        row
        for row in untouched().filter(slug__in=lines)
        if row.verified_on != build.day(lines[row.slug].get("verified_on", 0), today)
    ]
    for row in moved:
        build.place_in_time(row, lines[row.slug], today)
    Opportunity.objects.bulk_update(
        moved,
        [
            "opens_on",
            "starts_on",
            "ends_on",
            "verified_on",
            "opens_at",
            "ends_at",
            "published_at",
            "created_at",
            "updated_at",
        ],
    )
    move_parts(moved, lines, today)
    return len(moved)


def untouched() -> models.QuerySet:
    """Ours, still public, never saved since, and without a person in the record of changes."""
    by_people = Opportunity.objects.filter(changes__by__isnull=False).values("pk")
    return (
        Opportunity.objects.visible()
        .filter(created_by=None, updated_at=F("created_at"))
        .exclude(pk__in=by_people)
    )


def move_parts(moved: list[Opportunity], lines: dict[str, Line], today: date) -> None:
    """Deadlines, and ages counted on a date: in the order of their keys, as they were added."""
    deadlines, rules = [], []
    for row in Opportunity.objects.filter(pk__in=[row.pk for row in moved]).prefetch_related(
        "deadlines", "rules"
    ):
        line = lines[row.slug]
        held = sorted(row.deadlines.all(), key=lambda deadline: deadline.pk)
        for deadline, part in zip(held, line.get("deadlines", ()), strict=False):
            deadline.on = build.day(part["on"], today)
            deadline.derive_instants()
            deadlines.append(deadline)
        for rule, part in zip(row.rules.all(), line.get("rules", ()), strict=False):
            if "age_on" in part:
                rule.age_on = build.day(part["age_on"], today)
                rules.append(rule)
    Deadline.objects.bulk_update(deadlines, ["on", "closes_at"])
    EligibilityRule.objects.bulk_update(rules, ["age_on"])
