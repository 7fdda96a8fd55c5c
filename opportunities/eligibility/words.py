"""What is asked of everybody alike: a fee, and conditions that only words express."""

from dataclasses import dataclass
from typing import ClassVar

from opportunities.choices import RuleKind

from .answers import UNKNOWN, Answer, Why, if_known
from .applicants import Applicant, Occasion


@dataclass(frozen=True)
class FeeRule:
    subject: ClassVar[str] = "fee"

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        return UNKNOWN[Why.NOT_TOLD] if applicant.pays is None else if_known(applicant.pays)


@dataclass(frozen=True)
class WordsRule:
    subject: ClassVar[str] = RuleKind.OTHER.value

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        return UNKNOWN[Why.IN_WORDS]
