"""Asking for an alert, confirming it, changing it, stopping it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opportunities.filters import Query
from opportunities.models import Alert, Mail, Opportunity, Subscriber, Token

from . import limits
from .criteria import storable
from .matching import seen_now
from .outbox import make_mail

MOST_ALERTS = 20
"""An address has so many; who asks for more is told on the page that lists them."""


@dataclass(frozen=True)
class Wish:
    """On a query, or on an opportunity: `about` says then what of it."""

    query: Query | None = None
    how_often: str = Alert.HowOften.DAILY
    opportunity: Opportunity | None = None
    about: tuple[str, ...] = ()


def ask(wish: Wish, email: str, language: str, network: str, now: datetime) -> None:
    """The same for an address known and unknown. Raises limits.TooMany."""
    with transaction.atomic():
        limits.refuse_flood(network, now)
        subscriber = held_subscriber(email.lower(), language, now)
        remember(subscriber, wish, now)
        may_mail = limits.may_mail(email, subscriber.pending_since, now)
        if may_mail:
            make_mail(subscriber, Mail.Purpose.CONFIRM, now)
            Subscriber.objects.filter(pk=subscriber.pk).update(pending_since=now)
        limits.note(network, email, now, is_mailed=may_mail)


def held_subscriber(email: str, language: str, now: datetime) -> Subscriber:
    """Held until the transaction ends: of a thousand who ask at once each sees the one before."""
    Subscriber.objects.get_or_create(
        email=email, defaults={"language": language, "created_at": now}
    )
    return Subscriber.objects.select_for_update().get(email=email)


def remember(subscriber: Subscriber, wish: Wish, now: datetime) -> None:
    """What is confirmed already stays as it is: whoever asks has not shown that it is theirs."""
    key = key_of(wish)
    known = Alert.objects.filter(subscriber=subscriber, **key).first()
    if known is None:
        if subscriber.alerts.count() < MOST_ALERTS:
            Alert.objects.create(subscriber=subscriber, **key, **terms_of(wish, now))
    elif known.confirmed_at is None:
        Alert.objects.filter(pk=known.pk, confirmed_at=None).update(**terms_of(wish, now))


def key_of(wish: Wish) -> dict:
    if wish.opportunity:
        return {"opportunity": wish.opportunity}
    return {"opportunity": None, "asked": storable(wish.query)}


def terms_of(wish: Wish, now: datetime) -> dict:
    if wish.opportunity:
        stage = wish.opportunity.stage_at(now).value
        return {"about": wish.about, "stage_then": stage, "asked_at": now}
    return {"how_often": wish.how_often, "seen": seen_now(wish.query, now), "asked_at": now}


def confirm(token: Token, chosen: Collection[int], now: datetime) -> int:
    """The alerts chosen of those that wait begin; the others are forgotten. How many began."""
    subscriber = token.subscriber
    with transaction.atomic():
        Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        waiting = subscriber.alerts.pending(now)
        began = waiting.filter(pk__in=chosen).update(confirmed_at=now, looked_on=now.date())
        subscriber.alerts.filter(confirmed_at=None).delete()
        Token.objects.filter(pk=token.pk).update(used_at=now)
        Subscriber.objects.filter(pk=subscriber.pk).update(pending_since=None, wanted_at=now)
        forget_if_idle(subscriber)
    return began


def change(subscriber: Subscriber, alert_id: int, how_often: str) -> None:
    if how_often in Alert.HowOften.values:
        subscriber.alerts.filter(pk=alert_id, opportunity=None).update(how_often=how_often)


def stop_one(subscriber: Subscriber, alert_id: int) -> None:
    with transaction.atomic():
        subscriber.alerts.filter(pk=alert_id).delete()
        forget_if_idle(subscriber)


def stop_all(subscriber: Subscriber) -> None:
    """The address itself is forgotten too."""
    Subscriber.objects.filter(pk=subscriber.pk).delete()


def forget_if_idle(subscriber: Subscriber) -> None:
    if not subscriber.alerts.exists():
        stop_all(subscriber)


def keep(token: Token, now: datetime) -> None:
    """Still wanted."""
    Subscriber.objects.filter(pk=token.subscriber_id).update(wanted_at=now)
    Token.objects.filter(pk=token.pk).update(used_at=now)
