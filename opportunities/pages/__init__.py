"""What the page of one opportunity, partnership or article says: its facts, each with its notes."""

from .article import ArticlePage
from .opportunity import OpportunityPage
from .partnership import PartnershipPage, score_of

__all__ = ["ArticlePage", "OpportunityPage", "PartnershipPage", "score_of"]
