"""May this person apply? One verdict per rule, with three answers. Pure.

"Not stated" is never yes and never no. A rule on people's countries admits through a grouping only
where a verified status *member* with known dates says so; any other link makes it *not stated*.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

from .choices import Attribute, Mode


class Verdict(Enum):
    MEETS = "meets"
    DOES_NOT_MEET = "does not meet"
    NOT_STATED = "not stated"


@dataclass(frozen=True)
class Link:
    """One country's link to a grouping, [since, until); `until` None: still so."""

    grouping: str
    is_member: bool
    is_verified: bool
    since: date | None
    until: date | None

    def verdict(self, day: date) -> Verdict | None:
        """What it says of a day: None where it is known to have ended or not begun."""
        if not (self.is_verified and self.since):
            return Verdict.NOT_STATED
        if day < self.since or self.until and day >= self.until:
            return None
        return Verdict.MEETS if self.is_member else Verdict.NOT_STATED


@dataclass(frozen=True)
class CountryRule:
    """Who may apply by country: countries and groupings in it are ORed."""

    attribute: str
    mode: str
    countries: frozenset[str]
    groupings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DatedDeadline:
    """A deadline as membership is tested on it: its date in the official zone, for whom."""

    on: date
    closes_at: datetime
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Applicant:
    """What somebody told of themselves; empty is not told. Codes are ISO 3166-1 alpha-2."""

    nationalities: frozenset[str] = frozenset()
    residence: str = ""


@dataclass(frozen=True)
class Criteria:
    rules: tuple[CountryRule, ...] = ()
    deadlines: tuple[DatedDeadline, ...] = field(default=())


Links = Mapping[str, Collection[Link]]


def verdicts(
    applicant: Applicant, criteria: Criteria, links: Links, now: datetime
) -> list[Verdict]:
    """One answer per rule of `criteria`, the best over nationalities and deadlines still to come."""
    return [
        best(
            judge(rule, nationality, applicant.residence, links, day)
            for nationality in applicant.nationalities or {""}
            for day in days_that_count(criteria.deadlines, nationality, now)
        )
        for rule in criteria.rules
    ]


def is_known_not_to_fit(
    applicant: Applicant, criteria: Criteria, links: Links, now: datetime
) -> bool:
    return Verdict.DOES_NOT_MEET in verdicts(applicant, criteria, links, now)


def days_that_count(
    deadlines: Collection[DatedDeadline], nationality: str, now: datetime
) -> list[date]:
    """The official-zone dates of deadlines that apply to them and have not passed; else today."""
    ahead = [
        deadline.on
        for deadline in deadlines
        if now < deadline.closes_at
        and (not deadline.countries or not nationality or nationality in deadline.countries)
    ]
    return ahead or [now.astimezone(UTC).date()]


def judge(rule: CountryRule, nationality: str, residence: str, links: Links, day: date) -> Verdict:
    asked = {
        Attribute.NATIONALITY: [nationality],
        Attribute.RESIDENCE: [residence],
        Attribute.EITHER: [nationality, residence],
    }[Attribute(rule.attribute)]
    return best(judge_country(rule, country, links, day) for country in asked)


def judge_country(rule: CountryRule, country: str, links: Links, day: date) -> Verdict:
    if not country:
        return Verdict.NOT_STATED
    inside = is_inside(rule, country, links, day)
    if rule.mode == Mode.EXCEPT:
        opposite = {Verdict.MEETS: Verdict.DOES_NOT_MEET, Verdict.DOES_NOT_MEET: Verdict.MEETS}
        return opposite.get(inside, inside)
    return inside


def is_inside(rule: CountryRule, country: str, links: Links, day: date) -> Verdict:
    """Is the country in the rule's list of countries and groupings?"""
    if country in rule.countries:
        return Verdict.MEETS
    mine = links.get(country, ())
    return best(
        membership([link for link in mine if link.grouping == grouping], day)
        for grouping in rule.groupings
    )


def membership(links: Collection[Link], day: date) -> Verdict:
    """Is one country inside one grouping? Of verified links in force the last begun tells its
    status: a member suspended since is, for now, no *member*."""
    said = {link: verdict for link in links if (verdict := link.verdict(day))}
    if not said:
        return Verdict.DOES_NOT_MEET
    verified = [link for link in said if link.is_verified and link.since]
    return said[max(verified, key=since_and_standing)] if verified else Verdict.NOT_STATED


def since_and_standing(link: Link) -> tuple[date, bool]:
    """Begun on the same day, the other status counts, not *member*: never a yes by chance."""
    return link.since, not link.is_member


def best(answers) -> Verdict:
    """Meets before not stated before does not meet."""
    found = set(answers)
    for verdict in (Verdict.MEETS, Verdict.NOT_STATED):
        if verdict in found:
            return verdict
    return Verdict.DOES_NOT_MEET
