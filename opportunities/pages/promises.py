"""A partnership's promises on a time line: one row for each, a line that joins the turns it took."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

from opportunities.cards import Card
from opportunities.choices import Stage
from opportunities.models import Opportunity
from opportunities.promises import Turn, history_of, turns
from opportunities.time_lines import Span
from opportunities.wording import turn_words
from partnerships.models import Partnership

MOST = 12
OVER = {Stage.CLOSED, Stage.LAPSED, Stage.CANCELLED}
"""What nothing follows: no line leads on from there."""


@dataclass(frozen=True)
class Point:
    x: str
    stage: Stage
    words: str
    is_ahead: bool


@dataclass(frozen=True)
class Stretch:
    """The line from one turn to the next."""

    x1: str
    x2: str
    stage: Stage


@dataclass(frozen=True)
class Promise:
    card: Card
    turns: list[Turn]
    span: Span

    @property
    def points(self) -> list[Point]:
        now = self.card.now
        return [
            Point(self.span.x(turn.on), turn.stage, turn_words(turn, now), turn.at > now)
            for turn in self.turns
        ]

    @property
    def stretches(self) -> list[Stretch]:
        """What has no end known goes on for as far as is drawn."""
        found = [self.stretch(one, other.on) for one, other in pairwise(self.turns)]
        found += [self.stretch(turn, self.span.last) for turn in self.turns[-1:]]
        return [stretch for stretch in found if stretch.stage not in OVER]

    def stretch(self, turn: Turn, until) -> Stretch:
        return Stretch(self.span.x(turn.on), self.span.x(until), turn.stage)


@dataclass(frozen=True)
class Promises:
    """The newest of what a partnership brings, all on one span of time."""

    items: list[Opportunity]
    now: datetime
    more: int = 0

    @cached_property
    def told(self) -> list[tuple[Card, list[Turn]]]:
        known = ((Card(item, self.now), turns(history_of(item))) for item in self.items)
        return [(card, some) for card, some in known if some]

    @cached_property
    def span(self) -> Span:
        days = [turn.on for _card, some in self.told for turn in some]
        return Span.of([*days, self.today])

    @property
    def today(self):
        return self.now.astimezone(UTC).date()

    @property
    def today_x(self) -> str:
        return self.span.x(self.today)

    @cached_property
    def rows(self) -> list[Promise]:
        return [Promise(card, some, self.span) for card, some in self.told]


def promises_of(partnership: Partnership, now: datetime) -> Promises:
    brought = Opportunity.objects.visible().filter(partnerships=partnership)
    newest: Iterable = brought.for_card().order_by("-published_at", "-pk")[:MOST]
    items = list(newest)
    more = brought.count() - len(items) if len(items) == MOST else 0
    return Promises(items, now, more)
