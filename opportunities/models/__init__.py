from .alert import Alert, Mail, Outbox, SignUp, Subscriber, Token
from .change import OpportunityChange
from .citation import OpportunityCitation
from .deadline import Deadline
from .eligibility import EligibilityRule
from .opportunity import Opportunity, OpportunityFormerSlug
from .posting import Indexed, Posting, RebuiltChunk, Waiting
from .read_offer import ReadOffer
from .saved import SavedItem, SavedList
from .words import Words

__all__ = [
    "Alert",
    "Deadline",
    "EligibilityRule",
    "Indexed",
    "Mail",
    "Opportunity",
    "OpportunityChange",
    "OpportunityCitation",
    "OpportunityFormerSlug",
    "Outbox",
    "Posting",
    "ReadOffer",
    "RebuiltChunk",
    "SavedItem",
    "SavedList",
    "SignUp",
    "Subscriber",
    "Token",
    "Waiting",
    "Words",
]
