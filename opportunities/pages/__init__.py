"""What the page of one opportunity, partnership or article says: its facts, each with its notes."""

from .article import ArticlePage
from .due import DuePage
from .opportunity import OpportunityPage
from .partnership import PartnershipPage, score_of
from .promises import promises_of

__all__ = [
    "ArticlePage",
    "DuePage",
    "OpportunityPage",
    "PartnershipPage",
    "promises_of",
    "score_of",
]
