"""The deadlines on the page of an opportunity: official time, for whom, and what they were before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from opportunities import wording
from opportunities.choices import Fact
from opportunities.facts import deadline_fact
from opportunities.instants import is_zone
from opportunities.models import Deadline
from partnerships.models import Article, Change

if TYPE_CHECKING:
    from .opportunity import OpportunityPage

ONE_MINUTE = timedelta(minutes=1)
TIME = re.compile(r"\d\d:\d\d\Z")


@dataclass(frozen=True)
class FormerDate:
    """What a deadline was before it moved."""

    words: str
    change: Change
    article: Article | None


@dataclass(frozen=True)
class DeadlineLine:
    deadline: Deadline
    page: "OpportunityPage"

    @property
    def time(self) -> str:
        return wording.deadline_time(self.deadline)

    @property
    def last_minute(self) -> str:
        """The last minute in time, in the official zone (ISO 8601); '' where no zone is stated."""
        if not self.deadline.zone:
            return ""
        last = (self.deadline.closes_at - ONE_MINUTE).astimezone(ZoneInfo(self.deadline.zone))
        return last.isoformat(timespec="minutes")

    @property
    def left(self) -> str:
        return wording.days_left(self.deadline, self.page.now)

    @property
    def countries(self) -> str:
        return wording.listed(country.name for country in self.deadline.countries.all())

    @property
    def whose(self) -> str:
        """Whether it is the reader's, where that is not the same for everybody."""
        page = self.page
        is_same_for_all = not any(line.countries for line in page.deadlines)
        if is_same_for_all or not page.query.nationality or self.deadline.closes_at <= page.now:
            return ""
        if page.is_theirs(self.deadline):
            return _("counts for you")
        return _("not for your nationality")

    @property
    def notes(self) -> list[int]:
        return self.page.notes.of(Fact.DEADLINE, self.deadline.pk)

    @property
    def is_unverified(self) -> bool:
        return not self.notes

    @property
    def others(self) -> list[str]:
        on = self.deadline.on.isoformat()
        ours = {on, f"{on} {self.deadline.at:%H:%M}"} if self.deadline.at else {on}
        return self.page.other_values(Fact.DEADLINE, ours, self.deadline.pk)

    @cached_property
    def former(self) -> list[FormerDate]:
        """The latest first. A source is named where this page cites it, so that none shows that was
        removed."""
        articles = {
            citation.article_id: citation.article
            for citation in self.page.notes.citations
            if not citation.article.removed_on
        }
        return [
            FormerDate(in_words(before), change, articles.get(change.article_id))
            for before, change in moves(self.page.item.changes.all(), deadline_fact(self.deadline))
        ]


def moves(changes: Iterable[Change], now_is: str) -> Iterator[tuple[str, Change]]:
    """(what it was, the change), back along the record, the latest first.

    The record names no row, so each line is found by what it led to.
    """
    for change in changes:
        if change.fact == Fact.DEADLINE and change.before and change.after == now_is:
            now_is = change.before
            if when(change.before) != when(change.after):
                yield change.before, change


def when(fact: str) -> tuple[str, ...]:
    """Of a deadline as the record writes it: date, time and zone, as far as stated."""
    on, *rest = fact.split(" · ")
    return (on, *(part for part in rest[:2] if TIME.match(part) or is_zone(part)))


def in_words(fact: str) -> str:
    on, *rest = when(fact)
    return ", ".join([wording.day(date.fromisoformat(on)), *rest])
