"""Text → what it promises or offers to young people, each with its sentence. Pure, offline."""

from .gathering import offers
from .offer import Offer, Role, Standing

__all__ = ["Offer", "Role", "Standing", "offers"]
