"""One applicant against all rules of one opportunity."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from .answers import Answer, Verdict, agreed, best_answer
from .applicants import Applicant, Occasion
from .memberships import Links


class Rule(Protocol):
    subject: str  # what it is about: an Attribute of people's countries, or a RuleKind

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer: ...


@dataclass(frozen=True)
class DatedDeadline:
    """A deadline as membership and age are tested on it: its date in the official zone, for whom."""

    on: date
    closes_at: datetime
    countries: frozenset[str] = frozenset()

    def applies_to(self, nationality: str) -> bool:
        """'' is a nationality that no deadline names."""
        return not self.countries or nationality in self.countries


@dataclass(frozen=True)
class Criteria:
    rules: tuple[Rule, ...] = ()
    deadlines: tuple[DatedDeadline, ...] = ()
    starts_on: date | None = None


def answers(applicant: Applicant, criteria: Criteria, links: Links, now: datetime) -> list[Answer]:
    """One per rule of `criteria`: the best over nationalities and deadlines still to come.

    Of a reader who told no nationality it depends on that which deadlines are theirs; what does not
    hold for every one of them is not stated.
    """
    told = sorted(applicant.nationalities)
    ways = told or ["", *sorted(named_by(criteria.deadlines))]
    occasions = {
        way: [
            Occasion(way if told else "", day, is_deadline, criteria.starts_on, now, links)
            for day, is_deadline in days_that_count(criteria.deadlines, way, now)
        ]
        for way in ways
    }
    either = best_answer if told else agreed
    return [
        either(
            best_answer(rule.answer(applicant, occasion) for occasion in some)
            for some in occasions.values()
        )
        for rule in criteria.rules
    ]


def verdicts(
    applicant: Applicant, criteria: Criteria, links: Links, now: datetime
) -> list[Verdict]:
    return [answer.verdict for answer in answers(applicant, criteria, links, now)]


def refused_by(
    applicant: Applicant, criteria: Criteria, links: Links, now: datetime
) -> frozenset[str]:
    """What the rules that are known not to be met are about."""
    said = zip(criteria.rules, verdicts(applicant, criteria, links, now), strict=True)
    return frozenset(rule.subject for rule, verdict in said if verdict == Verdict.DOES_NOT_MEET)


def is_known_not_to_fit(
    applicant: Applicant, criteria: Criteria, links: Links, now: datetime
) -> bool:
    return bool(refused_by(applicant, criteria, links, now))


def named_by(deadlines: Iterable[DatedDeadline]) -> set[str]:
    return {country for deadline in deadlines for country in deadline.countries}


def days_that_count(
    deadlines: Collection[DatedDeadline], nationality: str, now: datetime
) -> list[tuple[date, bool]]:
    """The official-zone dates of the deadlines that apply and have not passed; where there is none,
    the UTC day of asking, which is no deadline's."""
    ahead = [
        (deadline.on, True)
        for deadline in deadlines
        if now < deadline.closes_at and deadline.applies_to(nationality)
    ]
    return ahead or [(now.astimezone(UTC).date(), False)]
