"""A card of text: what a chat or an SMS carries."""

from datetime import date, time

import pytest

from opportunities.choices import Fact
from opportunities.text_cards import MOST_BYTES, cut
from tests.factories import ArticleFactory, DeadlineFactory, OpportunityCitationFactory
from tests.factories import OpportunityFactory as Offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OWN = "/opportunities/shown/card.txt"
OURS = "http://testserver/opportunities/shown/"


def lines(client, path=OWN) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert len(response.content) <= MOST_BYTES
    return response.content.decode().split("\n")


def called(**kwargs):
    given = {"published": True, "called": True, "slug": "shown", "title": "Study"}
    return Offer(**given | kwargs)


def test_card_says_what_when_where_and_on_whose_word(client):
    item = called(application="by-deadline")
    DeadlineFactory(opportunity=item, at=time(17), zone="Asia/Almaty")
    assert lines(client) == [
        "Study",
        f"Open, called for by {item.provider.name}",
        "Apply by 15 December 2026, 17:00 (Asia/Almaty, UTC+5)",
        "Official page: https://uni.example/apply",
        f"Source: {item.official_calls[0].article.title}",
        "https://uni.example/shown",
        OURS,
    ]


def test_opening_is_said_with_its_deadline(client):
    item = called(application="by-deadline", opens_on=date(2026, 12, 1))
    DeadlineFactory(opportunity=item)
    assert lines(client)[2] == (
        "Opens on 1 December 2026 · apply by 15 December 2026, time not stated"
    )


def test_promise_says_by_whom_and_neither_deadline_nor_page(client):
    item = called(called=False, official_page="https://uni.example/apply")
    DeadlineFactory(opportunity=item)
    card = lines(client)
    assert card[1:3] == [
        "Announced, suggested by the press",
        "There is no official call yet, so nobody can apply.",
    ]
    assert "December" not in "\n".join(card) and "uni.example" not in "\n".join(card)


@pytest.mark.parametrize(
    ("given", "said"), [({}, "Open"), ({"ends_on": date(2026, 11, 1)}, "Closed")]
)
def test_card_of_rolling_ones(client, given, said):
    called(**given)
    assert lines(client)[1].startswith(f"{said}, called for by")
    assert ("Apply at any time" in lines(client)) == (said == "Open")


def test_cancelled_gives_no_page_to_apply_on(client):
    OpportunityCitationFactory(opportunity=called(), fact=Fact.CANCELLATION)
    card = "\n".join(lines(client))
    assert "Cancelled" in card and "/apply" not in card


def test_example_is_marked(client):
    called(is_example=True)
    assert lines(client)[0] == "[Example] Study"


@pytest.mark.parametrize("letter", ["x", "é", "奖", "𝒳", "\r\nX", "👩‍🎓"])
@pytest.mark.parametrize("path", [200, 800, 1900])
def test_longest_card_is_whole_lines_in_few_bytes(client, letter, path):
    address = "https://uni.example/" + "p" * path
    item = called(title=(letter * 150)[:150], official_page=address)
    item.citations.update(article=ArticleFactory(title=(letter * 300)[:300]))
    OpportunityCitationFactory(
        opportunity=item,
        fact=Fact.OFFICIAL_CALL,
        article=ArticleFactory(call=True, title=(letter * 300)[:300]),
        speaker_role="provider",
        speaker_name="The university",
    )
    card = lines(client)
    assert card[-1] == OURS
    assert all("uni.example/p" not in line or line.endswith(address) for line in card)
    assert ("Official page: " + address in card) == (path == 200)
    assert "�" not in "".join(card) and "\r" not in "".join(card)


@pytest.mark.parametrize("most", range(12))
def test_cut_never_goes_through_a_character(most):
    short = cut("né奖𝒳x" * 3, most)
    assert len(short.encode()) <= most
    assert short == "" or short.endswith("…")


def test_withdrawn_moved_and_hidden_cards(client):
    called(status="withdrawn", withdrawn_because="It was a mistake.")
    assert client.get(OWN).status_code == 410
    Offer(slug="draft")
    assert client.get("/opportunities/draft/card.txt").status_code == 404


def test_removed_source_is_not_named(client):
    item = called(called=False)
    article = item.citations.get().article
    type(article).objects.update(removed_on=date(2026, 11, 2), removed_because="Asked for.")
    assert not [line for line in lines(client) if line.startswith("Source")]
