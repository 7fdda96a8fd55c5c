from .change import OpportunityChange
from .citation import OpportunityCitation
from .deadline import Deadline
from .eligibility import EligibilityRule
from .opportunity import Opportunity, OpportunityFormerSlug
from .posting import Indexed, Posting, RebuiltChunk
from .saved import SavedItem, SavedList
from .words import Words

__all__ = [
    "Deadline",
    "EligibilityRule",
    "Indexed",
    "Opportunity",
    "OpportunityChange",
    "OpportunityCitation",
    "OpportunityFormerSlug",
    "Posting",
    "RebuiltChunk",
    "SavedItem",
    "SavedList",
    "Words",
]
