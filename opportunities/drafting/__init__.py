"""An article → a partnership and announced opportunities, as drafts that an editor decides on.

`propose` reads and writes nothing; `decide` writes what the editor made of it, in one transaction.
"""

from .deciding import Written, decide
from .decisions import NEW, Action, NotDrafted, OfferDecision, PartnershipDecision
from .proposals import STANDINGS, Proposal, ProposedOffer, ProposedPartnership
from .proposing import propose

__all__ = [
    "NEW",
    "STANDINGS",
    "Action",
    "NotDrafted",
    "OfferDecision",
    "PartnershipDecision",
    "Proposal",
    "ProposedOffer",
    "ProposedPartnership",
    "Written",
    "decide",
    "propose",
]
