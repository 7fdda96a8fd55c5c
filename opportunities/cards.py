"""One opportunity as a card shows it: everything a template names, nothing that asks a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.names import sort_key

from . import stages, wording
from .choices import Application, Stage
from .models import Deadline, Opportunity, Words


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
        return len({citation.article_id for citation in self.item.citations.all()})

    @cached_property
    def next_deadline(self) -> Deadline | None:
        ahead = [d for d in self.item.deadlines.all() if d.closes_at > self.now]
        return ahead[0] if ahead else None

    @property
    def due_words(self) -> str:
        """Whether the nearest deadline is everybody's."""
        deadline = self.next_deadline
        if deadline.for_whom or deadline.countries.all():
            return _("some apply by %(date)s, %(days)s")
        return _("apply by %(date)s, %(days)s")

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

    @cached_property
    def places(self) -> list:
        return sorted(self.item.places.all(), key=lambda country: sort_key(country.name))

    @cached_property
    def partnerships(self) -> list:
        return list(self.item.partnerships.all())

    @cached_property
    def sectors(self) -> list:
        return list(self.item.sectors.all())


def cards_of(items: Iterable[Opportunity], now: datetime) -> list[Card]:
    return [Card(item, now) for item in items]
