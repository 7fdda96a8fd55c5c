"""What opportunities state, read for the index: many at once, in a fixed number of questions.

What is public is asked of `visible()` like everywhere; the rest is plain SQL (`sql.py` says why).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from opportunities.choices import Fact, RuleKind
from opportunities.eligibility import AgeRule, CountryRule, HeldRule
from opportunities.models import Opportunity
from partnerships.models import Article, Citation
from partnerships.validators import host_is_within

from .sql import asked, places
from .terms import Described, Facts, describe

COLUMNS = (
    "kind", "audiences", "levels", "languages", "format", "funding", "application", "opens_at",
    "starts_on", "ends_at", "verified_on", "published_at", "provider", "host",
)  # fmt: skip

WORDS = "SELECT opportunity_id, title, summary, text FROM opportunities_words WHERE opportunity_id IN ({ids})"
LINKS = (
    "SELECT 'place', opportunity_id, country_id FROM opportunities_opportunity_places "
    "WHERE opportunity_id IN ({ids}) "
    "UNION ALL SELECT 'sector', opportunity_id, slug FROM opportunities_opportunity_sectors "
    "JOIN partnerships_sector s ON s.id = sector_id WHERE opportunity_id IN ({ids}) "
    "UNION ALL SELECT 'grouping', opportunity_id, slug FROM opportunities_opportunity_groupings "
    "JOIN partnerships_grouping g ON g.id = grouping_id WHERE opportunity_id IN ({ids}) "
    "UNION ALL SELECT 'partnership', opportunity_id, CAST(partnership_id AS varchar(20)) "
    "FROM opportunities_opportunity_partnerships WHERE opportunity_id IN ({ids})"
)
DEADLINES = (
    "SELECT opportunity_id, d.id, closes_at, country_id FROM opportunities_deadline d "
    "LEFT JOIN opportunities_deadline_countries ON deadline_id = d.id "
    "WHERE opportunity_id IN ({ids}) ORDER BY d.id"
)
RULES = (
    "SELECT opportunity_id, id, kind, attribute, mode, age_min, age_max, age_reference, age_on, levels "
    "FROM opportunities_eligibilityrule WHERE kind IN ('countries', 'age', 'level-held') "
    "AND opportunity_id IN ({ids}) ORDER BY id"
)
NAMED = (
    "SELECT eligibilityrule_id, 'in', country_id FROM opportunities_eligibilityrule_countries "
    "WHERE eligibilityrule_id IN ({ids}) "
    "UNION ALL SELECT eligibilityrule_id, 'of', slug FROM opportunities_eligibilityrule_groupings "
    "JOIN partnerships_grouping g ON g.id = grouping_id WHERE eligibilityrule_id IN ({ids})"
)
CITATIONS = (
    "SELECT opportunity_id, fact, set_aside_because, speaker_role, nature, host, published_on, "
    "received_on FROM opportunities_opportunitycitation c "
    "JOIN partnerships_article a ON a.id = article_id WHERE opportunity_id IN ({ids})"
)
DOMAINS = (
    "SELECT organisation_id, domain FROM partnerships_organisationdomain "
    "WHERE organisation_id IN ({ids})"
)


def described(ids: Iterable[int]) -> dict[int, Described]:
    """By id; nothing of what the public may not see."""
    ids = list(ids)
    found = read_facts(ids)
    return {pk: describe(found[pk]) if pk in found else Described() for pk in ids}


def read_facts(ids: list[int]) -> dict[int, Facts]:
    rows = Opportunity.objects.visible().filter(pk__in=ids).order_by()
    found = {row["pk"]: Facts(row) for row in rows.values("pk", *COLUMNS)}
    for pk, *version in of(WORDS, found):
        found[pk].words.append(tuple(version))
    for family, pk, value in of(LINKS, found):
        found[pk].links.add(f"{family}:{value}")
    read_deadlines(found)
    read_rules(found)
    read_citations(found)
    return found


def of(statement: str, ids: Collection[int]) -> list[tuple]:
    """The statement's rows, each `{ids}` in it being these."""
    if not ids:
        return []
    values = list(ids) * statement.count("{ids}")
    return asked(statement.replace("{ids}", places(ids)), values)


def aware(instant: datetime) -> datetime:
    """SQLite keeps UTC without saying so."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def read_deadlines(found: dict[int, Facts]) -> None:
    whose: dict[tuple[int, int, datetime], set[str]] = defaultdict(set)
    for *deadline, country in of(DEADLINES, found):
        whose[tuple(deadline)] |= {country} - {None}
    for (pk, _deadline, closes_at), countries in whose.items():
        found[pk].deadlines.append((aware(closes_at), frozenset(countries)))


def read_rules(found: dict[int, Facts]) -> None:
    rules = of(RULES, found)
    named: dict[tuple[int, str], list[str]] = defaultdict(list)
    on_countries = [rule for _pk, rule, kind, *_ in rules if kind == RuleKind.COUNTRIES]
    for rule, what, value in of(NAMED, on_countries):
        named[rule, what].append(value)
    for pk, rule, kind, attribute, mode, lowest, highest, reference, on, levels in rules:
        if kind == RuleKind.COUNTRIES:
            some = frozenset(named[rule, "in"]), frozenset(named[rule, "of"])
            found[pk].rules.append(CountryRule(attribute, mode, *some))
        elif kind == RuleKind.AGE:
            found[pk].rules.append(AgeRule(lowest, highest, reference, on))
        else:
            found[pk].rules.append(HeldRule(frozenset(filter(None, levels.split(",")))))


def read_citations(found: dict[int, Facts]) -> None:
    """The third twin of `Opportunity.stage_facts`, beside `with_stage_facts`: of many at once,
    without a subquery each."""
    domains = domains_of(found.values())
    for pk, fact, aside, role, nature, host, published_on, received_on in of(CITATIONS, found):
        facts = found[pk]
        said_on = published_on or received_on
        facts.evidence_on = max(said_on, facts.evidence_on or said_on)
        if aside:
            continue
        facts.is_voiced |= role != Citation.Speaker.OUTLET
        facts.is_cancelled |= fact == Fact.CANCELLATION
        if fact == Fact.OFFICIAL_CALL and nature == Article.Nature.CALL:
            owned = (*domains[facts.row["provider"]], *domains[facts.row["host"]])
            facts.is_called |= any(host_is_within(host, one) for one in owned)


def domains_of(many: Iterable[Facts]) -> dict[int | None, list[str]]:
    owners = {facts.row[role] for facts in many for role in ("provider", "host")} - {None}
    found: dict[int | None, list[str]] = defaultdict(list)
    for owner, domain in of(DOMAINS, owners):
        found[owner].append(domain)
    return found
