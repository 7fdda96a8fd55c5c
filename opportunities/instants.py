"""Dates as a source states them → instants. Pure.

Ends are exclusive: something has passed when now ≥ its instant. Where a wall clock shows a time
twice (the end of summer time), beginnings take the earlier reading and ends the later one; where it
shows it never, both take the later: the day begins when the clock jumps past its midnight.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

ANYWHERE_ON_EARTH = timezone(timedelta(hours=-12))
FIRST_ON_EARTH = timezone(timedelta(hours=14))
MIDNIGHT = time(0)


def opens_at(opens_on: date, zone: str) -> datetime:
    """00:00 of the day in its zone, else in UTC."""
    return readings(opens_on, MIDNIGHT, ZoneInfo(zone) if zone else UTC)[0]


def ends_at(ends_on: date, zone: str) -> datetime:
    """The midnight that ends the day in its zone, else the last on earth."""
    return closes_at(ends_on, None, zone)


def closes_at(
    on: date, at: time | None, zone: str, without_zone: tzinfo = ANYWHERE_ON_EARTH
) -> datetime:
    """The end of the minute stated, or of the day where no time is; without a zone, on UTC−12."""
    tz = ZoneInfo(zone) if zone else without_zone
    if at is None:
        return max(readings(on + timedelta(days=1), MIDNIGHT, tz))
    return max(readings(on, at.replace(second=0, microsecond=0), tz)) + timedelta(minutes=1)


def remind_by(on: date, at: time | None, zone: str) -> datetime:
    """The same as reminders count to it: who names no zone may mean the earliest, UTC+14."""
    return closes_at(on, at, zone, without_zone=FIRST_ON_EARTH)


def readings(on: date, at: time, tz) -> tuple[datetime, datetime]:
    """Both UTC readings of a wall-clock time; the same twice but around a change of the clock.

    The first is the earlier of a time shown twice, and the later of a time never shown (PEP 495).
    """
    wall = datetime.combine(on, at, tzinfo=tz)
    return wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def months_from(day: date, months: int) -> date:
    """The same day so many months later (earlier where negative), or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_day_at(now: datetime, tz: tzinfo) -> datetime:
    """The first instant after `now` at which the date in a zone is a later one."""
    today = now.astimezone(tz).date()
    midnights = readings(today + timedelta(days=1), MIDNIGHT, tz)
    return next(at for at in sorted(midnights) if at.astimezone(tz).date() > today)


@cache
def zones() -> frozenset[str]:
    """The names of the tz database, without what depends on the machine."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def is_zone(name: str) -> bool:
    return name in zones()
