"""Words that no row holds yet are found like all others, and are written before they are too many."""

import pytest

from opportunities import editorial
from opportunities.filters import Query
from opportunities.models import Indexed, Posting, Waiting
from opportunities.search import index
from opportunities.search.answer import answer
from opportunities.search.check import problems
from opportunities.search.index import unpacked
from opportunities.search.moment import clock
from opportunities.search.postings import load
from opportunities.search.rebuild import rebuild_search_index
from opportunities.search.terms import words_among
from opportunities.search.waiting import WaitingWords
from tests.factories import OpportunityFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.unaided]

SOLAR = "Solar power in mountain villages"
QUESTIONS = {
    "word": "mountain",
    "prefix": "mount",
    "phrase": '"mountain villages"',
    "long phrase": '"power in mountain villages"',
}


def found(now, q: str) -> set[int]:
    return set(answer(Query(stage=frozenset({"all"}), q=q), now).page_ids)


def published(title: str):
    item = OpportunityFactory(title=title)
    editorial.publish(item, by=UserFactory(role="Editor"))
    item.refresh_from_db()
    return item


def retitle(item, title: str) -> None:
    with editorial.revise(item, by=UserFactory(role="Editor"), reason="Better."):
        item.words.update(title=title)


def held_by_rows(pk: int) -> frozenset[str]:
    rows = Posting.objects.values_list("term", "chunk", "bits")
    return frozenset(
        bytes(term).decode() for term, chunk, bits in rows if pk in load(bytes(term), chunk, bits)
    )


@pytest.mark.parametrize("q", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("most", [0, 16], ids=["written", "waiting"])
def test_words_are_found_whether_they_wait_or_not(now, monkeypatch, q, most):
    monkeypatch.setattr(index, "MOST_WAITING", most)
    item = published(SOLAR)
    published("A river festival")
    assert Waiting.objects.exists() == bool(most)
    assert found(now, q) == {item.pk}
    retitle(item, "Wind power")
    assert found(now, q) == set()
    retitle(item, SOLAR)
    assert found(now, q) == {item.pk}
    editorial.withdraw(item, by=UserFactory(role="Editor"), reason="A mistake.")
    assert found(now, q) == set()


def test_nearest_spelling_is_found_among_words_that_wait(now):
    published("A festival of kayaks")
    assert answer(Query(q="kayacs"), now).nearest == "kayaks"


def test_one_too_many_writes_the_words_of_all(now, monkeypatch):
    monkeypatch.setattr(index, "MOST_WAITING", 2)
    first, second = published(SOLAR), published("Wind power")
    assert set(Waiting.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert not words_among(held_by_rows(first.pk))
    retitle(first, "Tidal power")
    assert Waiting.objects.count() == 2
    third = published("A mountain of books")
    assert not Waiting.objects.exists()
    for pk, terms in Indexed.objects.values_list("pk", "terms"):
        assert held_by_rows(pk) == unpacked(terms)
    assert found(now, "mountain") == {third.pk}
    assert list(problems(now)) == []


def test_an_edit_that_leaves_the_words_lets_nothing_wait(now, monkeypatch):
    monkeypatch.setattr(index, "MOST_WAITING", 0)
    item = published(SOLAR)
    monkeypatch.setattr(index, "MOST_WAITING", 2)
    with editorial.revise(item, by=UserFactory(role="Editor"), reason="Better."):
        item.kind = "training"
        item.save()
    assert not Waiting.objects.exists()


def test_a_worker_that_begins_and_one_that_goes_on_answer_alike(now):
    """The second has the row of `power` with one of them, and the other by its list."""
    first = published(SOLAR)
    assert found(now, "power") == {first.pk}
    second = published("Wind power")
    assert found(now, "power") == {first.pk, second.pk}
    clock.forget()
    assert found(now, "power") == {first.pk, second.pk}


def test_rebuild_leaves_nothing_waiting(now):
    item = published(SOLAR)
    rebuild_search_index()
    assert not Waiting.objects.exists()
    assert held_by_rows(item.pk) == unpacked(Indexed.objects.get(pk=item.pk).terms)
    assert found(now, "mountain") == {item.pk}


def test_ranges_of_waiting_terms_are_half_open_in_the_order_of_bytes():
    waiting = WaitingWords({1: ["t:a", "t:ab", "t:ж", "t:𐍈", "x:a", "kind:festival"]})
    assert waiting.between([(b"t:a", b"t:ab")]) == ["t:a"]
    assert waiting.between([("t:ж".encode(), b"u")]) == ["t:ж", "t:𐍈"]
    assert waiting.between([(b"k", b"l")]) == []  # a facet is in its row
