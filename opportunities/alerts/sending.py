"""`send_alerts`: what is due is written down, then sent. Several at once never mail twice."""

import logging
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone

from opportunities.models import Mail, Subscriber

from . import upkeep
from .digest import advance, due_subscribers, make_digest
from .emails import message_of
from .outbox import claim, try_later, waiting

log = logging.getLogger(__name__)
AT_A_TIME = 100
FAILURES_IN_A_ROW = 25
"""Then the mail server is away, and what is left waits for the next run."""


@dataclass
class Tally:
    made: int = 0
    sent: int = 0
    refused: int = 0
    dropped: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{f.name} {getattr(self, f.name)}" for f in fields(self))


def send_alerts(now: datetime, dry_run: bool = False, clock: Callable = timezone.now) -> str:
    """`clock` tells the time of each claim: a run may take long."""
    if dry_run:
        return what_would_happen(now)
    kept = upkeep.forget_and_ask(now)
    tally = Tally(made=sum(is_made(one, now) for one in due_one_by_one(now)))
    send_waiting(tally, clock)
    return f"{tally}; {kept}"


def is_made(subscriber: Subscriber, now: datetime) -> bool:
    """One digest that breaks keeps nobody else's back."""
    try:
        return make_digest(subscriber, now) is not None
    except Exception:  # whatever it breaks on; nothing of it is written, so it is tried again
        log.exception("No digest could be made for %s", subscriber)
        return False


def what_would_happen(now: datetime) -> str:
    """Digests are made, counted and thrown away."""
    with transaction.atomic():
        kept = upkeep.forget_and_ask(now)
        for subscriber in due_subscribers(now):
            make_digest(subscriber, now)
        count = waiting(now).count()
        transaction.set_rollback(True)
    return f"to send {count}; {kept}"


def due_one_by_one(now: datetime) -> Iterator[Subscriber]:
    ids = list(due_subscribers(now).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_A_TIME):
        yield from Subscriber.objects.filter(pk__in=ids[start : start + AT_A_TIME]).order_by("pk")


def send_waiting(tally: Tally, clock: Callable[[], datetime]) -> None:
    """One connection for all, made again after a failure."""
    connection, in_a_row = django_mail.get_connection(), 0
    try:
        for mail_id in waiting_one_by_one(clock):
            mail = claim(mail_id, clock())
            if mail is None:
                continue
            what = send_one(mail, connection, clock)
            setattr(tally, what, getattr(tally, what) + 1)
            in_a_row = in_a_row + 1 if what == "refused" else 0
            if in_a_row >= FAILURES_IN_A_ROW:
                log.error("The mail server refused %s mails in a row; the rest waits.", in_a_row)
                return
    finally:
        close(connection)


def waiting_one_by_one(clock: Callable[[], datetime]) -> Iterator[int]:
    """Each at most once a run; what comes meanwhile is for the next."""
    ids = list(waiting(clock()).values_list("pk", flat=True))
    yield from ids


def send_one(mail: Mail, connection, clock: Callable[[], datetime]) -> str:
    """“sent”, “refused” or “dropped”. Of what goes wrong the log names the kind: its words may hold
    an address."""
    try:
        message = message_of(mail, clock())
        if message is not None:
            connection.open()
            connection.send_messages([message])
    except Exception as error:  # the server's words or our own mistake: the others still go out
        close(connection)
        try_later(mail, clock())
        log.warning("Mail %s was not taken: %s", mail.pk, kind_of(error))
        return "refused"
    if message is None:
        finish(mail, clock())
        return "dropped"
    finish(mail, clock(), is_sent=True)
    return "sent"


def finish(mail: Mail, now: datetime, *, is_sent: bool = False) -> None:
    with transaction.atomic():
        if is_sent:
            advance(mail)
        Mail.objects.filter(pk=mail.pk).update(done_at=now, claimed_until=None)


def kind_of(error: Exception) -> str:
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def close(connection) -> None:
    """A server that is gone refuses even this."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        connection.connection = None
