"""An opportunity's own facts → the terms under which the index holds it.

Only what is its own: a partnership's parties, dated membership and sector parents are expanded when
asked. The families, and their one-letter cousins of words:

    public · call · cancelled · voiced · undated · restricted
    kind:… audience:… level:… language:… format:… funding:… application:…
    place:KZ sector:… grouping:… partnership:<key>
    closes:<day> opens:<day> ends:<day> evidence:<day> verified:<day> published:<day>
    closes@<minute> opens@<minute> ends@<minute>
    rule:<n>:only rule:<n>:except rulein:<n>:KZ ruleof:<n>:<grouping>
    t:<stem> (title)  s:<stem> (title or summary)  w:<stem> (anywhere)  n:<bucket> (neighbours)

Days count from 1970-01-01 UTC, minutes from its midnight; an instant within a minute counts as its
end, since it has passed when now ≥ it. A rule has one number per opportunity, so that rules are
ANDed and the countries in one ORed; only rules on nationality are there, for no other can be known
not to fit someone of whom only the nationality is known.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import pairwise

from opportunities.choices import Attribute, RuleKind
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from partnerships.models import Citation

from .text import stems_of

EPOCH = date(1970, 1, 1)
NEIGHBOUR_BUCKETS = 1 << 16
NEVER_RESIDENT = ("t:", "s:", "w:", "n:", "closes@", "opens@", "ends@")
LINK = re.compile(r"\]\([^)\s]*\)|\bhttps?://\S+")


@dataclass
class Facts:
    """What the index needs of one public opportunity, as columns and link tables hold it."""

    pk: int
    row: dict
    words: list[tuple[str, str, str]] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    deadlines: list[datetime] = field(default_factory=list)
    is_restricted: bool = False
    is_voiced: bool = False
    rules: list[tuple[str, list[str], list[str]]] = field(default_factory=list)


COLUMNS = (
    "kind", "audiences", "levels", "languages", "format", "funding", "application", "opens_at",
    "ends_at", "verified_on", "published_at", "evidence_on", "is_cancelled", "has_official_call",
)  # fmt: skip


def is_resident(term: str) -> bool:
    """Whether workers keep it in memory; the others are fetched when asked for."""
    return not term.startswith(NEVER_RESIDENT)


def terms_of_each(ids: Iterable[int]) -> dict[int, set[str]]:
    """id → its terms, in a fixed number of queries; none for what the public may not see."""
    ids = list(ids)
    found = read_facts(ids)
    return {pk: terms_of(found[pk]) if pk in found else set() for pk in ids}


def terms_of(facts: Facts) -> set[str]:
    return {
        *plain_terms(facts),
        *time_terms(facts),
        *rule_terms(facts.rules),
        *word_terms(facts.words),
        *facts.links,
    }


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
    if row["has_official_call"]:
        yield "call"
    if row["is_cancelled"]:
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
    if row["evidence_on"]:
        yield f"evidence:{day_of(row['evidence_on'])}"
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


def word_terms(versions: list[tuple[str, str, str]]) -> Iterator[str]:
    for title, summary, text in versions:
        titled, summed, said = stems_of(title), stems_of(summary), stems_of(searched(text))
        yield from (f"t:{stem}" for stem in titled)
        yield from (f"s:{stem}" for stem in (*titled, *summed))
        yield from (f"w:{stem}" for stem in (*titled, *summed, *said))
        for stems in (titled, summed, said):
            yield from (neighbours(*pair) for pair in pairwise(stems))


def searched(text: str) -> str:
    """A Markdown text without the addresses of its links."""
    return LINK.sub(" ", text)


def neighbours(first: str, second: str) -> str:
    """The bucket of two stems next to each other: few enough rows to keep one for every pair."""
    bucket = zlib.crc32(f"{first} {second}".encode()) % NEIGHBOUR_BUCKETS
    return f"n:{bucket:04x}"


# --- Reading them


def read_facts(ids: list[int]) -> dict[int, Facts]:
    rows = Opportunity.objects.visible().filter(pk__in=ids).with_stage_facts()
    found = {row["pk"]: Facts(row["pk"], row) for row in rows.values("pk", *COLUMNS)}
    keys = list(found)
    read_words(found, keys)
    read_links(found, keys)
    read_deadlines(found, keys)
    read_rules(found, keys)
    read_voices(found, keys)
    return found


def read_words(found: dict[int, Facts], keys: list[int]) -> None:
    words = Words.objects.filter(opportunity__in=keys)
    for pk, *version in words.values_list("opportunity", "title", "summary", "text"):
        found[pk].words.append(tuple(version))


def read_links(found: dict[int, Facts], keys: list[int]) -> None:
    for family, relation, column in (
        ("place", Opportunity.places, "country"),
        ("sector", Opportunity.sectors, "sector__slug"),
        ("grouping", Opportunity.groupings, "grouping__slug"),
        ("partnership", Opportunity.partnerships, "partnership"),
    ):
        linked = relation.through.objects.filter(opportunity__in=keys)
        for pk, value in linked.values_list("opportunity", column):
            found[pk].links.add(f"{family}:{value}")


def read_deadlines(found: dict[int, Facts], keys: list[int]) -> None:
    deadlines = Deadline.objects.filter(opportunity__in=keys)
    for pk, closes_at in deadlines.values_list("opportunity", "closes_at"):
        found[pk].deadlines.append(closes_at)
    limited = Deadline.countries.through.objects.filter(deadline__opportunity__in=keys)
    for pk in limited.values_list("deadline__opportunity", flat=True).distinct():
        found[pk].is_restricted = True


def read_rules(found: dict[int, Facts], keys: list[int]) -> None:
    rules = EligibilityRule.objects.filter(
        opportunity__in=keys, kind=RuleKind.COUNTRIES, attribute=Attribute.NATIONALITY
    )
    countries = linked_to(rules, EligibilityRule.countries, "country")
    groupings = linked_to(rules, EligibilityRule.groupings, "grouping__slug")
    for pk, rule, mode in rules.order_by("pk").values_list("opportunity", "pk", "mode"):
        found[pk].rules.append((mode, countries[rule], groupings[rule]))


def linked_to(rules, relation, column: str) -> dict[int, list[str]]:
    gathered = defaultdict(list)
    links = relation.through.objects.filter(eligibilityrule__in=rules)
    for rule, value in links.values_list("eligibilityrule", column):
        gathered[rule].append(value)
    return gathered


def read_voices(found: dict[int, Facts], keys: list[int]) -> None:
    cited = OpportunityCitation.objects.in_force().filter(opportunity__in=keys)
    named = cited.exclude(speaker_role=Citation.Speaker.OUTLET)
    for pk in named.values_list("opportunity", flat=True).distinct():
        found[pk].is_voiced = True
