"""What a feed lists becomes entries to be fetched: the new ones, the newest first, never too many."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2b

from partnerships.models import FollowedAddress, FollowedEntry

from .feeds import Entry
from .sameness import address_key

MOST_OF_A_FEED = 50
"""New entries that one reading of a feed may bring."""
MOST_WAITING = 100
"""Of one feed: while so many wait, no more are noted."""
OLD = timedelta(days=180)
"""What was announced longer ago has lapsed, unless somebody said it again."""
KEPT = timedelta(days=90)
"""How long an entry is remembered that no feed lists any more."""


def note(followed: FollowedAddress, entries: Iterable[Entry], now: datetime) -> tuple[int, bool]:
    """(how many were noted, whether that is all of them)."""
    new = new_entries(followed, entries, now)
    room = max(0, MOST_WAITING - followed.entries.filter(settled_at=None).count())
    rows = [as_row(followed, *pair, now) for pair in new[: min(room, MOST_OF_A_FEED)]]
    FollowedEntry.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows), len(rows) == len(new)


def new_entries(
    followed: FollowedAddress, entries: Iterable[Entry], now: datetime
) -> list[tuple[str, Entry]]:
    """By key, the newest first. One under a new address is known by its title and day."""
    listed = dict(keyed(entries))
    known = FollowedEntry.objects.filter(key__in=listed)
    keys = set(known.values_list("key", flat=True))
    titles = set(followed.entries.exclude(published_on=None).values_list("title", "published_on"))
    new = []
    for key, entry in listed.items():
        named = (entry.title, entry.published_on)
        if key in keys or is_old(entry, now) or (entry.title and named in titles):
            continue
        if entry.published_on:
            titles.add(named)
        new.append((key, entry))
    today = now.date()
    new.sort(key=lambda pair: min(pair[1].published_on or today, today), reverse=True)
    return new


def keyed(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Those with an address that can be asked for; `feeds` leaves it empty where it is no web address."""
    for entry in entries:
        if entry.address.isprintable() and (key := address_key(entry.address)):
            yield digest(key), entry


def digest(key: str) -> str:
    """An address is too long for an index of PostgreSQL."""
    return blake2b(key.encode(), digest_size=32).hexdigest()


def is_old(entry: Entry, now: datetime) -> bool:
    return bool(entry.published_on) and entry.published_on < now.date() - OLD


def as_row(followed: FollowedAddress, key: str, entry: Entry, now: datetime) -> FollowedEntry:
    return FollowedEntry(
        followed=followed,
        key=key,
        address=entry.address,
        title=entry.title,
        published_on=entry.published_on,
        seen_on=now.date(),
    )


def remember_seen(entries: Iterable[Entry], today: date) -> None:
    keys = [key for key, _entry in keyed(entries)]
    FollowedEntry.objects.filter(key__in=keys).exclude(seen_on=today).update(seen_on=today)


def forget_unseen(now: datetime) -> None:
    FollowedEntry.objects.filter(seen_on__lt=now.date() - KEPT).delete()
