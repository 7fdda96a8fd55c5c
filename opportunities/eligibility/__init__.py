"""May this person apply? One answer per rule, with its reason. Pure.

"Not stated" is never yes and never no: neither where the source leaves something open nor where the
reader does. What somebody told is taken as whole: of a reader who names one nationality we do not
suppose a second.
"""

from .ages import AgeRule
from .answers import Answer, Verdict, Why, best
from .applicants import Applicant
from .countries import CountryRule
from .judging import (
    Criteria,
    DatedDeadline,
    answers,
    days_that_count,
    is_known_not_to_fit,
    named_by,
    refused_by,
    verdicts,
)
from .memberships import Link, Links, membership
from .studies import FieldRule, HeldRule, LanguageRule, SoughtRule
from .words import FeeRule, WordsRule

__all__ = [
    "AgeRule",
    "Answer",
    "Applicant",
    "CountryRule",
    "Criteria",
    "DatedDeadline",
    "FeeRule",
    "FieldRule",
    "HeldRule",
    "LanguageRule",
    "Link",
    "Links",
    "SoughtRule",
    "Verdict",
    "Why",
    "WordsRule",
    "answers",
    "best",
    "days_that_count",
    "is_known_not_to_fit",
    "membership",
    "named_by",
    "refused_by",
    "verdicts",
]
