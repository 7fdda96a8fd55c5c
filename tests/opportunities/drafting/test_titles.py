import pytest

from opportunities.choices import Kind
from opportunities.drafting.passages import find_quote
from opportunities.drafting.titles import LONGEST, kinds, numbered, title_of


def test_every_language_names_every_kind():
    for language, named in kinds().items():
        assert set(named) == set(Kind.values), language


def test_a_title_names_the_host_or_else_the_partners():
    assert title_of("festival", "en", host="Example House", partners=["KE"]) == (
        "Festival, Example House"
    )
    assert title_of("internship", "zh", partners=["CN", "KZ"]) == "实习，中国和哈萨克斯坦"
    assert title_of("training", "fr") == "Formation"
    assert len(title_of("training", "en", host="x" * 500)) <= LONGEST


def test_the_second_of_a_title_is_numbered_within_the_length():
    assert [numbered("Training", n) for n in (1, 2)] == ["Training", "Training (2)"]
    assert numbered("x" * LONGEST, 12).endswith("x (12)")
    assert len(numbered("x" * LONGEST, 12)) == LONGEST


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("two  words", (4, 13)),
        ("two\r\nwords", (4, 13)),
        ("other", None),
        ("", None),
        ("(a|b", (14, 18)),
    ],
)
def test_words_copied_from_a_page_are_found_whatever_their_spaces(quote, found):
    assert find_quote("The two\nwords (a|b", quote) == found


def test_words_that_stand_twice_are_found_where_they_are_looked_for():
    assert find_quote("a word, a word", "word", near=5) == (10, 14)
    assert find_quote("a word, a word", "word", near=12) == (2, 6)
