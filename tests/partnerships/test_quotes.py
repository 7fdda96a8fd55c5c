import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.quotes import characters_shown


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        ([], 0),
        ([(0, "abcd")], 4),
        ([(0, "abcd"), (0, "abcd")], 4),
        ([(0, "abcd"), (4, "efgh")], 8),
        ([(0, "abcd"), (2, "cdef")], 6),
        ([(0, "abcdefgh"), (2, "cd")], 8),
        ([(2, "cd"), (0, "abcdefgh"), (7, "hi")], 9),
        ([(0, "ab"), (10, "ab")], 4),
        ([(None, "abcd"), (None, "abcd")], 4),
        ([(None, "abcd"), (None, "efgh")], 8),
        ([(0, "abcd"), (None, "abcd")], 8),  # a place that is not known cannot be told to overlap
        ([(0, "🌱é")], 2),
    ],
)
def test_characters_shown_are_the_union(quotes, shown):
    assert characters_shown(quotes) == shown


TEXT = "0123456789" * 5
SPANS = st.tuples(st.integers(0, 40), st.integers(1, 10))


@given(st.lists(SPANS))
def test_characters_shown_are_each_place_once(spans):
    quotes = [(start, TEXT[start : start + length]) for start, length in spans]
    places = {place for start, length in spans for place in range(start, start + length)}
    assert characters_shown(quotes) == len(places)


@given(st.lists(SPANS), SPANS)
def test_one_more_quote_never_shows_less(spans, more):
    quotes = [(start, TEXT[start : start + length]) for start, length in [*spans, more]]
    assert characters_shown(quotes[:-1]) <= characters_shown(quotes)
