"""Facts in the reader's words."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from opportunities import wording
from opportunities.models import Deadline, Opportunity

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "amounts", "currency", "period", "words"),
    [
        ("en", ("500", "700"), "EUR", "month", "€500–€700 a month"),
        ("fr", ("500", "700"), "EUR", "month", "500 €–700 € par mois"),
        ("en", ("500", "500"), "EUR", "", "€500"),
        ("en", ("12.5", None), "USD", "", "from $12.50"),
        ("en", (None, "1500000"), "XOF", "once", "up to F CFA 1,500,000 once"),
        ("en", (None, None), "", "month", ""),
    ],
)
def test_amount_reads_as_the_language_writes_it(language, amounts, currency, period, words):
    low, high = (Decimal(a) if a else None for a in amounts)
    item = Opportunity(amount_min=low, amount_max=high, currency=currency, amount_period=period)
    with translation.override(language):
        assert wording.amount(item).replace("\u202f", " ").replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("on", "zone", "now", "words"),
    [
        (date(2026, 12, 5), "", NOW, "in 12 days"),
        (date(2026, 12, 7), "UTC", NOW, "in 14 days"),
        (date(2026, 11, 24), "UTC", NOW, "tomorrow"),
        (date(2026, 11, 23), "UTC", NOW, "today"),
        (date(2026, 11, 22), "UTC", NOW, "passed"),
        (date(2026, 11, 22), "", NOW - timedelta(seconds=1), "today"),
        (date(2026, 11, 22), "", NOW, "passed"),
        (date(2026, 11, 24), "Asia/Tokyo", datetime(2026, 11, 23, 15, tzinfo=UTC), "today"),
    ],
)
def test_days_left_are_calendar_days_in_the_zone_of_the_deadline(on, zone, now, words):
    deadline = Deadline(on=on, zone=zone)
    deadline.derive_instants()
    assert wording.days_left(deadline, now) == words


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("kind", "festival", "Festival"),
        ("opens_on", "2026-12-15", "15 December 2026"),
        ("deadline", "2026-12-15 17:00", "15 December 2026, 17:00"),
        (
            "deadline",
            "2026-12-15 · Asia/Almaty · online",
            "15 December 2026 · Asia/Almaty · online",
        ),
        ("title", "Grants", "Grants"),
    ],
)
def test_value_of_a_fact_reads_as_the_reader_writes_it(fact, value, words):
    assert wording.fact_value(fact, value) == words


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (time(17), "Asia/Almaty", "17:00 (Asia/Almaty, UTC+5)"),
        (time(17), "Asia/Kathmandu", "17:00 (Asia/Kathmandu, UTC+5:45)"),
        (time(17), "America/St_Johns", "17:00 (America/St Johns, UTC−3:30)"),
        (time(17), "", "17:00, time zone not stated"),
        (None, "Europe/Paris", "end of the day (Europe/Paris, UTC+1)"),
        (None, "", "time not stated"),
    ],
)
def test_deadline_time_names_its_official_zone(at, zone, words):
    deadline = Deadline(on=date(2026, 12, 15), at=at, zone=zone)
    deadline.derive_instants()
    assert wording.deadline_time(deadline) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [("2013", "2013"), ("2013-09", "September 2013"), ("2013-09-07", "7 September 2013")],
)
def test_partial_date_is_as_exact_as_it_was_said(said, words):
    assert wording.partial_date(said) == words
