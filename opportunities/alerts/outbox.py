"""Mails to be sent: made in one transaction with what they tell, claimed by one worker, tried until
they are accepted."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from opportunities.models import Mail, Subscriber

LONGEST_WAIT = timedelta(hours=12)


def make_mail(subscriber: Subscriber, purpose: str, now: datetime) -> Mail:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return Mail.objects.create(
        subscriber=subscriber,
        purpose=purpose,
        message_id=f"<{uuid.uuid4().hex}@{host}>",
        made_at=now,
        try_at=now,
    )


def waiting(now: datetime | None = None):
    """Nobody is at them, and it is time to try."""
    now = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return Mail.objects.filter(free, done_at=None, try_at__lte=now)


def claim(mail_id: int, now: datetime) -> Mail | None:
    """Of several workers one gets it, for as long as the longest talk with a mail server takes."""
    until = now + timedelta(seconds=settings.ALERT_LEASE_SECONDS)
    if not waiting(now).filter(pk=mail_id).update(claimed_until=until, tries=F("tries") + 1):
        return None
    return Mail.objects.select_related("subscriber").filter(pk=mail_id).first()


def try_later(mail: Mail, now: datetime) -> None:
    """Twice as long after each refusal, half a day at most; for ever, for nothing may be lost."""
    wait = timedelta(seconds=settings.ALERT_RETRY_SECONDS) * 2 ** min(mail.tries - 1, 20)
    try_at = now + min(wait, LONGEST_WAIT)
    Mail.objects.filter(pk=mail.pk, done_at=None).update(try_at=try_at, claimed_until=None)


def give_back(mails: Iterable[int]) -> None:
    Mail.objects.filter(pk__in=mails, done_at=None).update(claimed_until=None)
