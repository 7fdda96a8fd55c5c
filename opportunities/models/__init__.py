from .change import OpportunityChange
from .citation import OpportunityCitation
from .deadline import Deadline
from .eligibility import EligibilityRule
from .opportunity import Opportunity, OpportunityFormerSlug
from .words import Words

__all__ = [
    "Deadline",
    "EligibilityRule",
    "Opportunity",
    "OpportunityChange",
    "OpportunityCitation",
    "OpportunityFormerSlug",
    "Words",
]
