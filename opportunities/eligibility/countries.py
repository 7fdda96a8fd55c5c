"""Rules on people's countries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from opportunities.choices import Attribute, Mode

from .answers import DOES_NOT_MEET, MEETS, UNKNOWN, Answer, Verdict, Why, best_answer
from .applicants import Applicant, Occasion
from .memberships import Link, membership

SAID = {
    Verdict.MEETS: MEETS,
    Verdict.NOT_STATED: UNKNOWN[Why.MEMBERSHIP],
    Verdict.DOES_NOT_MEET: DOES_NOT_MEET,
}
OPPOSITE = {Verdict.MEETS: DOES_NOT_MEET, Verdict.DOES_NOT_MEET: MEETS}


@dataclass(frozen=True)
class CountryRule:
    """Who may apply by country: countries and groupings in it are ORed."""

    attribute: str
    mode: str
    countries: frozenset[str]
    groupings: frozenset[str] = frozenset()

    @property
    def subject(self) -> str:
        return self.attribute

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        """“Either” fails only where both are known and both fail."""
        asked = {
            Attribute.NATIONALITY: [occasion.nationality],
            Attribute.RESIDENCE: [applicant.residence],
            Attribute.EITHER: [occasion.nationality, applicant.residence],
        }[Attribute(self.attribute)]
        return best_answer(self.answer_for(country, occasion) for country in asked)

    def answer_for(self, country: str, occasion: Occasion) -> Answer:
        if not country:
            return UNKNOWN[Why.NOT_TOLD]
        inside = self.holds(country, occasion.links.get(country, ()), occasion.day)
        if self.mode == Mode.EXCEPT:
            return OPPOSITE.get(inside.verdict, inside)
        return inside

    def holds(self, country: str, links: Collection[Link], day: date) -> Answer:
        """Is the country in the rule's list of countries and groupings?"""
        if country in self.countries:
            return MEETS
        return best_answer(
            SAID[membership([link for link in links if link.grouping == grouping], day)]
            for grouping in self.groupings
        )
