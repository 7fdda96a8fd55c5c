"""An opportunity's own facts → the terms under which the index holds it.

Only what is its own: a partnership's parties, dated membership and sector parents are expanded when
asked. The families, and their one-letter cousins of words:

    public · call · cancelled · voiced · undated · restricted
    kind:… audience:… level:… language:… format:… funding:… application:…
    place:KZ sector:… grouping:… partnership:<key>
    closes:<day> opens:<day> ends:<day> evidence:<day> verified:<day> published:<day>
    closes@<minute> opens@<minute> ends@<minute>
    rule:<n>:only rule:<n>:except rulein:<n>:KZ ruleof:<n>:<grouping>
    home:… homein:… homeof:… either:… eitherin:… eitherof:…
    held:<level> bornby:<day> bornfrom:<day> agemin:<years> agemax:<years>
    due:<n>:<day> duefor:<n>:KZ duefor:<n>:* (the n-th deadline, where it matters whose it is)
    t:<stem> (in a title)  s:<stem> (else in a summary)  x:<stem> (else in a text)
    n:<bucket> (two stems next to each other)

Days count from 1970-01-01 UTC, minutes from its midnight; an instant within a minute counts as its
end, since it has passed when now ≥ it.

Of the rules there are those that an address can be known not to meet. One on nationality (`rule`),
residence (`home`) or either has a number per opportunity, so that rules are ANDed and the countries
in one ORed. Whoever holds a level below `held` does not meet it. Where age is counted on one day it
is the first and last day one can be born on; where it is counted on each deadline, the narrowest
years are held, and where some are for some nationals only, on which day closes whose.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter

from opportunities.choices import AgeReference, Attribute
from opportunities.eligibility import AgeRule, CountryRule, HeldRule
from opportunities.eligibility.applicants import years_before

from .text import stems_of

RULE = {Attribute.NATIONALITY: "rule", Attribute.RESIDENCE: "home", Attribute.EITHER: "either"}
"""The families of rules on people's countries."""

EVERYBODY = "*"
EPOCH = date(1970, 1, 1)
NEVER_RESIDENT = ("t:", "s:", "x:", "n:", "closes@", "opens@", "ends@")
LINK = re.compile(r"\]\([^)\s]*\)|\bhttps?://\S+")


@dataclass
class Facts:
    """What the index needs of one public opportunity, as columns and link tables hold it."""

    row: dict
    words: list[tuple[str, str, str]] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    deadlines: list[tuple[datetime, frozenset[str]]] = field(default_factory=list)
    is_voiced: bool = False
    is_cancelled: bool = False
    is_called: bool = False
    evidence_on: date | None = None
    rules: list[CountryRule | AgeRule | HeldRule] = field(default_factory=list)


def is_resident(term: str) -> bool:
    """Whether workers keep it in memory; the others are fetched when asked for."""
    return not term.startswith(NEVER_RESIDENT)


def words_among(terms: Iterable[str]) -> frozenset[str]:
    """The terms that no worker keeps: words, pairs of them, and minutes."""
    return frozenset(term for term in terms if term.startswith(NEVER_RESIDENT))


@dataclass(frozen=True)
class Described:
    """What the index holds of one opportunity: nothing, where it is not public."""

    terms: Set[str] = frozenset()
    pairs: bytes = b""


def describe(facts: Facts) -> Described:
    words = WordsOf(facts.words)
    own = (plain_terms(facts), time_terms(facts), rule_terms(facts), facts.links)
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
    yield from instant_terms("closes", [closes_at for closes_at, _whose in facts.deadlines])
    yield from instant_terms("opens", filter(None, [row["opens_at"]]))
    yield from instant_terms("ends", filter(None, [row["ends_at"]]))
    if not facts.deadlines:
        yield "undated"
    if any(whose for _closes_at, whose in facts.deadlines):
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


def rule_terms(facts: Facts) -> Iterator[str]:
    for attribute, family in RULE.items():
        about = (rule for rule in facts.rules if rule.subject == attribute)
        for number, rule in enumerate(about):
            yield f"{family}:{number}:{rule.mode}"
            yield from (f"{family}in:{number}:{code}" for code in rule.countries)
            yield from (f"{family}of:{number}:{slug}" for slug in rule.groupings)
    ages = [rule for rule in facts.rules if isinstance(rule, AgeRule)]
    for rule in ages:
        yield from birth_terms(rule, facts.row["starts_on"])
    if on_deadlines := [rule for rule in ages if rule.reference == AgeReference.DEADLINE]:
        yield from age_terms(on_deadlines, facts.deadlines)
    held = [
        min(map(int, rule.levels), default=0) for rule in facts.rules if isinstance(rule, HeldRule)
    ]
    if held:
        yield f"held:{max(held)}"


def age_terms(
    rules: list[AgeRule], deadlines: list[tuple[datetime, frozenset[str]]]
) -> Iterator[str]:
    if lowest := [rule.lowest for rule in rules if rule.lowest is not None]:
        yield f"agemin:{max(lowest)}"
    if highest := [rule.highest for rule in rules if rule.highest is not None]:
        yield f"agemax:{min(highest)}"
    if any(whose for _closes_at, whose in deadlines):
        for number, (closes_at, whose) in enumerate(sorted(deadlines, key=itemgetter(0))):
            yield f"due:{number}:{minute_of(closes_at) // 1440}"
            yield from (f"duefor:{number}:{code}" for code in whose or [EVERYBODY])


def birth_terms(rule: AgeRule, starts_on: date | None) -> Iterator[str]:
    on = {AgeReference.START: starts_on, AgeReference.DATE: rule.on}.get(rule.reference)
    if on and rule.lowest is not None:
        yield f"bornby:{day_of(born_by(on, rule.lowest))}"
    if on and rule.highest is not None:
        yield f"bornfrom:{day_of(born_by(on, rule.highest + 1)) + 1}"


def born_by(on: date, years: int) -> date:
    """The last day of birth of who is so many years old on a day."""
    return years_before(on, years) if years < on.year else date.min


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
