"""How a promise was kept over time: every turn of its stage, worked out from dates as the stage is.

Pure but for `history_of`. The last turn at or before now is the stage of now: tests hold the two
against each other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from .choices import Application, Fact, Stage
from .models import Opportunity
from .stages import StageFacts, lapses_at, over_at


@dataclass(frozen=True)
class History:
    """What is known of one opportunity, with days: of every article it rests on, of its call and of
    its cancellation; `opens_on` and `over_on` are its dates as stated."""

    facts: StageFacts
    spoken_on: tuple[date, ...] = ()
    called_on: date | None = None
    cancelled_on: date | None = None
    opens_on: date | None = None
    over_on: date | None = None
    received_on: frozenset[date] = frozenset()
    """Days spoken on that no article bears: it came to us then."""
    is_call_received: bool = False
    is_end_received: bool = False
    """The same of the day of its call, and of its cancellation."""


@dataclass(frozen=True)
class Turn:
    """From this instant on it was at this stage; `on` is the day that a reader is told.
    `is_received`: only when we heard of it is known."""

    stage: Stage
    at: datetime
    on: date
    is_received: bool = False


def turns(history: History) -> list[Turn]:
    """In the order of time; those to come are what follows if nothing new is heard."""
    found = [*promised(history), *called(history)]
    if history.cancelled_on:
        at = begins(history.cancelled_on)
        found = [turn for turn in found if turn.at < at]
        found.append(Turn(Stage.CANCELLED, at, history.cancelled_on, history.is_end_received))
    return found


def promised(history: History) -> Iterator[Turn]:
    """Until its call, if one came: announced at the first word; silent where no other followed in
    time, and announced again at the next."""
    days = sorted(set(history.spoken_on))
    if history.called_on:
        days = [day for day in days if day < history.called_on]
    next_word = [*days[1:], history.called_on][: len(days)]
    is_silent = True
    for day, following in zip(days, next_word, strict=True):
        if is_silent:
            yield Turn(Stage.ANNOUNCED, begins(day), day, day in history.received_on)
        lapse = lapses_at(day)
        is_silent = following is None or lapse < begins(following)
        if is_silent:
            yield Turn(Stage.LAPSED, lapse, lapse.date())


def called(history: History) -> Iterator[Turn]:
    if not history.called_on:
        return
    at, on, is_received = begins(history.called_on), history.called_on, history.is_call_received
    opens_at, ends_at = history.facts.opens_at, over_at(history.facts)
    if opens_at and opens_at > at:
        yield Turn(Stage.UPCOMING, at, on, is_received)
        at, on, is_received = opens_at, history.opens_on, False
    if ends_at is None or ends_at > at:
        yield Turn(Stage.OPEN, at, on, is_received)
    if ends_at:
        is_later = ends_at > at
        yield Turn(Stage.CLOSED, max(at, ends_at), history.over_on if is_later else on)


def begins(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=UTC)


# --- From rows loaded `for_card`


def history_of(item: Opportunity) -> History:
    citations = list(item.citations.all())
    off = [c for c in citations if c.fact == Fact.CANCELLATION and c.is_in_force]
    return History(
        facts=item.stage_facts(),
        spoken_on=tuple(c.article.evidence_on for c in citations),
        called_on=first_day(item.official_calls),
        cancelled_on=first_day(off),
        opens_on=item.opens_on,
        over_on=over_on(item),
        received_on=only_received(citations),
        is_call_received=first_day(item.official_calls) in only_received(item.official_calls),
        is_end_received=first_day(off) in only_received(off),
    )


def first_day(citations: Iterable) -> date | None:
    return min((citation.article.evidence_on for citation in citations), default=None)


def only_received(citations: Iterable) -> frozenset[date]:
    """Days of evidence on which nothing says that it was published."""
    articles = [citation.article for citation in citations]
    stated = {article.published_on for article in articles}
    return frozenset(article.evidence_on for article in articles) - stated


def over_on(item: Opportunity) -> date | None:
    if item.application != Application.BY_DEADLINE:
        return item.ends_on
    last = max(item.deadlines.all(), key=lambda deadline: deadline.closes_at, default=None)
    return last and last.on
