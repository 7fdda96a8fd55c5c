"""One opportunity as a card shows it: everything a template names, nothing that asks a database.

Its HTML is kept, for the state of everything public that it was made from and until the first
instant at which it would read otherwise.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache, cached_property

from django.conf import settings
from django.db import connection
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.names import sort_key

from . import stages, wording
from .choices import Application, Stage
from .kept import Kept
from .models import Deadline, Opportunity, Words

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Card:
    item: Opportunity
    now: datetime

    @cached_property
    def words(self) -> Words:
        """In the reader's language, else as first written; a bare draft is called by its address."""
        return self.item.words_in(get_language()) or Words(title=self.item.slug)

    @cached_property
    def stage(self) -> Stage:
        return self.item.stage_at(self.now)

    @cached_property
    def voice(self) -> str:
        return wording.voice(self.item)

    @property
    def is_stale(self) -> bool:
        return stages.is_stale(self.stage, self.item.application, self.item.verified_on, self.now)

    @property
    def sources(self) -> int:
        """Independent ones: what reprints an article is no second source."""
        return len({citation.article.source_id for citation in self.item.citations.all()})

    @property
    def official_domain(self) -> str:
        """Where the provider or host itself calls for it; '' where nobody does."""
        return wording.caller(self.item)[1]

    @cached_property
    def next_deadline(self) -> Deadline | None:
        ahead = [d for d in self.item.deadlines.all() if d.closes_at > self.now]
        return ahead[0] if ahead else None

    @property
    def due_words(self) -> str:
        """Whether the nearest deadline is everybody's."""
        deadline = self.next_deadline
        if deadline.for_whom or self.is_limited(deadline):
            return _("some apply by %(date)s, %(days)s")
        return _("apply by %(date)s, %(days)s")

    def is_limited(self, deadline: Deadline) -> bool:
        return bool(deadline.countries.all())

    @property
    def until(self) -> str:
        """When it is due, in a few words; '' where the stage says all there is to say."""
        if self.stage == Stage.UPCOMING:
            return _("opens on %(date)s") % {"date": wording.day(self.item.opens_on)}
        if self.stage != Stage.OPEN:
            return ""
        if deadline := self.next_deadline:
            return self.due_words % {
                "date": wording.day(deadline.on),
                "days": wording.days_left(deadline, self.now),
            }
        if self.item.application == Application.NOT_NEEDED:
            return _("until %(date)s, no application needed") % {
                "date": wording.day(self.item.ends_on)
            }
        return _("apply at any time")

    @property
    def due(self) -> str:
        """The same without counting days, for what is read long after it was written."""
        deadline = self.next_deadline
        if self.stage != Stage.OPEN or not deadline:
            return self.until
        said = _("apply by %(date)s")
        if deadline.for_whom or deadline.countries.all():
            said = _("some apply by %(date)s")
        return said % {"date": wording.day(deadline.on)}

    @cached_property
    def places(self) -> list:
        return sorted(self.item.places.all(), key=lambda country: sort_key(country.name))

    @cached_property
    def partnerships(self) -> list:
        return list(self.item.partnerships.all())

    @cached_property
    def sectors(self) -> list:
        return list(self.item.sectors.all())

    # --- How long it reads like this

    @property
    def changes_at(self) -> datetime:
        """The first instant after now at which anything on it may read otherwise."""
        return min((at for at in self.changes() if at > self.now), default=NEVER)

    def changes(self) -> Iterator[datetime]:
        facts = self.item.stage_facts()
        yield from filter(None, (facts.opens_at, facts.ends_at, *facts.closes_at))
        if facts.evidence_on:
            yield stages.lapses_at(facts.evidence_on)
        if (deadline := self.next_deadline) and self.stage == Stage.OPEN:
            yield wording.days_left_until(deadline, self.now)
        if due := stages.verify_by(self.stage, self.item.application, self.item.verified_on):
            yield datetime.combine(due, time(0), tzinfo=UTC)


def cards_of(items: Iterable[Opportunity], now: datetime) -> list[Card]:
    return [Card(item, now) for item in items]


# --- Their HTML, kept


@dataclass(frozen=True)
class WrittenCard:
    html: SafeString
    until: datetime
    pk: int
    slug: str
    due: str = ""
    """Its first deadline as it says it."""


CARDS = Kept(lambda: settings.KEPT_CARDS_BYTES)


def written_cards(ids: list[int], now: datetime, stamp: str) -> list[WrittenCard]:
    """In the order of `ids`. Kept ones too are asked for once more, and all at once: what was
    hidden meanwhile cannot show. With stamp '' there is no telling what moves, and none is kept."""
    kept = kept_cards(ids, now, stamp)
    still = still_visible(kept)
    missing = [pk for pk in ids if pk not in kept]
    items = Opportunity.objects.visible().for_listing(missing) if missing else []
    made = {item.pk: write_card(Card(item, now), stamp) for item in items}
    shown = made | {pk: card for pk, card in kept.items() if pk in still}
    return [shown[pk] for pk in ids if pk in shown]


def still_visible(ids: Collection[int]) -> set[int]:
    """Asked for on every page, so that its SQL is made of `visible()` but once."""
    if not ids:
        return set()
    sql, params = visible_sql(len(ids))
    given = dict(zip(placeholders(len(ids)), ids, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(param, param) for param in params])
        return {pk for (pk,) in cursor.fetchall()}


@cache
def visible_sql(many: int) -> tuple[str, tuple]:
    rows = Opportunity.objects.visible().order_by().filter(pk__in=placeholders(many))
    return rows.values_list("pk").query.sql_with_params()


def placeholders(many: int) -> range:
    """Ids that nothing has, for those that are asked for later."""
    return range(-many, 0)


def kept_cards(ids: list[int], now: datetime, stamp: str) -> dict[int, WrittenCard]:
    language = get_language()
    found = ((pk, CARDS.get((stamp, language, pk))) for pk in ids if stamp)
    return {pk: card for pk, card in found if card and now < card.until}


def write_card(card: Card, stamp: str) -> WrittenCard:
    html = get_template("opportunities/_card.html").render({"card": card})
    is_due = card.stage == Stage.OPEN and card.next_deadline
    due = card.until if is_due else ""
    written = WrittenCard(html, card.changes_at, card.item.pk, card.item.slug, due)
    if stamp:
        CARDS.put((stamp, get_language(), card.item.pk), written, sys.getsizeof(html))
    return written
