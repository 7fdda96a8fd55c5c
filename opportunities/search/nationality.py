"""Whom the rules on nationality are known to leave out, for every country at once.

The twin of `eligibility.is_known_not_to_fit` over bitmaps. Of each rule the index holds whom it
names; what follows for a country is worked out of dated memberships when asked, and kept until a
rule, a membership or its day moves. Where a membership ends or begins in time for deadlines still
to come, the days of the deadlines decide; the few whose days lie too near to tell by whole days are
judged one by one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from pyroaring import BitMap

from opportunities.choices import Mode
from opportunities.eligibility import (
    Applicant,
    Verdict,
    is_known_not_to_fit,
    membership,
)
from opportunities.models import Posting
from opportunities.models.posting import CHUNK_BITS

from .index import bounds, chunks_of
from .memory import NAMED_BY_RULES, NOTHING, RULES, Shelf, read_rows
from .postings import joined
from .rows import criteria_of
from .tables import Tables
from .terms import day_of

NEAR = 2
"""Days that the date of a deadline in its zone and the UTC day it closes on can lie apart, and one
to spare."""

Slugs = frozenset[str]


@dataclass(frozen=True)
class Period:
    """Days [since, until) over which one country's standing in every grouping is the same.

    `maybe`: groupings it is or may be inside; `surely`: those it is known to be inside.
    """

    since: date
    until: date
    maybe: Slugs
    surely: Slugs


def periods(tables: Tables, country: str, today: date) -> list[Period]:
    """What counts for deadlines still to come: from two days ago on."""
    links = tables.links.get(country, {})
    first = today - timedelta(days=NEAR)
    starts = {first} | {
        day
        for some in links.values()
        for link in some
        for day in (link.since, link.until)
        if day and day > first
    }
    spans = zip(sorted(starts), [*sorted(starts)[1:], date.max], strict=True)
    return merged([period(links, since, until) for since, until in spans])


def period(links: Mapping[str, list], since: date, until: date) -> Period:
    verdicts = {slug: membership(some, since) for slug, some in links.items()}
    return Period(
        since,
        until,
        frozenset(slug for slug, said in verdicts.items() if said != Verdict.DOES_NOT_MEET),
        frozenset(slug for slug, said in verdicts.items() if said == Verdict.MEETS),
    )


def merged(spans: list[Period]) -> list[Period]:
    """Without borders at which nothing changes."""
    kept = spans[:1]
    for span in spans[1:]:
        last = kept[-1]
        if (last.maybe, last.surely) == (span.maybe, span.surely):
            kept[-1] = Period(last.since, span.until, last.maybe, last.surely)
        else:
            kept.append(span)
    return kept


# --- The rules


@dataclass
class Slot:
    """The n-th rule of every opportunity, of one chunk or of all."""

    only: BitMap
    all_but: BitMap
    countries: dict[str, BitMap] = field(default_factory=dict)
    groupings: dict[str, BitMap] = field(default_factory=dict)

    def naming(self, slugs: Iterable[str]) -> BitMap:
        return joined(self.groupings[slug] for slug in slugs if slug in self.groupings)


def numbers_of(shelf: Shelf) -> set[str]:
    return {mode.partition(":")[0] for mode in shelf.values("rule")}


def slots_of_chunk(shelf: Shelf, chunk: int) -> list[Slot]:
    first, last = bounds(chunk)
    whole = BitMap(range(first, last + 1))
    slots = {number: slot_of(shelf, number, whole) for number in numbers_of(shelf)}
    return filled(slots, rule_rows().filter(NAMED_BY_RULES, chunk=chunk))


def slots_naming(shelf: Shelf, countries: Iterable[str]) -> list[Slot]:
    """Of all chunks, but only whether they name these countries; and all groupings."""
    slots = {number: slot_of(shelf, number) for number in numbers_of(shelf)}
    values = [("rulein", code) for code in countries]
    values += [("ruleof", slug) for slug in shelf.tables.groupings]
    terms = [f"{what}:{number}:{value}".encode() for number in slots for what, value in values]
    return filled(slots, rule_rows().filter(term__in=terms))


def slot_of(shelf: Shelf, number: str, whole: BitMap | None = None) -> Slot:
    only, all_but = (shelf.of("rule", f"{number}:{mode}") for mode in (Mode.ONLY, Mode.EXCEPT))
    return Slot(only, all_but) if whole is None else Slot(only & whole, all_but & whole)


def filled(slots: dict[str, Slot], rows) -> list[Slot]:
    for term, _chunk, bits in read_rows(rows):
        what, number, value = term.split(":")
        if number in slots:
            named = slots[number].countries if what == "rulein" else slots[number].groupings
            named[value] = named[value] | bits if value in named else bits
    return list(slots.values())


def rule_rows():
    return Posting.objects.filter(is_resident=True)


def left_out(slots: list[Slot], country: str, standing: Period) -> BitMap:
    """Whom one country's people are known not to fit, with one standing throughout."""
    found = BitMap()
    for slot in slots:
        named = slot.countries.get(country, NOTHING)
        found |= slot.only - named - slot.naming(standing.maybe)
        found |= slot.all_but & (named | slot.naming(standing.surely))
    return found


# --- Kept between questions


