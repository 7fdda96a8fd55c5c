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

from .ages import left_out_by_age
from .country_rules import Period, Slot, left_out_by
from .memory import NOTHING
from .moment import Moment
from .one_by_one import refused, refused_of
from .postings import joined
from .rows import criteria_of

MOST_KEPT = 8
"""So many readers a moment keeps in mind."""

NO_COUNTRY = "--"
"""Of whom no deadline and no rule names the nationality."""

OWN = (Attribute.RESIDENCE, RuleKind.AGE, RuleKind.LEVEL_HELD)

Countries = frozenset[str]
Spans = dict[str, list[Period]]


def reader_of(query: Query, moment: Moment) -> "Reader":
    applicant = replace(query.about.applicant, nationalities=frozenset())
    readers = moment.readers
    if applicant not in readers:
        if len(readers) >= MOST_KEPT:
            readers.clear()
        readers[applicant] = Reader(applicant, moment)
    return readers[applicant]


class Reader:
    """Somebody of whatever nationality."""

    def __init__(self, applicant: Applicant, moment: Moment):
        self.applicant, self.moment = applicant, moment

    def left_out(self, nationalities: Countries) -> dict[str, BitMap]:
        """What the rules are about that are known not to be met → by which opportunities."""
        told = replace(self.applicant, nationalities=nationalities)
        parts = [self.steady, self.refused_of(self.wavering, told)]
        if nationalities:
            fitting = self.moment.fitting_one_of(nationalities)
            parts.append({Attribute.NATIONALITY: self.moment.shelf.of("public") - fitting})
            parts.append({Attribute.EITHER: self.by_either(self.moment.either_slots, told)})
        subjects = {subject for part in parts for subject in part}
        found = {s: joined(part[s] for part in parts if s in part) for s in subjects}
        return {subject: ids for subject, ids in found.items() if ids}

    # --- Whatever the nationality

    @cached_property
    def judged(self) -> dict[str, tuple[BitMap, BitMap]]:
        """Who is left out, and of whom bitmaps cannot tell."""
        told, shelf, found = self.applicant, self.moment.shelf, {}
        if told.residence:
            found[Attribute.RESIDENCE] = left_out_by(
                self.moment.residence_slots, self.spans([told.residence]), shelf, self.moment.now
            )
        if told.age:
            found[RuleKind.AGE] = left_out_by_age(told.age, self.moment)
        if told.held:
            above = (bits for n, bits in shelf.values("held").items() if int(n) > int(told.held))
            found[RuleKind.LEVEL_HELD] = joined(above), NOTHING
        return found

    @cached_property
    def doubtful(self) -> BitMap:
        return joined(doubtful for _sure, doubtful in self.judged.values())

    @cached_property
    def wavering(self) -> dict[int, Criteria]:
        """Those for which it turns on whose deadline it is."""
        ids = self.doubtful & self.moment.shelf.of("restricted")
        return criteria_of(list(ids)) if ids else {}

    @cached_property
    def steady(self) -> dict[str, BitMap]:
        """All but those."""
        shelf = self.moment.shelf
        rest = self.doubtful - shelf.of("restricted")
        said = refused(rest, self.applicant, shelf.tables, self.moment.now)
        return {
            subject: (sure - self.doubtful) | said.get(subject, NOTHING)
            for subject, (sure, _doubtful) in self.judged.items()
        }

    # --- As the nationality has it

    def refused_of(self, criteria: Mapping[int, Criteria], told: Applicant) -> dict[str, BitMap]:
        said = refused_of(criteria, told, self.moment.shelf.tables, self.moment.now)
        return {subject: said[subject] for subject in OWN if subject in said}

    def by_either(self, slots: list[Slot], told: Applicant) -> BitMap:
        """Rules that neither nationality nor residence meets."""
        if not told.residence:
            return NOTHING
        shelf, now = self.moment.shelf, self.moment.now
        spans = self.spans([*told.nationalities, told.residence])
        found, doubtful = left_out_by(slots, spans, shelf, now)
        return found | refused(doubtful, told, shelf.tables, now).get(Attribute.EITHER, NOTHING)

    def spans(self, countries: list[str]) -> Spans:
        standing = self.moment.exclusions.standing
        return {code: standing[code] for code in countries if code in standing}

    @cached_property
    def may_fail_either(self) -> BitMap:
        """Rules on either that the residence alone is not known to meet."""
        if not self.applicant.residence:
            return NOTHING
        slots, spans = self.moment.either_slots, self.spans([self.applicant.residence])
        return joined(left_out_by(slots, spans, self.moment.shelf, self.moment.now))

    def left_out_besides(self, ids: BitMap) -> dict[str, BitMap]:
        """country → which of these leave its people out, by what turns on the nationality and is no
        rule on it; only countries with any."""
        found: dict[str, BitMap] = {}
        if some := ids & self.may_fail_either:
            slots = [slot.within(some) for slot in self.moment.either_slots]
            for code in self.moment.fitting:
                found[code] = self.by_either(slots, self.of(code))
        wavering = {pk: one for pk, one in self.wavering.items() if pk in ids}
        for code, out in self.left_out_by_way(wavering).items():
            found[code] = found.get(code, NOTHING) | out
        return {code: out for code, out in found.items() if out}

    def left_out_by_way(self, wavering: Mapping[int, Criteria]) -> dict[str, BitMap]:
        """Only whether a deadline names a country matters here: the others are judged as one."""
        if not wavering:
            return {}
        naming: dict[str, dict[int, Criteria]] = {NO_COUNTRY: dict(wavering)}
        for pk, criteria in wavering.items():
            for code in named_by(criteria.deadlines):
                naming.setdefault(code, {})[pk] = criteria
        out = {
            code: joined(self.refused_of(some, self.of(code)).values())
            for code, some in naming.items()
        }
        others = out.pop(NO_COUNTRY)
        return {
            code: (others - BitMap(naming.get(code, ()))) | out.get(code, NOTHING)
            for code in self.moment.fitting
        }

    def of(self, nationality: str) -> Applicant:
        return replace(self.applicant, nationalities=frozenset({nationality}))
