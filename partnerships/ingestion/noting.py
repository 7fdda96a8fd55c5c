"""What a feed lists becomes entries to be fetched: the new ones, the newest first, each feed in turn."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2b

from django.db.models import F, Max, QuerySet, Window
from django.db.models.functions import RowNumber

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
MOST_LOOKED_AT = 1_000
"""Of those that wait, in one run."""


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
    keys = set(FollowedEntry.objects.filter(key__in=listed).values_list("key", flat=True))
    # Two that are listed side by side are two, however alike they are called.
    moved = followed.entries.exclude(title="").exclude(published_on=None).exclude(key__in=listed)
    titles = set(moved.values_list("title", "published_on"))
    new = [
        (key, entry)
        for key, entry in listed.items()
        if key not in keys
        and (entry.title, entry.published_on) not in titles
        and not is_old(entry, now)
    ]
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


def in_turn(entries: QuerySet) -> list[FollowedEntry]:
    """The newest of each address first, then the second of each: a long feed keeps no other waiting."""
    newest = [F("published_on").desc(nulls_last=True), F("pk").asc()]
    turn = Window(RowNumber(), partition_by="followed_id", order_by=newest)
    return list(entries.annotate(turn=turn).order_by("turn", "followed_id")[:MOST_LOOKED_AT])


def remember_seen(followed: FollowedAddress, entries: Iterable[Entry], today: date) -> None:
    """What waits at an address that is followed no longer comes by the one that lists it too."""
    seen = FollowedEntry.objects.filter(key__in=[key for key, _entry in keyed(entries)])
    seen.filter(followed__is_followed=False, settled_at=None).update(followed=followed)
    seen.exclude(seen_on=today).update(seen_on=today)


def remember_unchanged(followed: FollowedAddress, today: date) -> None:
    """Unchanged, it still lists what it listed last."""
    last = followed.entries.aggregate(day=Max("seen_on"))["day"]
    followed.entries.filter(seen_on=last).update(seen_on=today)


def forget_unseen(now: datetime) -> None:
    FollowedEntry.objects.filter(seen_on__lt=now.date() - KEPT).delete()
