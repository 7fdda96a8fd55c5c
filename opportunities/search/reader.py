"""Whom all rules together are known not to fit: the twin of `eligibility.refused_by` over bitmaps.

Most of what leaves out by residence, age or level held is the same whatever the nationality. It turns
on the nationality in rules on either, and where a deadline is for some nationals only: that decides
on which day one is judged. Both are worked out apart, so that the nationalities can be counted.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from pyroaring import BitMap

from opportunities.choices import Attribute, RuleKind
from opportunities.eligibility import Applicant, Criteria, named_by
from opportunities.filters import Query

from .ages import Ages
from .country_rules import Period, Slot, left_out, left_out_by
from .memory import NOTHING
from .moment import Moment
from .one_by_one import refused, refused_of
from .postings import joined
from .rows import criteria_of

MOST_KEPT = 4
"""So many readers a moment keeps in mind."""

NO_COUNTRY = "--"
"""A nationality that no deadline and no rule names."""

OWN = (Attribute.RESIDENCE, RuleKind.AGE, RuleKind.LEVEL_HELD)

Countries = frozenset[str]
Spans = dict[str, list[Period]]


def reader_of(query: Query, moment: Moment) -> "Reader":
    applicant = replace(query.about.applicant, nationalities=frozenset())
    readers = moment.readers
    found = readers.get(applicant)
    if found is None:
        if len(readers) >= MOST_KEPT:
            readers.clear()
        found = readers[applicant] = Reader(applicant, moment)
    return found


class Reader:
    """Somebody of whatever nationality."""

    def __init__(self, applicant: Applicant, moment: Moment):
        self.applicant, self.moment = applicant, moment
        self.restricted = moment.shelf.of("restricted")
        self.tables, self.now = moment.shelf.tables, moment.now

    def left_out(self, nationalities: Countries) -> dict[str, BitMap]:
        """What the rules are about that are known not to be met → by which opportunities."""
        told = self.of(nationalities)
        parts = [self.steady, self.turning(self.wavering, told)]
        if nationalities:
            fitting = self.moment.fitting_one_of(nationalities)
            parts.append({Attribute.NATIONALITY: self.moment.shelf.of("public") - fitting})
            parts.append({Attribute.EITHER: self.by_either(self.moment.either_slots, told)})
        return united(parts)

    def of(self, nationalities: Countries) -> Applicant:
        return replace(self.applicant, nationalities=nationalities)

    # --- Whatever the nationality

    @cached_property
    def ages(self) -> Ages | None:
        return Ages(self.applicant.age, self.moment) if self.applicant.age else None

    @cached_property
    def weighed(self) -> dict[str, tuple[BitMap, BitMap]]:
        """Who is left out, and of whom bitmaps cannot tell."""
        told, shelf, found = self.applicant, self.moment.shelf, {}
        if told.residence:
            spans = self.spans([told.residence])
            found[Attribute.RESIDENCE] = left_out_by(
                self.moment.residence_slots, spans, shelf, self.now
            )
        if self.ages:
            found[RuleKind.AGE] = self.ages.sure, self.ages.doubtful
        if told.held:
            above = (bits for n, bits in shelf.values("held").items() if int(n) > int(told.held))
            found[RuleKind.LEVEL_HELD] = joined(above), NOTHING
        return found

    @cached_property
    def doubtful(self) -> BitMap:
        return joined(doubtful for _sure, doubtful in self.weighed.values())

    @cached_property
    def steady(self) -> dict[str, BitMap]:
        rest = self.doubtful - self.restricted
        said = refused(rest, self.applicant, self.tables, self.now)
        sure = {what: sure - self.doubtful for what, (sure, _doubtful) in self.weighed.items()}
        return united([sure, said])

    # --- As the nationality has it: whose deadline it is

    @cached_property
    def wavering(self) -> dict[int, Criteria]:
        """The few that are judged one by one."""
        ids = self.doubtful & self.restricted
        return criteria_of(list(ids)) if ids else {}

    def turning(self, wavering: Mapping[int, Criteria], told: Applicant) -> dict[str, BitMap]:
        said = refused_of(wavering, told, self.tables, self.now)
        own = {what: said[what] for what in OWN if what in said}
        if not self.ages:
            return own
        by_age = self.ages.left_out_for(told.nationalities) - self.doubtful
        return united([own, {RuleKind.AGE: by_age}])

    @cached_property
    def by_way(self) -> dict[str, BitMap]:
        """country → whom its people are left out of by whose deadline it is. Only whether a deadline
        names a country matters here, so the others are judged as one, under `NO_COUNTRY`."""
        naming: dict[str, dict[int, Criteria]] = {NO_COUNTRY: dict(self.wavering)}
        for code in self.ages.named if self.ages else ():
            naming[code] = {}
        for pk, criteria in self.wavering.items():
            for code in named_by(criteria.deadlines):
                naming.setdefault(code, {})[pk] = criteria
        out = {
            code: joined(self.turning(some, self.of(frozenset({code}))).values())
            for code, some in naming.items()
        }
        judged = BitMap(self.wavering)
        return {
            code: bits | ((out[NO_COUNTRY] & judged) - BitMap(naming[code]))
            for code, bits in out.items()
        }

    # --- As the nationality has it: rules on either

    def by_either(self, slots: list[Slot], told: Applicant) -> BitMap:
        """Rules that neither nationality nor residence meets."""
        if not told.residence:
            return NOTHING
        spans = self.spans([*told.nationalities, told.residence])
        found, doubtful = left_out_by(slots, spans, self.moment.shelf, self.now)
        said = refused(doubtful, told, self.tables, self.now)
        return found | said.get(Attribute.EITHER, NOTHING)

    def spans(self, countries: list[str]) -> Spans:
        standing = self.moment.exclusions.standing
        return {code: standing[code] for code in countries if code in standing}

    @cached_property
    def slots_in_question(self) -> list[Slot]:
        """Of rules on either those that the residence alone is not known to meet."""
        if not self.applicant.residence:
            return []
        spans = self.spans([self.applicant.residence])
        return [
            slot.within(joined(left_out_by([slot], spans, self.moment.shelf, self.now)))
            for slot in self.moment.either_slots
        ]

    def left_out_besides(self, ids: BitMap) -> dict[str, BitMap]:
        """country → which of these leave its people out, by what turns on the nationality and is no
        rule on it; only countries with any."""
        slots = [slot.within(ids) for slot in self.slots_in_question]
        slots = [slot for slot in slots if slot.only or slot.all_but]
        others = self.by_way[NO_COUNTRY] & ids
        found = {}
        for code in self.moment.exclusions.standing:
            out = self.by_way[code] & ids if code in self.by_way else others
            if slots:
                out = out | self.left_out_by_either(slots, code)
            if out:
                found[code] = out
        return found

    def left_out_by_either(self, slots: list[Slot], nationality: str) -> BitMap:
        """Of slots in question."""
        spans = self.moment.exclusions.standing[nationality]
        if self.lives_steadily and len(spans) == 1:
            return left_out(slots, nationality, spans[0])
        return self.by_either(slots, self.of(frozenset({nationality})))

    @cached_property
    def lives_steadily(self) -> bool:
        """Whether their country stands the same for every deadline to come."""
        return all(len(spans) == 1 for spans in self.spans([self.applicant.residence]).values())


def united(parts: list[dict[str, BitMap]]) -> dict[str, BitMap]:
    """What any of them says, without what leaves nobody out."""
    subjects = {subject for part in parts for subject in part}
    found = {s: joined(part[s] for part in parts if s in part) for s in subjects}
    return {subject: ids for subject, ids in found.items() if ids}
