"""Whom rules on people's countries are known to leave out, worked out over bitmaps.

Where a membership ends or begins in time for deadlines still to come, the days of the deadlines
decide; of the few whose days lie too near to tell by whole days nothing is said here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from pyroaring import BitMap

from opportunities.choices import Mode
from opportunities.eligibility import Verdict, membership

from .memory import NOTHING, Shelf
from .postings import joined
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
    """The n-th rule on one attribute of every opportunity, of one chunk or of all."""

    only: BitMap
    all_but: BitMap
    countries: dict[str, BitMap] = field(default_factory=dict)
    groupings: dict[str, BitMap] = field(default_factory=dict)

    def naming(self, slugs: Slugs) -> BitMap:
        return joined(self.groupings[slug] for slug in slugs & self.groupings.keys())

    def within(self, ids: BitMap) -> "Slot":
        return Slot(self.only & ids, self.all_but & ids, self.countries, self.groupings)


def slots_on_shelf(shelf: Shelf, family: str) -> list[Slot]:
    """Of rules on residence or on either, which every worker holds whole."""
    slots: dict[str, Slot] = {}
    for number in numbers_of(shelf, family):
        only, all_but = (shelf.of(family, f"{number}:{mode}") for mode in (Mode.ONLY, Mode.EXCEPT))
        slots[number] = Slot(only, all_but)
    for what in ("in", "of"):
        for value, bits in shelf.values(f"{family}{what}").items():
            number, _, name = value.partition(":")
            if number in slots:
                slot = slots[number]
                (slot.countries if what == "in" else slot.groupings)[name] = bits
    return list(slots.values())


def numbers_of(shelf: Shelf, family: str) -> set[str]:
    return {mode.partition(":")[0] for mode in shelf.values(family)}


def left_out(slots: list[Slot], country: str, standing: Period) -> BitMap:
    """Whom one country's people are known not to fit, with one standing throughout."""
    found = BitMap()
    for slot in slots:
        named = slot.countries.get(country, NOTHING)
        if slot.only:
            found |= slot.only - named - slot.naming(standing.maybe)
        if slot.all_but:
            found |= slot.all_but & (named | slot.naming(standing.surely))
    return found


def left_out_by(
    slots: list[Slot], spans: Mapping[str, list[Period]], shelf: Shelf, now: datetime
) -> tuple[BitMap, BitMap]:
    """For somebody of one or several countries, of which for each rule the best answer counts: who
    is left out, and of whom whole days cannot tell."""
    by_day = days_of(shelf, spans, now)
    found, ruled = BitMap(), BitMap()
    for slot in slots:
        fits = BitMap()
        for code, some in spans.items():
            named = slot.countries.get(code, NOTHING)
            for span, counted in zip(some, by_day[code], strict=True):
                inside = slot.only & (named | slot.naming(span.maybe))
                outside = slot.all_but - named - slot.naming(span.surely)
                fits |= (inside | outside) if counted is None else (inside | outside) & counted
        ruled |= slot.only | slot.all_but
        found |= (slot.only | slot.all_but) - fits
    doubtful = too_near(slots, shelf, spans, now) & ruled
    return found - doubtful, doubtful


def days_of(
    shelf: Shelf, spans: Mapping[str, list[Period]], now: datetime
) -> dict[str, list[BitMap | None]]:
    """For each country and period, the opportunities of which some day that counts lies in it;
    None: all do. Right but for those that `too_near` names."""
    if all(len(some) == 1 for some in spans.values()):
        return {code: [None] for code in spans}
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
