"""What is kept is bounded, and the least used goes first."""

from opportunities import kept
from opportunities.kept import Kept


def test_least_used_goes_when_the_bound_is_reached():
    some = Kept(lambda: 3)
    for key in "abc":
        some.put(key, key.upper(), 1)
    assert some.get("a") == "A"
    some.put("d", "D", 1)
    assert [some.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    assert some.size == 3


def test_what_alone_is_over_the_bound_is_not_kept_and_takes_nothing_away():
    some = Kept(lambda: 3)
    some.put("a", "A", 1)
    some.put("b", "B", 4)
    assert (some.get("a"), some.get("b"), some.size) == ("A", None, 1)


def test_what_is_put_again_counts_once():
    some = Kept(lambda: 3)
    some.put("a", "A", 3)
    some.put("a", "AA", 2)
    assert (some.get("a"), some.size) == ("AA", 2)


def test_everything_can_be_forgotten():
    some = Kept(lambda: 3)
    some.put("a", "A", 1)
    kept.forget()
    assert (some.get("a"), some.size) == (None, 0)
