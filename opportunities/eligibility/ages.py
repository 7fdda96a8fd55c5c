"""Rules on age, counted on the day that the source names.

From an age in years the birth date is known to a year; an answer is given only where every day of
that year gives the same. Somebody born on 29 February is a year older on 1 March of other years.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from opportunities.choices import AgeReference, RuleKind

from .answers import UNKNOWN, Answer, Why, if_known
from .applicants import Applicant, Occasion


@dataclass(frozen=True)
class AgeRule:
    """At least `lowest` and at most `highest`, both included."""

    lowest: int | None
    highest: int | None
    reference: str
    on: date | None = None
    subject: ClassVar[str] = RuleKind.AGE.value

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        day = self.day(occasion)
        if day is None:
            return UNKNOWN[Why.NO_DAY]
        born = applicant.born_between(occasion.now)
        if born is None:
            return UNKNOWN[Why.NOT_TOLD]
        first, last = born
        said = {self.admits(age) for age in range(age_on(day, last), age_on(day, first) + 1)}
        return if_known(said.pop()) if len(said) == 1 else UNKNOWN[Why.A_YEAR]

    def day(self, occasion: Occasion) -> date | None:
        """The day that counts; None where the source leaves it open."""
        return {
            AgeReference.DEADLINE: occasion.day if occasion.is_deadline else None,
            AgeReference.START: occasion.starts_on,
            AgeReference.DATE: self.on,
        }.get(self.reference)

    def admits(self, age: int) -> bool:
        above = self.lowest is None or age >= self.lowest
        return above and (self.highest is None or age <= self.highest)


def age_on(day: date, birth: date) -> int:
    had_no_birthday_yet = (day.month, day.day) < (birth.month, birth.day)
    return day.year - birth.year - had_no_birthday_yet
