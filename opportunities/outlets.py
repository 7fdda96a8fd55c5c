"""Outlets that are followed, for cron and for the command: what is new in them comes into the queue."""

from datetime import datetime

from django.utils.text import slugify

from partnerships.models import FollowedAddress, FollowedEntry, Outlet
from partnerships.validators import host_of

from .weighing import weigh

LOCK = "outlets"
"""Held by whoever follows: two at once would fetch the same."""


def follow_outlets(now: datetime, dry_run: bool) -> str:
    """A part of `run_due`: an outlet that fails says so on its own row and fails nothing else."""
    due = FollowedAddress.objects.due(now).count()
    waiting = FollowedEntry.objects.waiting(now).count()
    if dry_run or not due and not waiting:
        return f"{due} feeds to read, {waiting} articles to fetch"
    return str(follow_now(now))


def follow_now(now: datetime, **options):
    """`options` are those of `following.follow`."""
    from partnerships.ingestion.following import follow  # noqa: PLC0415 - loads the HTTP client

    return follow(now, weigh=weigh, **options)


def outlets_named(wanted: str) -> list[Outlet]:
    """By name in whatever case or as in an address, or by the host of the website."""
    name = wanted.strip().casefold()
    return [outlet for outlet in Outlet.objects.all() if name and name in names_of(outlet)]


def names_of(outlet: Outlet) -> set[str]:
    return {
        outlet.name.casefold(),
        slugify(outlet.name, allow_unicode=True),
        host_of(outlet.website).removeprefix("www."),
    }
