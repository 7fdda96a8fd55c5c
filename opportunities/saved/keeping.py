"""Save, mark, forget. A list is found by the hash of its number; the number is in a cookie only."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.http import Http404

from opportunities.models import Opportunity, SavedItem, SavedList

MOST = 200
"""So many a list holds: more than one can apply for, and few enough for one page."""


LASTS = timedelta(days=396)
"""Thirteen months, about: of the cookie, which browsers keep for 400 days at most."""


class ListFull(Exception):
    """The list holds as many as it may."""


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def list_of(token: str) -> SavedList | None:
    return SavedList.objects.filter(token_hash=hash_of(token)).first() if token else None


@transaction.atomic
def begin(now: datetime) -> tuple[SavedList, str]:
    """A new list and its number, which is ours: one that a visitor brings is never taken."""
    token = secrets.token_urlsafe(32)
    return SavedList.objects.create(token_hash=hash_of(token), used_on=now.date()), token


def savable(slug: str) -> Opportunity:
    """Raises Http404 for what is not public."""
    item = Opportunity.objects.visible().filter(slug=slug).first() if "\0" not in slug else None
    if item is None:
        raise Http404
    return item


@transaction.atomic
def save(saved: SavedList, item: Opportunity, now: datetime) -> None:
    """Twice is the same as once."""
    touch(saved, now)
    if saved.items.filter(opportunity=item).exists():
        return
    if saved.items.count() >= MOST:
        raise ListFull
    saved.items.create(opportunity=item)


@transaction.atomic
def remove(saved: SavedList, slug: str, now: datetime) -> None:
    touch(saved, now)
    named(saved, slug).delete()


@transaction.atomic
def mark(saved: SavedList, slug: str, *, applied: bool, outcome: str, now: datetime) -> None:
    """An outcome says that one applied."""
    touch(saved, now)
    named(saved, slug).update(has_applied=applied or bool(outcome), outcome=outcome)


def named(saved: SavedList, slug: str):
    return saved.items.filter(opportunity__slug=slug.replace("\0", ""))


def touch(saved: SavedList, now: datetime) -> None:
    """Kept for another 13 months. The row stays locked, so that those who add follow each other;
    raises Http404 where the list was deleted meanwhile."""
    if not SavedList.objects.filter(pk=saved.pk).update(used_on=now.date()):
        raise Http404


# --- Its calendar


def calendar_token(saved: SavedList, token: str) -> str:
    """The calendar's own number, which tells nothing of the cookie's; '' where there is none."""
    salt = saved.calendar_salt
    return hmac.digest(token.encode(), salt.encode(), "sha256").hex() if salt else ""


@transaction.atomic
def give_calendar(saved: SavedList, token: str, now: datetime) -> None:
    """A new address; the one before answers no more."""
    touch(saved, now)
    saved.calendar_salt = secrets.token_hex(16)
    saved.calendar_hash = hash_of(calendar_token(saved, token))
    saved.save(update_fields=["calendar_salt", "calendar_hash"])


# --- Forgetting


def forget_unused(now: datetime, dry_run: bool) -> str:
    """A part of `run_due`: what nobody touched for 13 months."""
    unused = SavedList.objects.unused(now)
    if dry_run:
        return f"{unused.count()} unused for 13 months to delete"
    with transaction.atomic():
        SavedItem.objects.filter(list__in=unused).delete()
        count, _by_model = unused.delete()
    return f"{count} unused for 13 months deleted"
