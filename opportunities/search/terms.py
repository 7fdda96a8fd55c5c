"""An opportunity's own facts → the terms under which the index holds it.

Only what is its own: a partnership's parties, dated membership and sector parents are expanded when
asked. The families, and their one-letter cousins of words:

    public · call · cancelled · voiced · undated · restricted
    kind:… audience:… level:… language:… format:… funding:… application:…
    place:KZ sector:… grouping:… partnership:<key>
    closes:<day> opens:<day> ends:<day> evidence:<day> verified:<day> published:<day>
    closes@<minute> opens@<minute> ends@<minute>
    rule:<n>:only rule:<n>:except rulein:<n>:KZ ruleof:<n>:<grouping>
    t:<stem> (in a title)  s:<stem> (else in a summary)  x:<stem> (else in a text)
    n:<bucket> (two stems next to each other)

Days count from 1970-01-01 UTC, minutes from its midnight; an instant within a minute counts as its
end, since it has passed when now ≥ it. A rule has one number per opportunity, so that rules are
ANDed and the countries in one ORed; only rules on nationality are there, for no other can be known
not to fit someone of whom only the nationality is known.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache

from opportunities.choices import Attribute, Fact, RuleKind
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from partnerships.models import Article, Citation, OrganisationDomain
from partnerships.validators import host_is_within

from .sql import asked, places
from .text import stems_of

EPOCH = date(1970, 1, 1)
NEVER_RESIDENT = ("t:", "s:", "x:", "n:", "closes@", "opens@", "ends@")
LINK = re.compile(r"\]\([^)\s]*\)|\bhttps?://\S+")


@dataclass
class Facts:
    """What the index needs of one public opportunity, as columns and link tables hold it."""

    row: dict
    words: list[tuple[str, str, str]] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    deadlines: list[datetime] = field(default_factory=list)
    is_restricted: bool = False
    is_voiced: bool = False
    is_cancelled: bool = False
    is_called: bool = False
    evidence_on: date | None = None
    rules: list[tuple[str, list[str], list[str]]] = field(default_factory=list)


COLUMNS = (
    "kind", "audiences", "levels", "languages", "format", "funding", "application", "opens_at",
    "ends_at", "verified_on", "published_at", "provider", "host",
)  # fmt: skip


def is_resident(term: str) -> bool:
    """Whether workers keep it in memory; the others are fetched when asked for."""
    return not term.startswith(NEVER_RESIDENT)


@dataclass(frozen=True)
class Described:
    """What the index holds of one opportunity: nothing, where it is not public."""

    terms: Set[str] = frozenset()
    pairs: bytes = b""


def described(ids: Iterable[int]) -> dict[int, Described]:
    """By id, in a fixed number of queries."""
    ids = list(ids)
    found = read_facts(ids)
    return {pk: describe(found[pk]) if pk in found else Described() for pk in ids}


def describe(facts: Facts) -> Described:
    words = WordsOf(facts.words)
    own = (plain_terms(facts), time_terms(facts), rule_terms(facts.rules), facts.links)
    return Described(words.terms.union(*own), words.pairs)


def plain_terms(facts: Facts) -> Iterator[str]:
    row = facts.row
    yield "public"
    yield f"kind:{row['kind']}"
    yield f"funding:{row['funding']}"
    yield f"application:{row['application']}"
    if row["format"]:
        yield f"format:{row['format']}"
    for family in ("audience", "level", "language"):
        yield from (f"{family}:{value}" for value in row[f"{family}s"])
    if facts.is_called:
        yield "call"
    if facts.is_cancelled:
        yield "cancelled"
    if facts.is_voiced:
        yield "voiced"


def time_terms(facts: Facts) -> Iterator[str]:
    row = facts.row
    yield from instant_terms("closes", facts.deadlines)
    yield from instant_terms("opens", filter(None, [row["opens_at"]]))
    yield from instant_terms("ends", filter(None, [row["ends_at"]]))
    if not facts.deadlines:
        yield "undated"
    if facts.is_restricted:
        yield "restricted"
    if facts.evidence_on:
        yield f"evidence:{day_of(facts.evidence_on)}"
    yield f"verified:{day_of(row['verified_on'])}" if row["verified_on"] else "verified:never"
    yield f"published:{day_of(row['published_at'].astimezone(UTC).date())}"


def instant_terms(family: str, instants: Iterable[datetime]) -> Iterator[str]:
    for instant in instants:
        minute = minute_of(instant)
        yield f"{family}:{minute // 1440}"
        yield f"{family}@{minute:09d}"


def day_of(day: date) -> int:
    return (day - EPOCH).days


def minute_of(instant: datetime) -> int:
    """Minutes since 1970, rounded up."""
    return -(-int(instant.timestamp()) // 60)


def rule_terms(rules: list[tuple[str, list[str], list[str]]]) -> Iterator[str]:
    for number, (mode, countries, groupings) in enumerate(rules):
        yield f"rule:{number}:{mode}"
        yield from (f"rulein:{number}:{code}" for code in countries)
        yield from (f"ruleof:{number}:{slug}" for slug in groupings)


class WordsOf:
    """All versions of an opportunity's words; each stem counts where it stands most prominently."""

    def __init__(self, versions: list[tuple[str, str, str]]):
        titles, summaries, texts = set(), set(), set()
        marks: set[bytes] = set()
        for title, summary, text in versions:
            fields = stems_of(title), stems_of(summary), stems_of(searched(text))
            for stems, gathered in zip(fields, (titles, summaries, texts), strict=True):
                gathered.update(stems)
                marks.update(map(pair_mark, stems, stems[1:]))
        summaries -= titles
        texts -= titles | summaries
        self.terms = {
            *map("t:".__add__, titles),
            *map("s:".__add__, summaries),
            *map("x:".__add__, texts),
            *map(bucket_of, marks),
        }
        self.pairs = b"".join(sorted(marks))


