"""A list without an account: whose it is, what it holds, how long it stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from opportunities.models import SavedItem, SavedList
from opportunities.saved import keeping
from tests.factories import OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(now):
    return keeping.begin(now)


@pytest.fixture
def saved(begun):
    return begun[0]


def test_number_is_random_and_only_its_hash_is_kept(begun, now):
    saved, token = begun
    assert len(token) >= 43 and token != keeping.begin(now)[1]
    columns = SavedList.objects.filter(pk=saved.pk).values_list().get()
    assert token not in map(str, columns)
    assert keeping.list_of(token) == saved


@pytest.mark.parametrize("told", ["", "made below", "x" * 5_000, "\0", "é", "0" * 43])
def test_number_we_did_not_give_finds_nothing(saved, told):
    assert keeping.list_of(told) is None
    assert keeping.list_of(saved.token_hash) is None


def test_saved_twice_is_saved_once(saved, now):
    item = OpportunityFactory(published=True)
    for _again in range(2):
        keeping.save(saved, item, now)
    assert saved.items.get().opportunity == item


def test_thousand_saves_fill_the_list_and_lose_nothing(saved, now, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 3)
    items = [OpportunityFactory(published=True) for _ in range(4)]
    for item in items[:3]:
        keeping.save(saved, item, now)
    for _again in range(1_000):
        with pytest.raises(keeping.ListFull):
            keeping.save(saved, items[3], now)
    keeping.save(saved, items[0], now)  # what is there already is no addition
    assert {item.opportunity for item in saved.items.all()} == set(items[:3])


@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_what_is_not_public_cannot_be_saved(state):
    OpportunityFactory(slug="hidden-thing", **state)
    with pytest.raises(Http404):
        keeping.savable("hidden-thing")


def test_marks_and_removals_touch_ones_own_list_only(saved, now):
    item, other = OpportunityFactory(published=True), keeping.begin(now)[0]
    for one in (saved, other):
        keeping.save(one, item, now)
    keeping.mark(saved, item.slug, applied=False, outcome="accepted", now=now)
    assert saved.items.get().has_applied and saved.items.get().outcome == "accepted"
    assert not other.items.get().has_applied
    keeping.remove(saved, item.slug, now)
    assert not saved.items.exists() and other.items.exists()


def test_each_use_keeps_the_list_for_13_more_months(saved, now):
    SavedList.objects.update(used_on=date(2026, 1, 31))
    keeping.remove(saved, "never-was", now)
    saved.refresh_from_db()
    assert saved.used_on == now.date()
    assert saved.kept_until == date(2027, 12, 23)


def test_list_deleted_meanwhile_takes_nothing(saved, now):
    SavedList.objects.all().delete()
    with pytest.raises(Http404):
        keeping.save(saved, OpportunityFactory(published=True), now)


def test_calendar_has_a_number_of_its_own_that_can_be_changed(begun, now):
    saved, token = begun
    assert keeping.calendar_token(saved, token) == ""
    keeping.give_calendar(saved, token, now)
    first = keeping.calendar_token(saved, token)
    assert keeping.hash_of(first) == saved.calendar_hash
    assert keeping.list_of(first) is None
    keeping.give_calendar(saved, token, now)
    assert keeping.calendar_token(saved, token) != first
    assert keeping.hash_of(first) != SavedList.objects.get().calendar_hash


def test_database_refuses_an_outcome_without_an_application(saved):
    item = SavedItem(list=saved, opportunity=OpportunityFactory(), outcome="refused")
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_forgotten_list_takes_its_items_along(saved, now):
    keeping.save(saved, OpportunityFactory(published=True), now)
    SavedList.objects.update(used_on=date(2025, 1, 1))
    keeping.forget_unused(now, dry_run=False)
    assert not SavedItem.objects.exists()
