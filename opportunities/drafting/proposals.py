"""What an article was read to say, as drafts to decide on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import pgettext_lazy

from opportunities.choices import Fact, Kind
from opportunities.models import Opportunity, ReadOffer
from opportunities.recognise import Offer, Standing
from partnerships.ingestion.recognise import Recognised
from partnerships.models import (
    Article,
    Country,
    Grouping,
    Organisation,
    Partnership,
    Sector,
)

from . import matching
from .decisions import Action
from .passages import Basis

STANDINGS = {
    Standing.CALL: pgettext_lazy("standing of an offer", "call"),
    Standing.ANNOUNCED: pgettext_lazy("standing of an offer", "announced"),
    Standing.ONGOING: pgettext_lazy("standing of an offer", "ongoing"),
    Standing.PAST: pgettext_lazy("standing of an offer", "past"),
    Standing.CANCELLED: pgettext_lazy("standing of an offer", "cancelled"),
}


@dataclass(frozen=True)
class ProposedPartnership:
    likely: Sequence[Partnership]
    """The best first."""
    parties: Sequence[Country]
    mentioned: Sequence[Country]
    """Named in the text, but not read to be parties."""
    frameworks: Sequence[Grouping]
    groupings: Sequence[Grouping]
    sectors: Sequence[Sector]
    other_sectors: Sequence[Sector]
    bases: Sequence[Basis]
    is_read_before: bool

    @property
    def parties_quote(self) -> str:
        return next((basis.quote for basis in self.bases if basis.fact == "parties"), "")

    @property
    def existing(self) -> Partnership | None:
        """The one this article documents already, or the one of exactly these parties."""
        best = self.likely[0] if self.likely else None
        partners = [country.pk for country in self.parties]
        return (
            best
            if best and (self.is_read_before or matching.same_parties(best, partners))
            else None
        )

    @property
    def is_new(self) -> bool:
        return not self.existing and not self.is_read_before and len(self.parties) >= 2


@dataclass(frozen=True)
class ProposedOffer:
    number: int
    offer: Offer
    language: str
    title: str
    summary: str
    sectors: Sequence[Sector]
    host: Organisation | None
    bases: Sequence[Basis]
    before: ReadOffer | None
    likely: Sequence[Opportunity]
    """Old promises of its kind, the likeliest first."""
    is_alike: bool
    """Whether the first of them is probably the same."""

    @property
    def key(self) -> str:
        return f"{self.offer.kind}-{self.offer.start}"

    @property
    def is_done(self) -> bool:
        """There is something made of it, which is edited where it stands."""
        return bool(self.before and self.before.opportunity)

    @property
    def state(self) -> str:
        """What was decided of it when a form was opened; empty where nothing was."""
        return self.before.at.isoformat() if self.before else ""

    @property
    def audiences(self) -> tuple[str, ...]:
        return tuple(basis.value for basis in self.bases if basis.fact == Fact.AUDIENCE)

    @property
    def kind_label(self) -> str:
        return Kind(self.offer.kind).label

    @property
    def standing_label(self) -> str:
        return STANDINGS[self.offer.standing]

    @property
    def is_cancelled(self) -> bool:
        return self.offer.standing == Standing.CANCELLED

    @property
    def action(self) -> Action:
        """What is proposed: nothing is made again that somebody left out, and what is over or goes
        on anyway announces nothing."""
        if self.before or self.offer.standing in {Standing.PAST, Standing.ONGOING}:
            return Action.DISCARD
        if self.is_alike:
            return Action.MERGE
        return Action.DISCARD if self.is_cancelled else Action.DRAFT


@dataclass(frozen=True)
class Proposal:
    article: Article
    recognised: Recognised
    owners: Sequence[Organisation]
    partnership: ProposedPartnership
    offers: Sequence[ProposedOffer]
    left_off: int

    @property
    def language(self) -> str:
        return self.article.language or self.recognised.language

    @cached_property
    def is_call(self) -> bool:
        """An official page on which something is called for."""
        standings = {proposed.offer.standing for proposed in self.offers}
        return bool(self.owners) and Standing.CALL in standings
