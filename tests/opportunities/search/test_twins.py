"""The index answers as comparing every row does, whatever was edited and whatever the clock says."""

from dataclasses import replace

import pytest

from opportunities.search import expansion, index
from opportunities.search.answer import answer, due
from opportunities.search.answer import found as found_ids
from opportunities.search.brute import answer_by_comparing, due_by_comparing, found_by_comparing
from opportunities.search.check import problems

from .world import START, World

pytestmark = [pytest.mark.django_db, pytest.mark.unaided]


@pytest.fixture(autouse=True)
def words_wait_and_are_written(monkeypatch):
    """By turns, edit by edit."""
    monkeypatch.setattr(index, "MOST_WAITING", 3)


def seeds(first: int, after: int) -> list:
    """The first every time, the others under `-m slow`."""
    others = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(first + 1, after)]
    return [first, *others]


def assert_same_answers(world: World, questions: int) -> None:
    for _ in range(questions):
        query, now = world.question(), world.moment()
        found, right = answer(query, now), answer_by_comparing(query, now)
        assert found.total == right.total, (query, now)
        assert found.counts == right.counts, (query, now)
        assert found.page_ids == right.page_ids, (query, now)
        assert (found.page, found.pages) == (right.page, right.pages), (query, now)
        assert found.relaxed == right.relaxed, (query, now)
        assert found.left_out == right.left_out, (query, now)
        assert found.refused_by == right.refused_by, (query, now)
        assert found.until > now
        dated, right = due(query, now, 5), due_by_comparing(query, now, 5)
        assert replace(dated, until=now, stamp="") == right, (query, now)
        ids, right = found_ids(query, now, 7), found_by_comparing(query, now, 7)
        assert (ids.ids, ids.page, ids.pages) == (right.ids, right.page, right.pages), (query, now)


@pytest.mark.parametrize("seed", seeds(0, 6))
def test_index_answers_as_comparing_does(seed):
    world = World(seed, 30)
    assert_same_answers(world, 25)
    for _ in range(10):
        world.change()
        assert_same_answers(world, 2)


@pytest.mark.parametrize("seed", seeds(30, 33))
def test_index_answers_as_comparing_does_where_parts_are_counted(seed, monkeypatch):
    """As among many opportunities: every part is turned too."""
    monkeypatch.setattr(expansion, "are_many", lambda _found: True)
    monkeypatch.setattr(expansion, "LONG_LIST", (0, expansion.MOST_IN_A_LIST))
    world = World(seed, 30)
    assert_same_answers(world, 15)
    for _ in range(15):
        world.change()
        assert_same_answers(world, 2)


def test_index_is_found_right_after_many_edits():
    world = World(7, 20)
    for _ in range(30):
        world.change()
    assert list(problems(START)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
def test_index_answers_as_comparing_does_after_ten_thousand_edits(seed):
    world = World(seed, 60)
    for number in range(2_500):
        world.change()
        if number % 50 == 0:
            assert_same_answers(world, 3)
    assert_same_answers(world, 30)
    assert list(problems(START)) == []