def searched(text: str) -> str:
    """A Markdown text without the addresses of its links."""
    return LINK.sub(" ", text)


def pair_mark(first: str, second: str) -> bytes:
    """Of two stems next to each other, in this order."""
    return ((31 * mark(first) + mark(second)) & 0xFFFFFFFF).to_bytes(4, "big")


def bucket_of(pair: bytes) -> str:
    """Half of the mark is the row: a row for each pair would be more rows than all others."""
    return f"n:{pair[:2].hex()}"


@lru_cache(100_000)
def mark(stem: str) -> int:
    return zlib.crc32(stem.encode())


# --- Reading them


def read_facts(ids: list[int]) -> dict[int, Facts]:
    rows = Opportunity.objects.visible().filter(pk__in=ids).order_by()
    found = {row["pk"]: Facts(row) for row in rows.values("pk", *COLUMNS)}
    keys = list(found)
    read_words(found, keys)
    read_links(found, keys)
    read_deadlines(found, keys)
    read_rules(found, keys)
    read_citations(found, keys)
    return found


def read_words(found: dict[int, Facts], keys: list[int]) -> None:
    words = Words.objects.filter(opportunity__in=keys)
    for pk, *version in words.values_list("opportunity", "title", "summary", "text"):
        found[pk].words.append(tuple(version))


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


def read_links(found: dict[int, Facts], keys: list[int]) -> None:
    """All four link tables in one question."""
    if keys:
        for family, pk, value in asked(LINKS.format(ids=places(keys)), keys * 4):
            found[pk].links.add(f"{family}:{value}")


def read_deadlines(found: dict[int, Facts], keys: list[int]) -> None:
    deadlines = Deadline.objects.filter(opportunity__in=keys).order_by()
    for pk, closes_at in deadlines.values_list("opportunity", "closes_at"):
        found[pk].deadlines.append(closes_at)
    if not any(facts.deadlines for facts in found.values()):
        return
    limited = Deadline.countries.through.objects.filter(deadline__opportunity__in=keys)
    for pk in limited.values_list("deadline__opportunity", flat=True):
        found[pk].is_restricted = True


def read_rules(found: dict[int, Facts], keys: list[int]) -> None:
    rules = EligibilityRule.objects.filter(
        opportunity__in=keys, kind=RuleKind.COUNTRIES, attribute=Attribute.NATIONALITY
    )
    rows = list(rules.order_by("pk").values_list("opportunity", "pk", "mode"))
    if not rows:
        return
    numbers = [rule for _pk, rule, _mode in rows]
    countries = linked_to(numbers, EligibilityRule.countries, "country")
    groupings = linked_to(numbers, EligibilityRule.groupings, "grouping__slug")
    for pk, rule, mode in rows:
        found[pk].rules.append((mode, countries[rule], groupings[rule]))


def linked_to(rules: list[int], relation, column: str) -> dict[int, list[str]]:
    gathered = defaultdict(list)
    links = relation.through.objects.filter(eligibilityrule__in=rules)
    for rule, value in links.values_list("eligibilityrule", column):
        gathered[rule].append(value)
    return gathered


CITED = (
    "opportunity", "fact", "set_aside_because", "speaker_role", "article__nature", "article__host",
    "article__published_on", "article__received_on",
)  # fmt: skip


def read_citations(found: dict[int, Facts], keys: list[int]) -> None:
    """The third twin of `Opportunity.stage_facts`, beside `with_stage_facts`: of many at once,
    without a subquery each."""
    domains = domains_of(found.values())
    cited = OpportunityCitation.objects.filter(opportunity__in=keys).order_by()
    for pk, fact, aside, role, nature, host, published_on, received_on in cited.values_list(*CITED):
        facts = found[pk]
        said_on = published_on or received_on
        facts.evidence_on = max(said_on, facts.evidence_on or said_on)
        if aside:
            continue
        facts.is_voiced = facts.is_voiced or role != Citation.Speaker.OUTLET
        facts.is_cancelled = facts.is_cancelled or fact == Fact.CANCELLATION
        if fact == Fact.OFFICIAL_CALL and nature == Article.Nature.CALL:
            owned = (*domains[facts.row["provider"]], *domains[facts.row["host"]])
            facts.is_called = facts.is_called or any(host_is_within(host, one) for one in owned)


def domains_of(many: Iterable[Facts]) -> dict[int | None, list[str]]:
    owners = {facts.row[role] for facts in many for role in ("provider", "host")} - {None}
    rows = OrganisationDomain.objects.filter(organisation__in=owners).order_by()
    found = defaultdict(list)
    for owner, domain in rows.values_list("organisation", "domain"):
        found[owner].append(domain)
    return found
