"""Whom the rules on nationality are known to leave out, for every country at once.

The twin of `eligibility.is_known_not_to_fit` over bitmaps. Of each rule the index holds whom it
names; what follows for a country is worked out of dated memberships when asked, and kept until a
rule, a membership or its day moves. The few whose days lie too near to tell by whole days are
judged one by one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pyroaring import BitMap

from opportunities.choices import Attribute, Mode
from opportunities.eligibility import Applicant
from opportunities.models import Posting
from opportunities.models.posting import CHUNK_BITS

from .country_rules import Period, Slot, left_out, left_out_by, numbers_of, periods
from .index import bounds, chunks_of
from .memory import NAMED_BY_RULES, NOTHING, RULES, Shelf, read_rows
from .one_by_one import refused
from .postings import fitted

# --- The rules


def slots_of_chunk(shelf: Shelf, chunk: int) -> list[Slot]:
    first, last = bounds(chunk)
    whole = BitMap(range(first, last + 1))
    slots = {number: slot_of(shelf, number, whole) for number in numbers_of(shelf, "rule")}
    return filled(slots, rule_rows().filter(NAMED_BY_RULES, chunk=chunk))


def slots_naming(shelf: Shelf, countries: Iterable[str]) -> list[Slot]:
    """Of all chunks, but only whether they name these countries; and all groupings."""
    slots = {number: slot_of(shelf, number) for number in numbers_of(shelf, "rule")}
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
    return {code: fitted(bits) for code, bits in found.items()}


def decisive(standing: Mapping[str, list[Period]]) -> dict:
    return {code: (spans[0].maybe, spans[0].surely) for code, spans in standing.items()}


# --- At one moment


def fitting(exclusions: Exclusions, shelf: Shelf, now: datetime) -> dict[str, BitMap]:
    """country → every key but those it is known not to fit, now."""
    unsteady = {code for code, spans in exclusions.standing.items() if len(spans) > 1}
    edge = exclusions.chunks << CHUNK_BITS
    return dict(exclusions.steady) | {
        code: left_out_for(frozenset({code}), exclusions, shelf, now).flip(0, edge)
        for code in unsteady
    }


def left_out_for(
    nationalities: frozenset[str], exclusions: Exclusions, shelf: Shelf, now: datetime
) -> BitMap:
    """For somebody with one nationality or several."""
    spans = {code: exclusions.standing[code] for code in nationalities}
    found, doubtful = left_out_by(slots_naming(shelf, nationalities), spans, shelf, now)
    said = refused(doubtful, Applicant(nationalities), shelf.tables, now)
    return found | said.get(Attribute.NATIONALITY, NOTHING)
