from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities import instants
from opportunities.validators import validate_zone

DAYS = st.dates(date(2020, 1, 1), date(2037, 12, 31))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
STATED_ZONES = st.sampled_from(sorted(instants.zones()))
ZONES = st.just("") | STATED_ZONES


@pytest.mark.parametrize(
    ("on", "at", "zone", "expected"),
    [
        ("2026-12-15", "17:00", "Asia/Almaty", "2026-12-15T12:01Z"),
        ("2026-12-15", "", "Asia/Almaty", "2026-12-15T19:00Z"),
        ("2026-12-15", "17:00", "", "2026-12-16T05:01Z"),
        ("2026-12-15", "", "", "2026-12-16T12:00Z"),
        ("2026-12-15", "23:59", "UTC", "2026-12-16T00:00Z"),
        ("2026-12-31", "", "UTC", "2027-01-01T00:00Z"),
        ("2026-10-25", "02:30", "Europe/Paris", "2026-10-25T01:31Z"),
        ("2027-03-28", "02:30", "Europe/Paris", "2027-03-28T01:31Z"),
    ],
)
def test_closes_at_is(on, at, zone, expected):
    at = time.fromisoformat(at) if at else None
    closes_at = instants.closes_at(date.fromisoformat(on), at, zone)
    assert closes_at == datetime.fromisoformat(expected)
    assert closes_at.tzinfo == UTC


@pytest.mark.parametrize(
    ("on", "zone", "expected"),
    [
        ("2026-12-01", "", "2026-12-01T00:00Z"),
        ("2026-12-01", "Asia/Almaty", "2026-11-30T19:00Z"),
        ("2026-12-01", "Etc/GMT+12", "2026-12-01T12:00Z"),
        ("2027-04-30", "Africa/Cairo", "2027-04-29T22:00Z"),  # 00:00 jumps to 01:00
        ("2026-11-01", "America/Havana", "2026-11-01T04:00Z"),  # 00:00 comes twice
    ],
)
def test_opens_at_is(on, zone, expected):
    assert instants.opens_at(date.fromisoformat(on), zone) == datetime.fromisoformat(expected)


@given(DAYS, STATED_ZONES)
def test_opens_at_is_the_first_instant_of_the_day_in_its_zone(on, zone):
    opens_at = instants.opens_at(on, zone)
    assert opens_at.astimezone(ZoneInfo(zone)).date() == on
    assert (opens_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < on


@given(DAYS, STATED_ZONES)
def test_ends_at_is_past_the_whole_day_in_its_zone(on, zone):
    ends_at = instants.ends_at(on, zone)
    assert ends_at.astimezone(ZoneInfo(zone)).date() == on + timedelta(days=1)
    assert instants.opens_at(on, zone) < ends_at
    assert ends_at - instants.opens_at(on, zone) <= timedelta(hours=26)


@given(DAYS, TIMES, ZONES)
def test_closes_at_with_a_time_is_within_the_day_and_after_the_minute(on, at, zone):
    closes_at = instants.closes_at(on, at, zone)
    wall = datetime.combine(on, at, ZoneInfo(zone) if zone else instants.ANYWHERE_ON_EARTH)
    assert wall < closes_at <= instants.closes_at(on, None, zone) + timedelta(hours=1)
    assert closes_at.second == closes_at.microsecond == 0


@given(DAYS, st.none() | TIMES, STATED_ZONES)
def test_nowhere_does_a_deadline_without_zone_close_earlier(on, at, zone):
    assert instants.closes_at(on, at, zone) <= instants.closes_at(on, at, "")


@given(DAYS, DAYS, ZONES)
def test_later_days_open_and_end_later(one, other, zone):
    for instant in (instants.opens_at, instants.ends_at):
        assert (one < other) == (instant(one, zone) < instant(other, zone))


@pytest.mark.parametrize("name", ["UTC", "Asia/Almaty", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_zone_is_known(name):
    validate_zone(name)


@pytest.mark.parametrize(
    "name",
    ["Asia/Nowhere", "asia/almaty", "+05:00", "localtime", "Factory", "../../etc/passwd", " UTC"],
)
def test_zone_is_refused(name):
    with pytest.raises(Exception, match="not a time zone") as refused:
        validate_zone(name)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 23), 13, date(2027, 12, 23)),
        (date(2026, 11, 23), -13, date(2025, 10, 23)),
        (date(2026, 1, 31), 13, date(2027, 2, 28)),
        (date(2027, 3, 31), -13, date(2026, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day, months, then):
    assert instants.months_from(day, months) == then
