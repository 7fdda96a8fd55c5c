"""Where days stand on a time line."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from opportunities.time_lines import MOST_TICKS, Span

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def percent(x: str) -> float:
    assert x.endswith("%")
    return float(x[:-1])


@given(days=st.lists(DAYS, min_size=1, max_size=9))
def test_every_day_and_tick_is_on_the_picture_in_the_order_of_time(days):
    span = Span.of(days)
    places = [percent(span.x(day)) for day in sorted(days)]
    assert places == sorted(places)
    assert 5 <= places[0] <= places[-1] <= 95
    ticks = [percent(tick.x) for tick in span.ticks]
    assert len(ticks) <= MOST_TICKS
    assert ticks == sorted(ticks)
    assert all(5 <= x <= 95 for x in ticks)


@given(day=DAYS)
def test_right_to_left_is_mirrored(day):
    span = Span(date(2026, 1, 1), date(2027, 1, 1))
    with override("ar"):
        mirrored = percent(span.x(day))
    assert percent(span.x(day)) + mirrored == pytest.approx(100, abs=0.11)


def test_one_day_alone_still_has_a_length():
    day = date(2026, 11, 23)
    span = Span.of([day])
    assert span.last - span.first == timedelta(days=30)
    assert [tick.label for tick in span.ticks] == ["Dec 2026"]


def test_ticks_name_a_year_once():
    span = Span(date(2026, 11, 15), date(2027, 3, 2))
    assert [tick.label for tick in span.ticks] == ["Dec 2026", "Jan 2027", "Feb", "Mar"]
    span = Span(date(2024, 2, 1), date(2027, 3, 2))
    assert [tick.label for tick in span.ticks] == ["Jan 2025", "Jan 2026", "Jan 2027"]
