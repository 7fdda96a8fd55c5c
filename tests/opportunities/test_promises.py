"""The turns of a promise, and that the last of them is the stage it is at."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities import stages
from opportunities.choices import Application, Stage
from opportunities.models import Opportunity
from opportunities.pages import promises_of
from opportunities.promises import History, begins, history_of, turns
from opportunities.stages import StageFacts
from partnerships.models import Article
from tests.factories import (
    ArticleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipFactory,
)

from .stage_cases import CASES, moment

ANNOUNCED, UPCOMING, OPEN = Stage.ANNOUNCED, Stage.UPCOMING, Stage.OPEN
CLOSED, LAPSED, CANCELLED = Stage.CLOSED, Stage.LAPSED, Stage.CANCELLED


def day(text: str) -> date:
    return date.fromisoformat(text)


def history(
    spoken="", called="", cancelled="", opens="", closes="", application=Application.BY_DEADLINE
) -> History:
    """Days as texts; a deadline passes at the end of its day."""
    spoken_on = tuple(map(day, spoken.split()))
    over_at = begins(day(closes)) + timedelta(days=1) if closes else None
    is_dated = closes and application == Application.BY_DEADLINE
    facts = StageFacts(
        is_cancelled=bool(cancelled),
        has_official_call=bool(called),
        evidence_on=max(spoken_on, default=None),
        application=application,
        opens_at=begins(day(opens)) if opens else None,
        closes_at=(over_at,) if is_dated else (),
        ends_at=None if is_dated else over_at,
    )
    days = {"called_on": called, "cancelled_on": cancelled, "opens_on": opens, "over_on": closes}
    return History(facts, spoken_on, **{name: day(on) if on else None for name, on in days.items()})


TURNS = [
    ("nothing known", history(), []),
    (
        "a promise nobody repeated",
        history("2026-01-01"),
        [(ANNOUNCED, "2026-01-01"), (LAPSED, "2026-06-30")],
    ),
    (
        "spoken of again in time",
        history("2026-01-01 2026-05-01"),
        [(ANNOUNCED, "2026-01-01"), (LAPSED, "2026-10-28")],
    ),
    (
        "spoken of again on the day it lapses",
        history("2026-01-01 2026-06-30"),
        [(ANNOUNCED, "2026-01-01"), (LAPSED, "2026-12-27")],
    ),
    (
        "spoken of again a day too late",
        history("2026-01-01 2026-07-01"),
        [
            (ANNOUNCED, "2026-01-01"),
            (LAPSED, "2026-06-30"),
            (ANNOUNCED, "2026-07-01"),
            (LAPSED, "2026-12-28"),
        ],
    ),
    ("called for at once", history("2026-03-01", "2026-03-01"), [(OPEN, "2026-03-01")]),
    (
        "kept",
        history("2026-01-01 2026-03-01", "2026-03-01", opens="2026-04-01", closes="2026-05-01"),
        [
            (ANNOUNCED, "2026-01-01"),
            (UPCOMING, "2026-03-01"),
            (OPEN, "2026-04-01"),
            (CLOSED, "2026-05-01"),
        ],
    ),
    (
        "kept after a long silence",
        history("2025-01-01 2026-03-01", "2026-03-01", closes="2026-05-01"),
        [
            (ANNOUNCED, "2025-01-01"),
            (LAPSED, "2025-06-30"),
            (OPEN, "2026-03-01"),
            (CLOSED, "2026-05-01"),
        ],
    ),
    (
        "news after the call changes nothing",
        history("2026-03-01 2026-04-01", "2026-03-01"),
        [(OPEN, "2026-03-01")],
    ),
    (
        "opened before its call was written",
        history("2026-03-01", "2026-03-01", opens="2026-02-01"),
        [(OPEN, "2026-03-01")],
    ),
    (
        "called for when it was over",
        history("2026-03-01", "2026-03-01", closes="2026-02-01"),
        [(CLOSED, "2026-03-01")],
    ),
    (
        "closes before it opens",
        history("2026-03-01", "2026-03-01", opens="2026-05-01", closes="2026-04-01"),
        [(UPCOMING, "2026-03-01"), (CLOSED, "2026-05-01")],
    ),
    (
        "rolling, with a last day",
        history("2026-03-01", "2026-03-01", closes="2026-09-01", application=Application.ROLLING),
        [(OPEN, "2026-03-01"), (CLOSED, "2026-09-01")],
    ),
    (
        "cancelled while open",
        history("2026-03-01", "2026-03-01", "2026-04-01", closes="2026-05-01"),
        [(OPEN, "2026-03-01"), (CANCELLED, "2026-04-01")],
    ),
    (
        "a promise cancelled the day it was made",
        history("2026-03-01", cancelled="2026-03-01"),
        [(CANCELLED, "2026-03-01")],
    ),
]


@pytest.mark.parametrize(("history", "expected"), [c[1:] for c in TURNS], ids=[c[0] for c in TURNS])
def test_turns_are(history, expected):
    assert [(turn.stage, turn.on.isoformat()) for turn in turns(history)] == expected


DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(date.isoformat)


@given(
    spoken=st.lists(DAYS, max_size=4).map(" ".join),
    called=st.sampled_from(["", "2026-02-01"]),
    cancelled=st.sampled_from(["", "", "2026-06-01"]),
    opens=st.just("") | DAYS,
    closes=st.just("") | DAYS,
    application=st.sampled_from(Application),
    later=st.integers(0, 2_000),
)
def test_last_turn_is_the_stage(spoken, called, cancelled, opens, closes, application, later):
    """Of whoever asks once all of it is known."""
    known = history(f"{spoken} {called} {cancelled}", called, cancelled, opens, closes, application)
    now = begins(max([*known.spoken_on, date(2026, 6, 1)])) + timedelta(hours=12 * later)
    found = turns(known)
    assert [turn.at for turn in found] == sorted(turn.at for turn in found)
    if known.spoken_on:
        last = [turn for turn in found if turn.at <= now][-1]
        assert last.stage == stages.stage(known.facts, now)


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "at"), [c[1:3] for c in CASES], ids=[c[0] for c in CASES])
def test_turns_of_a_row_end_at_its_stage(row, at):
    row.create()
    item, now = Opportunity.objects.for_card().get(), moment(at)
    cited = [begins(c.article.evidence_on) for c in item.citations.all()]
    at = max([now, *cited])
    passed = [turn.stage for turn in turns(history_of(item)) if turn.at <= at]
    assert passed[-1:] == ([item.stage_at(at)] if cited else [])


@pytest.mark.django_db
def test_partnership_draws_its_newest_promises_and_says_how_many_more(client, now, monkeypatch):
    monkeypatch.setattr("opportunities.pages.promises.MOST", 2)
    partnership = PartnershipFactory(published=True, slug="kept")
    for number in range(3):
        OpportunityFactory(
            published=True,
            partnerships=[partnership],
            title=f"Promise {number}",
            published_at=datetime(2026, 11, number + 1, tzinfo=UTC),
        )
    OpportunityFactory(in_review=True, partnerships=[partnership], title="Hidden promise")
    drawn = promises_of(partnership, now)
    assert [row.card.words.title for row in drawn.rows] == ["Promise 2", "Promise 1"]
    assert drawn.more == 1
    content = client.get("/partnerships/kept/").content.decode()
    assert "1 older one is not drawn" in content
    assert "announced on 1 November 2026" in content
    assert "without a call by 30 April 2027 it counts as lapsed" in content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "said", "unsaid"),
    [
        ("", "announced, known to us since 2 November 2026", "announced on"),
        ("/fr", "annoncée, connue de nous depuis le 2 novembre 2026", "annoncée le"),
    ],
)
def test_day_on_which_it_reached_us_is_not_called_that_of_its_announcement(
    client, now, path, said, unsaid
):
    partnership = PartnershipFactory(published=True, slug="kept")
    item = OpportunityFactory(published=True, partnerships=[partnership])
    Article.objects.update(published_on=None)
    content = client.get(f"{path}/partnerships/kept/").content.decode()
    assert f"<title>{said}</title>" in content and f"<small>{said}" in content
    assert unsaid not in content
    dated = ArticleFactory(published_on=date(2026, 11, 2))
    OpportunityCitationFactory(opportunity=item, article=dated, fact="existence")
    assert said not in client.get(f"{path}/partnerships/kept/").content.decode()


def test_each_turn_knows_whether_its_own_day_is_stated():
    facts = StageFacts(
        is_cancelled=True,
        has_official_call=True,
        evidence_on=day("2026-06-01"),
        application=Application.ROLLING,
        opens_at=begins(day("2026-04-01")),
    )
    days = [day("2026-01-01"), day("2026-03-01"), day("2026-06-01")]
    known = History(
        facts,
        tuple(days),
        called_on=days[1],
        cancelled_on=days[2],
        opens_on=day("2026-04-01"),
        received_on=frozenset(days[:1]),
        is_call_received=True,
        is_end_received=True,
    )
    assert [(turn.stage, turn.is_received) for turn in turns(known)] == [
        (ANNOUNCED, True),
        (UPCOMING, True),
        (OPEN, False),
        (CANCELLED, True),
    ]
