"""Dates of opportunities as iCalendar (RFC 5545): one event for each thing that falls on a day.

A stated time in a stated zone is an instant in UTC, the official time said in words. All else is an
all-day date without a zone, the same day east and west. UIDs never change; SEQUENCE is the number of
recorded changes, so it rises with each. Announced and lapsed offers and rolling ones give nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.models import EditorialStatus

from . import wording
from .cards import Card
from .choices import Application, Stage
from .fit import is_for
from .models import Deadline, Opportunity

ALARM_DAYS = (7, 1)
REFRESH = timedelta(hours=12)
SHOWN = {Stage.UPCOMING, Stage.OPEN, Stage.CLOSED, Stage.CANCELLED}

When = date | datetime


@dataclass(frozen=True)
class Dated:
    """One event to be. `key` is of its UID; `end` is exclusive; `alarms` are as TRIGGER takes them."""

    key: str
    title: str
    start: When
    end: When
    said: list[str] = field(default_factory=list)
    alarms: list[timedelta | datetime] = field(default_factory=list)
    is_cancelled: bool = False


def calendar_of(
    opportunities: Iterable[Opportunity],
    *,
    name: str,
    now: datetime,
    nationalities: frozenset[str] = frozenset(),
) -> bytes:
    """A calendar of what `for_taking` loaded. Public ones show as their page does, withdrawn ones
    as cancelled with the reason and no other word; nothing else shows, whoever hands it in. With
    nationalities, deadlines that are for others are left out."""
    # Its import takes more than half a second, which no other page should wait for.
    from icalendar import Calendar, vText  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", f"-//Serai//{host()}//{get_language().upper()}")
    calendar.add("version", "2.0")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(wording.one_line(name)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for item in opportunities:
        for dated in dates_of(item, now, nationalities):
            calendar.add_component(event_of(item, dated))
    if not calendar.subcomponents:  # a calendar has at least one component (RFC 5545 §3.6)
        calendar.add_component(utc())
    return calendar.to_ical()


def dates_of(item: Opportunity, now: datetime, nationalities: frozenset[str]) -> list[Dated]:
    if item.status == EditorialStatus.WITHDRAWN:
        return withdrawn_dates(item)
    card = Card(item, now)
    if not (item.is_visible and item.official_calls and card.stage in SHOWN):
        return []
    if item.application == Application.NOT_NEEDED:
        return [whole_span(card)]
    theirs = [
        one for one in item.deadlines.all() if not nationalities or is_for(one, nationalities)
    ]
    dates = [deadline_date(deadline, card) for deadline in theirs]
    return [opening_date(card), *dates] if card.stage == Stage.UPCOMING and dates else dates


# --- What falls on a day


def deadline_date(deadline: Deadline, card: Card) -> Dated:
    if deadline.is_exact:
        start, end = deadline.closes_at - timedelta(minutes=1), deadline.closes_at
    else:
        start, end = deadline.on, deadline.on + timedelta(days=1)
    before = [timedelta(days=days) for days in ALARM_DAYS]
    return dated(
        card,
        key=deadline_key(deadline),
        title=_("Deadline: %(title)s"),
        start=start,
        end=end,
        said=deadline_words(deadline),
        alarms=[-lead if deadline.zone else deadline.remind_by - lead for lead in before],
    )


def deadline_words(deadline: Deadline) -> list[str]:
    said = [f"{wording.day(deadline.on)}, {wording.deadline_time(deadline)}"]
    if not deadline.zone:
        said.append(_("No time zone is stated: you are reminded as if it were the earliest one."))
    countries = wording.listed(country.name for country in deadline.countries.all())
    if countries:
        said.append(_("for nationals of %(countries)s") % {"countries": countries})
    return [*said, deadline.channel, deadline.for_whom]


def opening_date(card: Card) -> Dated:
    return dated(
        card,
        key=opening_key(card.item),
        title=_("Opens: %(title)s"),
        start=card.item.opens_on,
        end=card.item.opens_on + timedelta(days=1),
        said=[_("opens on %(date)s") % {"date": wording.day(card.item.opens_on)}],
        alarms=[timedelta(days=-1)],
    )


def whole_span(card: Card) -> Dated:
    """What one need not apply for is there from its first day to its last."""
    return dated(
        card,
        key=span_key(card.item),
        title="%(title)s",
        start=card.item.starts_on or card.item.ends_on,
        end=card.item.ends_on + timedelta(days=1),
        said=[
            _("until %(date)s, no application needed") % {"date": wording.day(card.item.ends_on)}
        ],
        alarms=[timedelta(days=-days) for days in ALARM_DAYS],
    )


def dated(card: Card, *, title: str, said: list[str], alarms: list, **when) -> Dated:
    is_cancelled = card.stage == Stage.CANCELLED
    return Dated(
        title=wording.in_example(card.item, title % {"title": card.words.title}),
        said=[*said, *about(card)],
        alarms=[] if is_cancelled else alarms,
        is_cancelled=is_cancelled,
        **when,
    )


def about(card: Card) -> list[str]:
    item = card.item
    made_up = _("This is an example, made up to show how Serai works. Nobody can apply for it.")
    return [
        f"{card.stage.label}, {card.voice}",
        made_up if item.is_example else "",
        _("Official page: %(address)s") % {"address": item.official_page},
        _("Where this comes from: %(address)s") % {"address": page_url(item)},
    ]


def withdrawn_dates(item: Opportunity) -> list[Dated]:
    """What calendars may hold of it, on the day it was withdrawn: it says what the page that
    answers 410 says, and neither title nor date."""
    taken = [c.at for c in item.changes.all() if c.after == EditorialStatus.WITHDRAWN]
    day = max(taken, default=item.changed_at).astimezone(UTC).date()
    return [
        Dated(
            key=key,
            title=_("This was withdrawn"),
            start=day,
            end=day + timedelta(days=1),
            said=[_("The reason given:"), item.withdrawn_because, page_url(item)],
            is_cancelled=True,
        )
        for key in keys_of(item)
    ]


# --- Its names


def keys_of(item: Opportunity) -> list[str]:
    """Of every event that a calendar may hold of it."""
    if not item.official_calls:
        return []
    if item.application == Application.NOT_NEEDED:
        return [span_key(item)]
    keys = [deadline_key(deadline) for deadline in item.deadlines.all()]
    return [opening_key(item), *keys] if item.opens_on and keys else keys


def deadline_key(deadline: Deadline) -> str:
    return f"deadline-{deadline.pk}"


def opening_key(item: Opportunity) -> str:
    return f"opening-{item.pk}"


def span_key(item: Opportunity) -> str:
    return f"dates-{item.pk}"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname


def page_url(item: Opportunity) -> str:
    return settings.SITE_URL + item.get_absolute_url()


# --- As iCalendar writes it


def event_of(item: Opportunity, dated: Dated):
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{dated.key}@{host()}")
    event.add("sequence", len(item.changes.all()))
    event.add("dtstamp", item.changed_at)
    event.add("last-modified", item.changed_at)
    event.add("dtstart", dated.start)
    event.add("dtend", dated.end)
    event.add("summary", wording.one_line(dated.title))
    event.add("description", "\n".join(filter(None, map(wording.one_line, dated.said))))
    event.add("url", page_url(item))
    event.add("status", "CANCELLED" if dated.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for trigger in dated.alarms:
        event.add_component(alarm_of(trigger, event["summary"]))
    return event


def alarm_of(trigger: timedelta | datetime, text: str):
    from icalendar import Alarm  # noqa: PLC0415 - as above

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    is_instant = isinstance(trigger, datetime)
    alarm.add("trigger", trigger, parameters={"VALUE": "DATE-TIME"} if is_instant else {})
    return alarm


def utc():
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415 - as above

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a zone's own clock
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone
