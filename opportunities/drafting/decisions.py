"""What an editor decides on a proposal, and what stood in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opportunities.models import Opportunity
from partnerships.models import Country, Grouping, Organisation, Partnership, Sector

from .passages import Basis

NEW = "new"
"""In place of a partnership: one that is to be made."""


class Action(StrEnum):
    DRAFT = "draft"
    MERGE = "merge"
    """Added to what is there: as further evidence, as its official call or as its cancellation."""
    DISCARD = "discard"


@dataclass(frozen=True)
class PartnershipDecision:
    """`chosen`: NEW, one that exists, or None. Of one that exists, parties are left as they are;
    frameworks and sectors are added to what it has."""

    chosen: Partnership | str | None = None
    parties: Sequence[Country | Grouping] = ()
    frameworks: Sequence[Grouping] = ()
    sectors: Sequence[Sector] = ()
    bases: Sequence[Basis] = ()
    unseen: Partnership | None = None
    """One that was made after the form was opened."""


@dataclass(frozen=True)
class OfferDecision:
    """`read_kind`, `start` and `quote` tell which offer was read; the other fields what becomes of it.
    `shown`: the words to cite, and where they stand, where the editor chose others."""

    key: str
    action: Action
    read_kind: str
    start: int
    quote: str
    shown: tuple[int, str] | None = None
    kind: str = ""
    title: str = ""
    summary: str = ""
    language: str = "en"
    sectors: Sequence[Sector] = ()
    audiences: Sequence[str] = ()
    places_available: int | None = None
    deadline: date | None = None
    host: Organisation | None = None
    speaker_role: str = "outlet"
    speaker_name: str = ""
    into: Opportunity | None = None
    is_cancelled: bool = False
    provider: Organisation | None = None
    official_page: str = ""
    application: str = ""
    bases: Sequence[Basis] = ()
    is_by_hand: bool = False
    """An editor typed it: it is never dropped without a word."""

    def basis(self, fact: str) -> Basis:
        start, quote = self.shown or (self.start, self.quote)
        return Basis(fact, start, quote)

    @property
    def is_official(self) -> bool:
        """It calls, on a page of the organisation named here."""
        return self.provider is not None


class NotDrafted(Exception):
    """Nothing was written; `problems` says why, by key of the offer (or PARTNERSHIP) and field."""

    PARTNERSHIP = "partnership"

    def __init__(self, problems: dict[str, dict[str, list[str]]]):
        super().__init__(problems)
        self.problems = problems
