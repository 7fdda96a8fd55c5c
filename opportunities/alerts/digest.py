"""What one subscriber is to be told today: found, written down once, and read again for the mail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from opportunities import wording
from opportunities.cards import Card
from opportunities.choices import Stage
from opportunities.filters import Query
from opportunities.models import (
    Alert,
    Deadline,
    Mail,
    Opportunity,
    OpportunityChange,
    Outbox,
    Subscriber,
)
from opportunities.pages.changes import ChangeLine

from .criteria import read_again
from .matching import is_full, new_matches, seen_by, unseen
from .outbox import make_mail

DAYS_AHEAD = (14, 7, 1)
EARLIEST_ON_EARTH = timezone(timedelta(hours=14))
UNTOLD = {"status", "verified_on", "source", "address", "text", "organisation"}
"""Lines of the record that change nothing for who wants to apply."""

Item = tuple[int | None, str]
"""An opportunity's key, or None, and the kind of the outbox row."""


# --- Finding it


def make_digest(subscriber: Subscriber, now: datetime) -> Mail | None:
    """Once a UTC day, by one worker: whoever moves `looked_on` first."""
    today = now.date()
    with transaction.atomic():
        not_looked = Q(looked_on=None) | Q(looked_on__lt=today)
        mine = Subscriber.objects.filter(not_looked, pk=subscriber.pk)
        if not mine.update(looked_on=today):
            return None
        found = {alert: items_of(alert, now) for alert in due_alerts(subscriber, now)}
        Alert.objects.filter(pk__in=[alert.pk for alert in found]).update(looked_on=today)
        return write_down(subscriber, found, now)


def due_alerts(subscriber: Subscriber, now: datetime) -> list[Alert]:
    a_week_ago = now.date() - timedelta(days=7)
    is_due = ~Q(how_often=Alert.HowOften.WEEKLY) | Q(looked_on=None) | Q(looked_on__lte=a_week_ago)
    confirmed = subscriber.alerts.confirmed().filter(is_due)
    return list(confirmed.select_related("opportunity"))


def items_of(alert: Alert, now: datetime) -> list[Item]:
    if alert.opportunity_id:
        return list(items_followed(alert, now))
    filter = read_again(alert.asked, now)
    if filter is None:
        return [(None, "unread")]
    return [(pk, "match") for pk in new_matches(alert, filter.query, now)]


def items_followed(alert: Alert, now: datetime) -> Iterator[Item]:
    item = Opportunity.objects.visible().for_card().filter(pk=alert.opportunity_id).first()
    if item is None:
        if Opportunity.objects.withdrawn().filter(pk=alert.opportunity_id).exists():
            yield alert.opportunity_id, "withdrawn"
        return
    stage, told = item.stage_at(now), Alert.About
    if stage == Stage.CANCELLED != alert.stage_then:
        yield item.pk, "cancelled"
    if told.OPENING in alert.about and stage in {Stage.UPCOMING, Stage.OPEN} - {alert.stage_then}:
        yield item.pk, f"opening {stage.value}"
    if told.DEADLINE in alert.about and stage in {Stage.UPCOMING, Stage.OPEN}:
        yield from ((item.pk, kind) for kind in reminders(item, alert.asked_at, now))
    if told.CHANGE in alert.about:
        changes = item.changes.filter(at__gt=alert.asked_at).exclude(fact__in=UNTOLD)
        yield from ((item.pk, f"change {pk}") for pk in changes.values_list("pk", flat=True))


def reminders(item: Opportunity, asked_at: datetime, now: datetime) -> Iterator[str]:
    """Of each deadline ahead the mark that was passed last, unless it was when this was asked for."""
    for deadline in item.deadlines.all():
        mark = mark_of(deadline, now)
        if mark and mark != mark_of(deadline, asked_at):
            yield f"deadline {deadline.on.isoformat()} {mark}"


def mark_of(deadline: Deadline, now: datetime) -> int | None:
    """14, 7 or 1, whichever the days left have come down to; None before, and once it has passed."""
    if now >= deadline.closes_at:
        return None
    days = days_to(deadline, now)
    return min((mark for mark in DAYS_AHEAD if days <= mark), default=None)


def days_to(deadline: Deadline, now: datetime) -> int:
    """A missing zone is read as the first on earth to see the day (PRODUCT §2)."""
    zone: tzinfo = ZoneInfo(deadline.zone) if deadline.zone else EARLIEST_ON_EARTH
    return (deadline.on - now.astimezone(zone).date()).days


def write_down(
    subscriber: Subscriber, found: dict[Alert, list[Item]], now: datetime
) -> Mail | None:
    """What was told already is told no second time: a row is unique, whoever writes it."""
    new = [(alert, item) for alert, items in found.items() for item in untold(alert, items)]
    if not new:
        return None
    mail = make_mail(subscriber, Mail.Purpose.DIGEST, now)
    Outbox.objects.bulk_create(
        Outbox(alert=alert, opportunity_id=pk, kind=kind, mail=mail) for alert, (pk, kind) in new
    )
    return mail


def untold(alert: Alert, items: list[Item]) -> list[Item]:
    told = set(alert.outbox.values_list("opportunity", "kind"))
    return [item for item in dict.fromkeys(items) if item not in told]


