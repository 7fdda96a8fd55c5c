"""What is forgotten, who is asked again, and whether all was sent that should have been."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from opportunities.instants import months_from
from opportunities.models import Alert, Mail, Outbox, SignUp, Subscriber, Token

from .criteria import read_again
from .digest import items_followed
from .matching import is_full, unseen
from .outbox import make_mail

ASKED_AFTER_MONTHS, MONTHS_TO_ANSWER = 12, 1
ROWS_KEPT = timedelta(days=35)
TOKENS_KEPT = timedelta(days=30)
LATE_AFTER = timedelta(hours=36)


def forget_and_ask(now: datetime) -> str:
    forgotten = forget(now)
    return f"asked again {ask_again(now)}, forgotten {forgotten}"


def forget(now: datetime) -> int:
    """Unconfirmed after seven days, no longer wanted a month after the question, old traces. How many
    alerts and subscribers went."""
    SignUp.objects.filter(at__lte=now - timedelta(days=1)).delete()
    Token.objects.filter(until__lte=now - TOKENS_KEPT).delete()
    Outbox.objects.filter(kind="match", mail__done_at__lte=now - ROWS_KEPT).delete()
    told = Mail.objects.exclude(purpose=Mail.Purpose.RENEW)
    told.filter(rows=None, done_at__lte=now - ROWS_KEPT).delete()
    waited = now - timedelta(days=settings.ALERT_UNCONFIRMED_DAYS)
    with transaction.atomic():
        unconfirmed = Alert.objects.filter(confirmed_at=None, asked_at__lte=waited)
        gone = unconfirmed.count()
        unconfirmed.delete()
        ids = list(Subscriber.objects.filter(Q(alerts=None) | Q(pk__in=silent(now))).values("pk"))
        gone += len(ids)
        Subscriber.objects.filter(pk__in=[row["pk"] for row in ids]).delete()
    return gone


def silent(now: datetime):
    """Asked a month ago and not heard of since."""
    asked = renewals().filter(made_at__lte=months_ago(now, MONTHS_TO_ANSWER))
    return asked.values("subscriber")


def renewals():
    """Questions that nobody answered yet."""
    unanswered = Mail.objects.filter(made_at__gt=F("subscriber__wanted_at"))
    return unanswered.filter(purpose=Mail.Purpose.RENEW)


def ask_again(now: datetime) -> int:
    """Once, after twelve months."""
    old = Subscriber.objects.filter(wanted_at__lte=months_ago(now, ASKED_AFTER_MONTHS))
    count = 0
    for subscriber in old.exclude(pk__in=renewals().values("subscriber")):
        with transaction.atomic():
            held = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
            if held and not renewals().filter(subscriber=held).exists():
                make_mail(held, Mail.Purpose.RENEW, now)
                count += 1
    return count


def months_ago(now: datetime, months: int) -> datetime:
    return datetime.combine(months_from(now.date(), -months), now.timetz())


# --- What should have been sent, against what was


def differences(now: datetime) -> Iterator[str]:
    """For each alert that was looked after today: what it finds now and nobody wrote down. And what
    was written down and nobody accepted for a day and a half."""
    looked = Subscriber.objects.filter(looked_on=now.date())
    for subscriber in looked.iterator():
        for alert in subscriber.alerts.confirmed():
            if missing := missing_of(alert, now):
                yield f"alert {alert.pk}: {missing} not written down"
    for mail in Mail.objects.filter(done_at=None, made_at__lte=now - LATE_AFTER):
        yield f"mail {mail.pk}: not accepted after {mail.tries} tries"


def missing_of(alert: Alert, now: datetime) -> int:
    if alert.looked_on != now.date():
        return 0
    if alert.opportunity_id:
        told = set(alert.outbox.values_list("opportunity", "kind"))
        return len(set(items_followed(alert, now)) - told)
    mailed = alert.outbox.filter(kind="match", mail__made_at__date=alert.looked_on)
    if is_full(mailed.count()):
        return 0  # the rest waits for the next mail
    filter = read_again(alert.asked, now)
    return len(unseen(alert, filter.query, now)) if filter else 0
