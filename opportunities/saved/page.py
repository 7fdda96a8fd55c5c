"""What a saved list shows: what lies ahead by deadline, what is over, what was withdrawn."""

from dataclasses import dataclass, field
from datetime import date, datetime

from opportunities.cards import Card
from opportunities.choices import Outcome, Stage
from opportunities.models import Opportunity, SavedItem, SavedList

CALLED = {Stage.OPEN, Stage.CLOSED, Stage.CANCELLED}
AHEAD = {Stage.OPEN, Stage.UPCOMING, Stage.ANNOUNCED}


@dataclass(frozen=True)
class Entry:
    """An opportunity as its card says it, and what its reader noted."""

    card: Card
    noted: SavedItem
    outcomes = Outcome.choices

    @property
    def may_be_marked(self) -> bool:
        """Nobody can have applied for what was never called, unless they say so."""
        return self.noted.has_applied or self.card.stage in CALLED

    @property
    def order(self) -> tuple:
        """As the listing: stale last, then undated, then the next instant, then the older row."""
        card = self.card
        at = card.next_deadline and card.next_deadline.closes_at
        if not card.item.deadlines.all() and card.stage == Stage.UPCOMING:
            at = card.item.opens_at
        return (card.is_stale, at is None, at.timestamp() if at else 0, card.item.pk)


@dataclass
class SavedPage:
    ahead: list[Entry] = field(default_factory=list)
    over: list[Entry] = field(default_factory=list)
    withdrawn: list[Opportunity] = field(default_factory=list)
    kept_until: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.ahead or self.over or self.withdrawn)


def page_of(saved: SavedList | None, now: datetime) -> SavedPage:
    """Of a withdrawn one there is only its address word and the reason, as on its own page."""
    if saved is None:
        return SavedPage()
    noted = {item.opportunity_id: item for item in saved.items.all()}
    shown = Opportunity.objects.visible().for_card().filter(pk__in=noted)
    entries = sorted((Entry(Card(o, now), noted[o.pk]) for o in shown), key=lambda e: e.order)
    return SavedPage(
        ahead=[entry for entry in entries if entry.card.stage in AHEAD],
        over=[entry for entry in entries if entry.card.stage not in AHEAD],
        withdrawn=list(Opportunity.objects.withdrawn().filter(pk__in=noted).order_by("slug")),
        kept_until=saved.kept_until,
    )
