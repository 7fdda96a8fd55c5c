"""One line of a table → rows, not saved. Pure but for the clock of `today`, which is given.

A day in a table is a number of days from `today`, or a date that stays; a name or slug of another line stays a name until
`load` knows its number. A key that no column has raises TypeError, so a slip in a table is found.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from opportunities.choices import Fact, Origin
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from partnerships.models import (
    Article,
    Citation,
    EditorialStatus,
    Partnership,
    PartnershipCitation,
)
from partnerships.validators import host_of

from .tables import Line, tables

LINKED = {"partnerships", "groupings", "sectors", "places", "frameworks"}
PARTS = {"parties", "deadlines", "rules", "citations", "words", "references"}
DAYS = {
    "opens_on", "starts_on", "ends_on", "verified_on", "published_on", "received_on",
    "published_at",
}  # fmt: skip


def article(line: Line, today: date, outlets: dict[str, int]) -> Article:
    return Article(
        **plain(line, "outlet"),
        **article_days(line, today),
        outlet_id=outlets[line["outlet"]] if "outlet" in line else None,
        host=host_of(line.get("address", "")),
    )


def article_days(line: Line, today: date) -> dict:
    """Its dates; `created_at` keeps the day they were counted from, so that an edit shows."""
    return {
        "published_on": day(line.get("published_on"), today),
        "received_on": day(line["received_on"], today),
        "created_at": start_of(today),
    }


def partnership(line: Line, today: date) -> Partnership:
    return Partnership(**plain(line), **published(line.get("published_at", start_of(today))))


def opportunity(line: Line, today: date, organisations: dict[str, int]) -> Opportunity:
    row = Opportunity(
        **plain(line, "provider", "host"),
        provider_id=organisations[line["provider"]] if "provider" in line else None,
        host_id=organisations[line["host"]] if "host" in line else None,
        status=EditorialStatus.PUBLISHED,
    )
    place_in_time(row, line, today)
    return row


def place_in_time(row: Opportunity, line: Line, today: date) -> None:
    """Its days and instants, counted from `today`; published when the last of its articles came,
    if the table does not say."""
    for column in ("opens_on", "starts_on", "ends_on"):
        setattr(row, column, day(line.get(column), today))
    row.verified_on = day(line.get("verified_on", 0), today)
    row.derive_instants()
    received = {article["slug"]: article["received_on"] for article in tables()["article"]}
    last = max(received[citation["article"]] for citation in line["citations"])
    at = line.get("published_at", start_of(today + timedelta(days=last)))
    row.created_at = row.updated_at = row.published_at = at


def words(line: Line, owner: Opportunity) -> Iterator[Words]:
    """The first language in the table is the original; a person translated the others, if not said
    otherwise."""
    for language, version in line["words"].items():
        original = next(iter(line["words"]))
        origin = Origin.ORIGINAL if language == original else Origin.HUMAN
        yield Words(**{"opportunity": owner, "language": language, "origin": origin} | version)


def deadline(part: Line, owner: Opportunity, today: date) -> Deadline:
    columns = {k: v for k, v in part.items() if k not in {"on", "countries"}}
    row = Deadline(**columns, opportunity=owner, on=day(part["on"], today))
    row.derive_instants()
    return row


def rule(part: Line, owner: Opportunity, today: date) -> EligibilityRule:
    columns = {k: v for k, v in part.items() if k not in {"age_on", "countries", "groupings"}}
    return EligibilityRule(**columns, opportunity=owner, age_on=day(part.get("age_on"), today))


def opportunity_citations(
    part: Line,
    owner: Opportunity,
    articles: dict[str, int],
    deadlines: list[Deadline],
    rules: list[EligibilityRule],
) -> Iterator[OpportunityCitation]:
    """`deadline = 0` and `rule = 0` name the first of the line's own."""
    for columns in quoted(part, articles):
        is_of = columns["fact"]
        yield OpportunityCitation(
            opportunity=owner,
            deadline=deadlines[part["deadline"]] if is_of == Fact.DEADLINE else None,
            rule=rules[part["rule"]] if is_of == Fact.ELIGIBILITY else None,
            **columns,
        )


def partnership_citations(
    part: Line, owner: Partnership, articles: dict[str, int]
) -> Iterator[PartnershipCitation]:
    for columns in quoted(part, articles):
        yield PartnershipCitation(partnership=owner, **columns)


def quoted(part: Line, articles: dict[str, int]) -> Iterator[dict]:
    """One for each fact the quote shows: `fact = "…"` or `fact = ["…", "…"]`.

    Who says it is `provider = "…"`, `official = "…"`, or neither for the press.
    """
    role = next((r for r in ("provider", "official") if r in part), Citation.Speaker.OUTLET)
    start = part.get("start")
    facts = [part["fact"]] if isinstance(part["fact"], str) else part["fact"]
    for fact in facts:
        yield {
            "article_id": articles[part["article"]],
            "fact": fact,
            "quote": part["quote"],
            "start": start,
            "end": None if start is None else start + len(part["quote"]),
            "value": part.get("value", ""),
            "speaker_role": role,
            "speaker_name": part.get(role, ""),
            "set_aside_because": part.get("set_aside_because", ""),
        }


def plain(line: Line, *but: str) -> dict:
    """What stands in a column as it stands in the table."""
    special = LINKED | PARTS | DAYS | set(but)
    return {key: value for key, value in line.items() if key not in special}


def published(at: datetime) -> dict:
    return {
        "status": EditorialStatus.PUBLISHED,
        "published_at": at,
        "created_at": at,
        "updated_at": at,
    }


def day(written: int | date | None, today: date) -> date | None:
    return today + timedelta(days=written) if isinstance(written, int) else written


def start_of(on: date) -> datetime:
    return datetime.combine(on, time(0), tzinfo=UTC)
