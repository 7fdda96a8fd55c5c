import random

import pytest

from opportunities.search.spelling import candidates, nearest

KNOWN = ["scholarship", "internship", "kazakhstan", "kyrgyzstan", "bourse", "стипендия", "منحة"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("scholarhsip", "scholarship"),
        ("internshp", "internship"),
        ("kazahstan", "kazakhstan"),
        ("bouse", "bourse"),
        ("стипндия", "стипендия"),
    ],
)
def test_nearest_is_the_word_meant(typed, meant):
    assert nearest(typed, KNOWN) == meant


@pytest.mark.parametrize("typed", ["zebra", "b", "", "stipend", "ship"])
def test_nearest_of_what_is_like_none_is_none(typed):
    assert nearest(typed, KNOWN) is None


def test_nearest_is_never_the_word_itself():
    assert nearest("bourse", KNOWN) is None
    assert nearest("bourse", [*KNOWN, "bourses"]) == "bourses"


def test_nearest_compares_few_of_many():
    """What keeps it quick: the costly comparison is made with a part of what is known only."""
    letters = random.Random(1)
    known = {"".join(letters.choices("abcdefghijklmnopqrst", k=k % 9 + 4)) for k in range(20_000)}
    assert 0 < len(candidates("kazahstan", known)) < len(known) / 10
