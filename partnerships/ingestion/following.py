"""A run over the outlets that are followed: their feeds are read, what is new in them is fetched and queued.

It may be stopped anywhere: each feed and each article is written in one transaction, and what was
not settled is taken up by the next run. Whoever calls it holds the lock.
"""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from partnerships.models import FollowedAddress, FollowedEntry, Outlet, QueuedArticle
from partnerships.validators import host_of

from . import noting
from .child import Reader
from .feeds import Entry, Feed
from .fetch import INTERNET, Page, fetch
from .guarded import Network
from .interest import Interest
from .pacing import Bounds, Counts, Pace
from .read import Reading
from .refusals import Refused
from .store import known, listed_anew, store

log = logging.getLogger(__name__)

# It may be better later; anything else is final for an entry.
PASSING = frozenset(
    {"unknown_host", "unreachable", "slow", "robots_unknown", "broken_off", "busy", "fault"}
)


def follow(
    now: datetime,
    *,
    weigh: Callable[[Reading], Interest],
    outlets: Iterable[Outlet] | None = None,
    network: Network = INTERNET,
    bounds: Bounds | None = None,
    tell: Callable[[str], None] = lambda line: None,
    dry_run: bool = False,
) -> Counts:
    """What is due; of `outlets`, where they are named, everything at once.

    A dry run asks the feeds and says what is new; it fetches no article and writes nothing.
    """
    addresses, entries = in_scope(now, outlets)
    with Reader() as reader:
        run = Run(now, weigh, network, bounds or Bounds(), tell, reader, dry_run)
        run.look_at_all(addresses)
        if not dry_run:
            run.take_all(noting.in_turn(entries))
            noting.forget_unseen(now)
    return run.counts


def in_scope(now: datetime, outlets: Iterable[Outlet] | None) -> tuple[QuerySet, QuerySet]:
    addresses, entries = FollowedAddress.objects.due(now), FollowedEntry.objects.waiting(now)
    if outlets is not None:
        addresses = FollowedAddress.objects.followed().filter(outlet__in=outlets)
        entries = entries.filter(followed__outlet__in=outlets)
    return addresses.select_related("outlet"), entries.select_related("followed__outlet")


