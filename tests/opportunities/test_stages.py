"""The stage rule and its twin in SQL, held against one table and against each other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opportunities import stages
from opportunities.choices import Application, Fact, Stage
from opportunities.models import Opportunity

from .stage_cases import CASES, NOON, C, D, Row, called, moment, news, promised

pytestmark = pytest.mark.django_db


def answers(row: Opportunity, now: datetime) -> set[str]:
    """What the rule says of one row, and what its twin does."""
    rows = Opportunity.objects.filter(pk=row.pk)
    return {rows.for_card().get().stage_at(now), rows.with_stage(now).get().stage}


@pytest.mark.parametrize(
    ("row", "now", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_stage_is(row, now, expected):
    row.create()
    assert Opportunity.objects.for_card().get().stage_at(moment(now)) == expected
    assert Opportunity.objects.at_stage(expected, now=moment(now)).get().stage == expected


def test_cases_are_at_least_sixty_and_named_once():
    names = [case[0] for case in CASES]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("days", [1, 30, 365])
def test_lapse_after_days_is_a_setting_for_both_twins(settings, days):
    settings.LAPSE_AFTER_DAYS = days
    row = promised(news("2026-01-01")).create()
    lapses_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
    assert answers(row, lapses_at - timedelta(microseconds=1)) == {Stage.ANNOUNCED}
    assert answers(row, lapses_at) == {Stage.LAPSED}


def test_named_stages_are_the_same_question():
    row, promise = called().create(), promised(news("2026-11-01")).create()
    now = moment(NOON)
    assert Opportunity.objects.open(now).get() == row
    assert Opportunity.objects.announced(now).get() == promise
    assert row.is_open(now) and not promise.is_open(now)
    assert set(Opportunity.objects.at_stage(Stage.OPEN, Stage.ANNOUNCED, now=now)) == {row, promise}


def test_stage_without_now_asks_the_clock(now):
    row = called(opens_on="2026-11-23", zone="UTC", ends_on="2026-11-23").create()
    assert row.stage_at() == row.stage_at(now) == Stage.OPEN
    assert list(Opportunity.objects.at_stage(Stage.OPEN)) == [row]


def test_stage_of_a_card_asks_the_database_nothing_more(django_assert_num_queries):
    called(deadlines=(D("2026-12-15"),)).create()
    row = Opportunity.objects.for_card().get()
    with django_assert_num_queries(0):
        row.stage_at(moment(NOON))


def test_for_listing_keeps_the_order_and_drops_what_is_not_in_it():
    first, second = called().create(), called().create()
    found = Opportunity.objects.exclude(pk=first.pk).for_listing([second.pk, 10**9, first.pk])
    assert found == [second]
    ids = [second.pk, first.pk]
    assert [row.pk for row in Opportunity.objects.for_listing(ids)] == ids


# --- The twins against each other, on facts nobody thought of

DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30)).map(date.isoformat)
ZONES = st.sampled_from(
    ["", "UTC", "Asia/Almaty", "Europe/Paris", "Pacific/Kiritimati", "Etc/GMT+12", "Africa/Cairo"]
)
MAYBE_DAY = st.just("") | DAYS
CITATIONS = st.builds(
    C,
    address=st.sampled_from(
        ["", "https://uni.example/", "https://a.uni.example/", "https://x.example/"]
    ),
    nature=st.sampled_from(["call", "news"]),
    fact=st.sampled_from([Fact.OFFICIAL_CALL] * 4 + [Fact.EXISTENCE, Fact.CANCELLATION]),
    published=MAYBE_DAY,
    received=DAYS,
    set_aside=st.sampled_from(["", "", "Not so."]),
)
DEADLINES = st.builds(D, on=DAYS, at=st.sampled_from(["", "00:00", "02:30", "23:59"]), zone=ZONES)
ROWS = st.builds(
    Row,
    citations=st.lists(CITATIONS, max_size=3).map(tuple),
    application=st.sampled_from(["", Application.BY_DEADLINE, Application.ROLLING]),
    deadlines=st.lists(DEADLINES, max_size=2).map(tuple),
    zone=ZONES,
    opens_on=MAYBE_DAY,
    ends_on=MAYBE_DAY,
    host_domain=st.sampled_from([None, "x.example"]),
)


def moments_that_matter(facts: stages.StageFacts) -> set[datetime]:
    instants = {facts.opens_at, facts.ends_at, *facts.closes_at, moment(NOON)} - {None}
    if facts.evidence_on:
        instants.add(stages.lapses_at(facts.evidence_on))
    return instants | {instant - timedelta(microseconds=1) for instant in instants}


def hold_twins_together(rows: list[Row]) -> None:
    ids = [row.create().pk for row in rows]
    cards = Opportunity.objects.for_card().filter(pk__in=ids)
    facts = {card.pk: card.stage_facts() for card in cards}
    for now in set().union(*map(moments_that_matter, facts.values())):
        column = Opportunity.objects.filter(pk__in=ids).with_stage(now).values_list("pk", "stage")
        assert dict(column) == {pk: stages.stage(known, now) for pk, known in facts.items()}


@settings(max_examples=6)
@given(st.lists(ROWS, min_size=2, max_size=3))
def test_twins_agree_at_every_instant_that_matters(rows):
    hold_twins_together(rows)


@pytest.mark.slow
@settings(max_examples=250)
@given(st.lists(ROWS, min_size=2, max_size=4))
def test_twins_agree_on_many_more(rows):
    hold_twins_together(rows)


# --- Freshness


@pytest.mark.parametrize(
    ("stage", "application", "days"),
    [
        (Stage.OPEN, Application.BY_DEADLINE, 14),
        (Stage.OPEN, Application.ROLLING, 30),
        (Stage.OPEN, Application.NOT_NEEDED, 14),
        (Stage.UPCOMING, Application.ROLLING, 14),
        (Stage.ANNOUNCED, "", 90),
    ],
)
def test_check_is_due_after_the_days_of_its_stage(stage, application, days):
    verified_on = date(2026, 11, 1)
    due = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=days + 1)
    assert not stages.is_stale(stage, application, verified_on, due - timedelta(microseconds=1))
    assert stages.is_stale(stage, application, verified_on, due)
    assert stages.is_stale(stage, application, None, due)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.LAPSED, Stage.CANCELLED])
def test_no_check_is_due_of_what_is_over(stage):
    assert stages.verify_by(stage, Application.ROLLING, None) is None
    assert not stages.is_stale(stage, Application.ROLLING, None, moment(NOON))
