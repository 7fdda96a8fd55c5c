"""Ages over bitmaps: what turns with the clock, and what no calendar holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.eligibility.ages import age_on
from opportunities.filters import Query
from opportunities.search.ages import birthday
from opportunities.search.answer import answer
from opportunities.search.brute import answer_by_comparing
from opportunities.search.moment import clock
from opportunities.search.terms import born_by
from tests.factories import (
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityFactory,
)
from tests.indexing import follower

EVERY = frozenset({"all"})


def total(now, **asked) -> int:
    found = answer(Query(stage=EVERY, **asked), now)
    assert found.total == answer_by_comparing(Query(stage=EVERY, **asked), now).total, (now, asked)
    return found.total


def aged(lowest=None, highest=None, on=None, **kwargs):
    item = OpportunityFactory(published=True, **kwargs)
    EligibilityRuleFactory(
        opportunity=item, kind="age", text="", age_min=lowest, age_max=highest, age_on=on,
        age_reference="date" if on else "deadline",
    )  # fmt: skip
    return item


@pytest.mark.parametrize("born", [date(2000, 2, 28), date(2000, 2, 29), date(2000, 3, 1)])
@pytest.mark.parametrize("years", [1, 4, 18, 100, 101])
def test_birthday_is_the_first_day_of_a_new_age(born, years):
    day = birthday(born, years)
    assert (age_on(day, born), age_on(day - timedelta(days=1), born)) == (years, years - 1)


@pytest.mark.parametrize("on", [date(2027, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
@pytest.mark.parametrize("years", [1, 4, 18, 101])
def test_last_day_of_birth_is_the_last_that_is_old_enough(on, years):
    born = born_by(on, years)
    assert (age_on(on, born), age_on(on, born + timedelta(days=1))) == (years, years - 1)


@pytest.mark.django_db
@pytest.mark.parametrize("on", [None, date(2026, 12, 1)])
def test_ages_beyond_any_calendar_are_answered(now, on):
    """The column holds up to 32 767: as a lowest age nobody meets it, as a highest everybody."""
    for item in (aged(lowest=32_767, on=on), aged(highest=32_767, on=on)):
        DeadlineFactory(opportunity=item, on=date(2026, 12, 15))
    follower.bring_up()
    results = answer(Query(stage=EVERY, age=120), now)
    assert (results.total, results.refused_by) == (1, {"age": 1})
    assert total(now, age=1) == 1


@pytest.mark.django_db
def test_answer_turns_when_the_day_does_somewhere():
    """Who says 17 is it on their own calendar: at 10:00 UTC somebody's next day begins, at 12:00 the
    last day before ends. One worker is asked hour by hour."""
    aged(lowest=18, on=date(2026, 11, 23))
    aged(highest=17, on=date(2027, 11, 23))
    follower.bring_up()
    hours = [datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in range(24)]
    assert [total(hour, age=17) for hour in hours] == [1] * 10 + [2] * 2 + [1] * 12


@pytest.mark.django_db
def test_age_counts_on_deadlines_to_come_only(now):
    """To the very minute at which the last one passes: then the day that counts is not known."""
    item = aged(highest=20)
    last = DeadlineFactory(opportunity=item, on=date(2026, 11, 23), zone="UTC")
    follower.bring_up()
    assert total(last.closes_at - timedelta(seconds=1), age=30) == 0
    assert total(last.closes_at, age=30) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("nationals", [[], ["KZ"]])
def test_those_judged_one_by_one_cost_the_same_questions_however_many(now, nationals):
    """A deadline today, on which somebody of 21 may be 21 or not yet be 22."""
    CountryFactory(iso2="KZ")

    def cost(rows: int) -> int:
        for _ in range(rows):
            item = aged(lowest=22, highest=22)
            deadline = DeadlineFactory(opportunity=item, on=date(2026, 11, 24), zone="UTC")
            deadline.countries.set(nationals)
        follower.bring_up()
        clock.forget()
        query = Query(stage=EVERY, age=21, nationality=frozenset({"KZ"}))
        with CaptureQueriesContext(connection) as asked:
            results = answer(query, now)
        assert results == replace(
            answer_by_comparing(query, now), until=results.until, stamp=results.stamp
        )
        return len(asked)

    assert cost(2) == cost(4)