@dataclass(frozen=True)
class Exclusions:
    """`steady[country]`: of so many chunks every key but those whom its people are known not to fit
    as it stands first in `standing`. What is left out are few, which would be lists of keys, and
    those are slow to compare; what is left in are bitmaps."""

    version: int = -1
    chunks: int = 0
    standing: Mapping[str, list[Period]] = field(default_factory=dict)
    steady: Mapping[str, BitMap] = field(default_factory=dict)

    def brought_up(self, shelf: Shelf, today: date) -> "Exclusions":
        """As of a shelf and a day, judging again only the chunks where a rule moved, or all where
        some country stands differently."""
        standing = {code: periods(shelf.tables, code, today) for code in shelf.tables.countries}
        chunks = max(self.chunks, chunks_of(shelf.of("public")))
        if shelf.version < self.version or decisive(standing) != decisive(self.standing):
            steady = judged_again(range(chunks), shelf, standing, {})
            return Exclusions(shelf.version, chunks, standing, steady)
        rows = rule_rows().filter(RULES, version__gt=self.version)
        moved = rows.filter(chunk__lt=self.chunks).values_list("chunk", flat=True)
        again = {*moved, *range(self.chunks, chunks)}
        steady = judged_again(sorted(again), shelf, standing, self.steady) if again else self.steady
        return Exclusions(shelf.version, chunks, standing, steady)


def judged_again(
    chunks: Iterable[int],
    shelf: Shelf,
    standing: Mapping[str, list[Period]],
    steady: Mapping[str, BitMap],
) -> dict[str, BitMap]:
    """Those of other chunks stay as they are."""
    found = {code: steady[code].copy() if code in steady else BitMap() for code in standing}
    for chunk in chunks:
        first, last = bounds(chunk)
        slots = slots_of_chunk(shelf, chunk)
        for code, spans in standing.items():
            found[code].add_range(first, last + 1)
            found[code] -= left_out(slots, code, spans[0])
    return found


def decisive(standing: Mapping[str, list[Period]]) -> dict:
    return {code: (spans[0].maybe, spans[0].surely) for code, spans in standing.items()}


# --- At one moment


def fitting(exclusions: Exclusions, shelf: Shelf, now: datetime) -> dict[str, BitMap]:
    """country → every key but those it is known not to fit, now."""
    unsteady = {code for code, spans in exclusions.standing.items() if len(spans) > 1}
    edge = exclusions.chunks << CHUNK_BITS
    return dict(exclusions.steady) | {
        code: left_out_by(frozenset({code}), exclusions, shelf, now).flip(0, edge)
        for code in unsteady
    }


def left_out_by(
    nationalities: frozenset[str], exclusions: Exclusions, shelf: Shelf, now: datetime
) -> BitMap:
    """For somebody with one or several: of each rule the best answer counts."""
    slots = slots_naming(shelf, nationalities)
    spans = {code: exclusions.standing[code] for code in nationalities}
    by_day = days_of(shelf, spans, now)
    found = BitMap()
    for slot in slots:
        fits = BitMap()
        for code, some in spans.items():
            named = slot.countries.get(code, NOTHING)
            for span, counted in zip(some, by_day[code], strict=True):
                inside = slot.only & (named | slot.naming(span.maybe))
                outside = slot.all_but - named - slot.naming(span.surely)
                fits |= (inside | outside) if counted is None else (inside | outside) & counted
        found |= (slot.only | slot.all_but) - fits
    doubtful = too_near(slots, shelf, spans, now)
    return (found - doubtful) | judged(doubtful, nationalities, shelf, now)


def days_of(
    shelf: Shelf, spans: Mapping[str, list[Period]], now: datetime
) -> dict[str, list[BitMap | None]]:
    """For each country and period, the opportunities of which some day that counts lies in it;
    None: all do. Right but for those that `too_near` names."""
    today = now.astimezone(UTC).date()
    closes = shelf.values("closes")
    ahead = joined(bits for day, bits in closes.items() if day > day_of(today))

    def counted(span: Period) -> BitMap:
        since, until = day_of(span.since), day_of(span.until)
        found = joined(
            bits for day, bits in closes.items() if day > day_of(today) and since <= day < until
        )
        return found | (shelf.of("public") - ahead) if span.since <= today < span.until else found

    return {
        code: [None] if len(some) == 1 else [counted(span) for span in some]
        for code, some in spans.items()
    }


def too_near(
    slots: list[Slot], shelf: Shelf, spans: Mapping[str, list[Period]], now: datetime
) -> BitMap:
    """Those that name a grouping whose standing changes, and whose deadlines whole UTC days cannot
    place: near a border or near now, or open to some nationals only."""
    borders = {span.since for some in spans.values() for span in some[1:]}
    if not borders:
        return BitMap()
    changing = frozenset(
        slug
        for some in spans.values()
        for one in some
        for slug in (one.maybe ^ some[0].maybe) | (one.surely ^ some[0].surely)
    )
    naming = joined(slot.naming(changing) for slot in slots)
    marks = {day_of(day) for day in (now.astimezone(UTC).date(), *borders)}
    near = joined(
        bits
        for day, bits in shelf.values("closes").items()
        if any(abs(day - mark) <= NEAR for mark in marks)
    )
    return naming & (near | shelf.of("restricted"))


def judged(ids: BitMap, nationalities: frozenset[str], shelf: Shelf, now: datetime) -> BitMap:
    links = {code: shelf.tables.links_of(code) for code in nationalities}
    applicant = Applicant(nationalities)
    return BitMap(
        pk
        for pk, criteria in criteria_of(list(ids)).items()
        if is_known_not_to_fit(applicant, criteria, links, now)
    )
