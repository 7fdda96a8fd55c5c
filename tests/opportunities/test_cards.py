"""Cards are kept as HTML, and never a moment longer than they are right."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from opportunities import cards
from opportunities.cards import CARDS, written_cards
from opportunities.instants import next_day_at
from opportunities.models import Opportunity
from partnerships.models import Article
from tests.factories import (
    ArticleFactory,
    DeadlineFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def called(**given):
    return OpportunityFactory(published=True, called=True, **given)


def by_deadline(**given):
    item = called(application="by-deadline")
    DeadlineFactory(opportunity=item, **given)
    return item


def moved(hours, further=timedelta(0)):
    return NOON + timedelta(hours=hours) + further


def html(item, now, stamp="1") -> str:
    return "".join(card.html for card in written_cards([item.pk], now, stamp))


def fresh(item, now) -> str:
    return html(item, now, stamp="")


CASES = {
    "opens": lambda: called(opens_on=date(2026, 11, 27), zone="Asia/Almaty"),
    "ends": lambda: called(
        application="not-needed", ends_on=date(2026, 11, 25), verified_on=date(2026, 11, 23)
    ),
    "closes this evening": lambda: by_deadline(on=date(2026, 11, 23), zone="Asia/Almaty"),
    "a day less where midnight is earlier": lambda: by_deadline(
        on=date(2026, 12, 15), zone="Asia/Almaty"
    ),
    "a day less where midnight is later": lambda: by_deadline(on=date(2026, 12, 15), zone=""),
    "lapses": lambda: OpportunityFactory(published=True),
    "is not checked again": lambda: called(application="rolling", verified_on=date(2026, 10, 25)),
}


@pytest.mark.parametrize("make", CASES.values(), ids=CASES)
def test_card_reads_the_same_until_the_instant_it_names_and_otherwise_from_it(make):
    item, now = make(), NOON
    for _step in range(400):
        first = written_cards([item.pk], now, "")[0]
        if first.until.year == 9999:
            return
        assert fresh(item, first.until - TICK) == first.html
        if fresh(item, first.until) != first.html:
            break
        now = first.until  # something passed that this card does not show
    assert html(item, first.until - TICK) == first.html
    assert html(item, first.until) == fresh(item, first.until) != first.html


@pytest.mark.parametrize("make", CASES.values(), ids=CASES)
def test_kept_card_is_never_shown_when_it_reads_otherwise(make):
    """A clock that goes on, as a worker lives through it: midnight in UTC, in Almaty, on UTC−12."""
    item = make()
    for hours in [day * 24 + hour for day in range(6) for hour in (0, 7, 12)]:
        for at in (moved(hours, -TICK), moved(hours), moved(hours, timedelta(seconds=1))):
            assert html(item, at) == fresh(item, at), at


@given(
    zone=st.sampled_from(
        ["", "Asia/Almaty", "America/Havana", "Africa/Cairo", "America/Asuncion", "Asia/Beirut"]
        + ["America/Nuuk", "America/Scoresbysund", "Pacific/Apia", "Australia/Lord_Howe"]
    ),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is beside them
)
def test_next_day_begins_exactly_when_the_date_turns(zone, now):
    tz = ZoneInfo(zone) if zone else UTC
    at = next_day_at(now, tz)
    today = now.astimezone(tz).date()
    assert (at - TICK).astimezone(tz).date() == today
    assert at.astimezone(tz).date() > today


def test_cards_in_another_language_or_after_an_edit_are_others():
    item = called(title="In English", title__language="en")
    item.words.create(language="fr", origin="human", title="En français", summary="Résumé")
    assert "In English" in html(item, NOON)
    with override("fr"):
        assert "En français" in html(item, NOON)
    item.words.filter(language="en").update(title="Edited")
    assert "In English" in html(item, NOON)
    assert "Edited" in html(item, NOON, stamp="2")


def test_kept_card_of_what_was_hidden_meanwhile_does_not_show():
    """Another worker's edit is up to a second away; the database is not."""
    shown, hidden = called(title="Shown"), called(title="Hidden")
    both = [hidden.pk, shown.pk]
    assert len(written_cards(both, NOON, "1")) == 2
    Opportunity.objects.filter(pk=hidden.pk).update(status="withdrawn", withdrawn_because="Wrong.")
    left = written_cards(both, NOON, "1")
    assert [("Shown" in card.html, "Hidden" in card.html) for card in left] == [(True, False)]


def test_kept_cards_cost_one_query():
    ids = [called(title=f"Title {number}").pk for number in range(5)]
    written_cards(ids, NOON, "1")
    with CaptureQueriesContext(connection) as queries:
        written_cards(ids, NOON, "1")
    assert len(queries) == 1


def test_cards_are_kept_within_their_bound(settings):
    ids = [called().pk for _number in range(5)]
    one = written_cards(ids[:1], NOON, "1")[0]
    settings.KEPT_CARDS_BYTES = 3 * cards.sys.getsizeof(one.html)
    written_cards(ids, NOON, "1")
    assert 0 < len(CARDS.held) < 5
    assert CARDS.size <= settings.KEPT_CARDS_BYTES


def test_card_counts_reprints_with_what_they_reprint():
    item = called()
    first = item.citations.first().article
    for number in range(3):
        reprint = ArticleFactory(origin=first, slug=f"reprint-{number}")
        OpportunityCitationFactory(opportunity=item, article=reprint)
    articles = Article.objects.filter(pk__in=item.citations.values("article"))
    assert articles.count() == 5
    assert "2 independent sources" in html(item, NOON)
    assert articles.count_sources() == len({article.source_id for article in articles}) == 2


def test_card_names_the_official_domain_only_of_a_call_that_stands_on_it():
    item = called()
    assert '<bdi class="site">uni.example</bdi>' in html(item, NOON)
    item.citations.filter(fact="official-call").update(set_aside_because="A forgery.")
    assert "uni.example" not in fresh(item, NOON)


@pytest.mark.parametrize(
    ("verified_on", "said"),
    [
        (date(2026, 11, 20), "verified on 20 November 2026"),
        (date(2026, 9, 1), "<em>not re-checked since 1 September 2026</em>"),
        (None, "<em>not re-checked yet</em>"),
    ],
)
def test_card_says_when_it_was_verified(verified_on, said):
    assert said in fresh(called(verified_on=verified_on), NOON)
