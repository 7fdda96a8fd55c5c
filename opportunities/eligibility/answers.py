"""The three answers, and why one of them is *not stated*."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    MEETS = "meets"
    DOES_NOT_MEET = "does not meet"
    NOT_STATED = "not stated"


class Why(Enum):
    """What would have to be known for a yes or a no."""

    NOT_TOLD = "the reader did not tell"
    MEMBERSHIP = "no verified, dated membership says so"
    A_YEAR = "a year of age could change it"
    NO_DAY = "the day on which age counts is not stated"
    WHICH_DEADLINE = "it depends on the deadline, and that on the nationality"
    HIGHER = "the level held is above what is named"
    PARTLY = "what was told is only partly what is named"
    SCALE = "the level is on another scale"
    IN_WORDS = "only the source can tell"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    why: Why | None = None


MEETS = Answer(Verdict.MEETS)
DOES_NOT_MEET = Answer(Verdict.DOES_NOT_MEET)
UNKNOWN = {why: Answer(Verdict.NOT_STATED, why) for why in Why}


def if_known(is_met: bool) -> Answer:
    return MEETS if is_met else DOES_NOT_MEET


def best_answer(answers) -> Answer:
    """Meets before not stated before does not meet; the first of those that say the same."""
    found = DOES_NOT_MEET
    for answer in answers:
        if answer.verdict == Verdict.MEETS:
            return answer
        if found.verdict == Verdict.DOES_NOT_MEET:
            found = answer
    return found


def agreed(answers) -> Answer:
    """What all of them say; where they differ nobody can tell."""
    first, *others = answers
    same = all(other.verdict == first.verdict for other in others)
    return first if same else UNKNOWN[Why.WHICH_DEADLINE]


def best(verdicts) -> Verdict:
    return best_answer(map(Answer, verdicts)).verdict