@dataclass
class Run:
    now: datetime
    weigh: Callable[[Reading], Interest]
    network: Network
    bounds: Bounds
    tell: Callable[[str], None]
    reader: Reader
    dry_run: bool = False
    counts: Counts = field(default_factory=Counts)
    robots: dict[str, str] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)
    """Hosts that are in trouble: not asked again in this run."""

    def __post_init__(self) -> None:
        self.pace = Pace(self.bounds.pause)
        self.ends = time.monotonic() + self.bounds.seconds

    def may_ask(self, address: str) -> bool:
        host = host_of(address)
        in_time = time.monotonic() + self.pace.left(host) < self.ends
        return in_time and host not in self.resting

    def fetched(self, address: str, **conditions: str) -> Page:
        host = host_of(address)
        self.pace.wait(host)
        try:
            return fetch(address, network=self.network, robots=self.robots, **conditions)
        except Refused as refused:
            if refused.code in PASSING:
                self.resting.add(host)
            raise
        finally:
            self.pace.answered(host)

    # --- Feeds

    def look_at_all(self, addresses: Iterable[FollowedAddress]) -> None:
        """In half of the time, so that many slow feeds keep no article waiting for ever."""
        ends, self.ends = self.ends, self.ends - self.bounds.seconds / 2
        for followed in addresses:
            self.look_at(followed)
        self.ends = ends

    def look_at(self, followed: FollowedAddress) -> None:
        if not self.may_ask(followed.address):
            self.counts.left += 1
            return
        try:
            page = self.fetched(followed.address, etag=followed.etag, modified=followed.modified)
            entries = () if page.is_unchanged else self.entries_in(page)
            self.note(followed, page, entries)
        except Refused as refused:
            self.feed_failed(followed, refused)
        except Exception:  # a fault of ours must not keep the other outlets from being read
            log.exception("Reading %s failed", followed.pk)
            self.feed_failed(followed, Refused("unreadable"))

    def entries_in(self, page: Page) -> tuple[Entry, ...]:
        said = self.reader.read(
            page.body,
            content_type=page.content_type,
            charset=page.charset,
            address=page.address,
            lists=True,
        )
        if not isinstance(said, Feed):
            raise Refused("not_feed")
        return said.entries

    def note(self, followed: FollowedAddress, page: Page, entries: tuple[Entry, ...]) -> None:
        if self.dry_run:
            new = noting.new_entries(followed, entries, self.now)
            noted = len(new)
            for _key, entry in new:
                self.tell(f"{followed}: {entry.address}")
        else:
            with transaction.atomic():
                noted, is_all = noting.note(followed, entries, self.now)
                if page.is_unchanged:
                    noting.remember_unchanged(followed, self.now.date())
                noting.remember_seen(followed, entries, self.now.date())
                self.succeeded(followed, page, is_all)
        self.counts.read += 1
        self.counts.noted += noted
        self.tell(f"{followed}: {'unchanged' if page.is_unchanged else f'{noted} new'}")

    def succeeded(self, followed: FollowedAddress, page: Page, is_all: bool) -> None:
        """Where some were left out it must not answer “unchanged” next time."""
        if page.is_unchanged:
            followed.succeeded(self.now, etag=followed.etag, modified=followed.modified)
        elif is_all:
            followed.succeeded(self.now, etag=page.etag, modified=page.modified)
        else:
            followed.succeeded(self.now, etag="", modified="")

    def feed_failed(self, followed: FollowedAddress, refused: Refused) -> None:
        self.counts.failed.append(followed.address)
        self.tell(f"{followed}: {refused}")
        if not self.dry_run:
            followed.note_failure(refused.code, refused.values, self.now)

    # --- Articles

    def take_all(self, entries: Iterable[FollowedEntry]) -> None:
        taken = 0
        for entry in entries:
            if taken >= self.bounds.articles or not self.may_ask(entry.address):
                self.counts.left += 1
                continue
            taken += 1
            self.take(entry)

    def take(self, entry: FollowedEntry) -> None:
        try:
            self.bring_in(entry)
        except Refused as refused:
            self.entry_failed(entry, refused)
        except Exception:  # nor may one article keep the others waiting
            log.exception("Reading entry %s failed", entry.pk)
            self.entry_failed(entry, Refused("unreadable"))

    def bring_in(self, entry: FollowedEntry) -> None:
        if article := known(Reading(address=entry.address)):
            entry.settle(article, self.now)
            self.counts.known += 1
            return
        page = self.fetched(entry.address)
        reading = self.reading_of(page, entry)
        if article := listed_anew(reading):
            entry.settle(article, self.now)
            self.counts.known += 1
            return
        interest = self.weigh(reading)
        with transaction.atomic():
            stored = store(reading, found_at=(entry.address, page.address), today=self.now.date())
            if stored.is_new:
                queue(stored.article, entry, interest, self.now)
            entry.settle(stored.article, self.now)
        self.counts.queued += stored.is_new
        self.counts.known += not stored.is_new
        self.tell(f"{entry.address}: {interest.score if stored.is_new else 'known already'}")

    def reading_of(self, page: Page, entry: FollowedEntry) -> Reading:
        """What the page does not state, its outlet's list may."""
        said = self.reader.read(
            page.body, content_type=page.content_type, charset=page.charset, address=page.address
        )
        if not isinstance(said, Reading):
            raise Refused("is_feed")
        return replace(
            said,
            title=said.title or entry.title,
            published_on=said.published_on or entry.published_on,
        )

    def entry_failed(self, entry: FollowedEntry, refused: Refused) -> None:
        self.counts.unread += 1
        self.tell(f"{entry.address}: {refused}")
        may_pass = refused.code in PASSING
        entry.failed(refused.code, refused.values, self.now, may_pass=may_pass)


def queue(article, entry: FollowedEntry, interest: Interest, now: datetime) -> None:
    """A reprint of what was dismissed is dismissed with it."""
    item = QueuedArticle(
        article=article, outlet=entry.followed.outlet, queued_at=now, **asdict(interest)
    )
    if article.origin:
        with suppress(QueuedArticle.DoesNotExist):
            first = article.origin.queued
            item.dismissed_at, item.dismissed_by = first.dismissed_at, first.dismissed_by
    item.save()