# --- Once it was accepted


def advance(mail: Mail) -> None:
    """Only now it counts as told."""
    matches = mail.rows.filter(kind="match").select_related("alert")
    by_alert: dict[Alert, list[int]] = {}
    for row in matches:
        by_alert.setdefault(row.alert, []).append(row.opportunity_id)
    for alert, ids in by_alert.items():
        seen = (seen_by(alert) | BitMap(ids)).serialize()
        Alert.objects.filter(pk=alert.pk).update(seen=seen)


# --- Reading it again for the mail


@dataclass
class Section:
    """What a mail tells of one alert; cards and lines in the order of its listing."""

    alert: Alert
    query: Query | None
    rows: list[Outbox]
    cards: list[Card] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    changes: list[ChangeLine] = field(default_factory=list)
    withdrawn_because: str = ""
    """As its page says it too; nothing else of it shows."""
    to_come: BitMap = field(default_factory=BitMap)
    """Those that had no room in this mail."""

    @cached_property
    def is_unread(self) -> bool:
        return any(row.kind == "unread" for row in self.rows)

    @property
    def says_something(self) -> bool:
        return bool(self.cards or self.is_unread or self.withdrawn_because)


def sections_of(mail: Mail, now: datetime) -> list[Section]:
    """As it is now: what was hidden meanwhile is left out. One thing found twice shows once."""
    rows_of: dict[Alert, list[Outbox]] = {}
    for row in mail.rows.select_related("alert").order_by("pk"):
        rows_of.setdefault(row.alert, []).append(row)
    shown: set[int] = set()
    sections = [section_of(alert, rows, shown, now) for alert, rows in rows_of.items()]
    return [section for section in sections if section.says_something]


def section_of(alert: Alert, rows: list[Outbox], shown: set[int], now: datetime) -> Section:
    if alert.opportunity_id:
        return followed_section(alert, rows, now)
    filter = read_again(alert.asked, now)
    section = Section(alert, filter.query if filter else None, rows)
    ids = [row.opportunity_id for row in rows if row.kind == "match"]
    section.cards = cards_for([pk for pk in ids if pk not in shown], now)
    shown.update(ids)
    if filter and is_full(len(ids)):
        section.to_come = unseen(alert, filter.query, now)
    return section


def followed_section(alert: Alert, rows: list[Outbox], now: datetime) -> Section:
    section = Section(alert, None, rows)
    section.cards = cards_for([alert.opportunity_id], now)
    if section.cards:
        section.lines = list(lines_of(rows, section.cards[0]))
        section.changes = changes_of(rows)
    if not (section.lines or section.changes):
        section.cards = []  # what was to be told is no longer so
    if any(row.kind == "withdrawn" for row in rows):
        gone = Opportunity.objects.withdrawn().filter(pk=alert.opportunity_id)
        section.withdrawn_because = gone.values_list("withdrawn_because", flat=True).first() or ""
    return section


def cards_for(ids: list[int], now: datetime) -> list[Card]:
    return [Card(item, now) for item in Opportunity.objects.visible().for_listing(ids)]


def lines_of(rows: Iterable[Outbox], card: Card) -> Iterator[str]:
    """Each as true now, however long the mail had to wait."""
    if any(row.kind.startswith("opening") for row in rows) and card.until:
        yield _(": ").join([str(card.stage.label), card.until])
    if any(row.kind == "cancelled" for row in rows) and card.stage == Stage.CANCELLED:
        yield _(": ").join([str(card.stage.label), str(wording.STAGES[card.stage])])
    days = {row.kind.split()[1] for row in rows if row.kind.startswith("deadline")}
    for deadline in card.item.deadlines.all():
        if deadline.on.isoformat() in days and card.now < deadline.closes_at:
            yield deadline_line(deadline, card.now)


def deadline_line(deadline: Deadline, now: datetime) -> str:
    """“Apply by 15 December 2026, 17:00 (Asia/Almaty, UTC+5), in 7 days · online”."""
    days = max(0, days_to(deadline, now))
    left = ngettext("in %(days)s day", "in %(days)s days", days) if days else _("today")
    said = _("Apply by %(date)s, %(time)s, %(days)s") % {
        "date": wording.day(deadline.on),
        "time": wording.deadline_time(deadline),
        "days": left % {"days": days},
    }
    return " · ".join(filter(None, [said, deadline.channel, deadline.for_whom]))


def changes_of(rows: Iterable[Outbox]) -> list[ChangeLine]:
    ids = [int(row.kind.split()[1]) for row in rows if row.kind.startswith("change")]
    return [ChangeLine(change) for change in OpportunityChange.objects.filter(pk__in=ids)]


def due_subscribers(now: datetime):
    """Not looked after today, with something confirmed, and nothing still on its way."""
    if now.hour < settings.ALERT_FROM_HOUR:
        return Subscriber.objects.none()
    not_looked = Q(looked_on=None) | Q(looked_on__lt=now.date())
    confirmed = Alert.objects.confirmed().values("subscriber")
    on_their_way = Mail.objects.filter(done_at=None, purpose=Mail.Purpose.DIGEST)
    found = Subscriber.objects.filter(not_looked, pk__in=confirmed)
    return found.exclude(pk__in=on_their_way.values("subscriber")).order_by("pk")
