from hypothesis import given
from hypothesis import strategies as st

from opportunities.admin.marked import MOST_SHOWN, marked

TEXT = "one two three"
places = st.integers(0, 20)


def test_pieces_carry_every_passage_they_lie_in_and_say_where_each_begins():
    pieces = marked(TEXT, [(0, 7, "P"), (4, 7, "1"), (4, 13, "2")])
    assert [(p.text, p.labels, p.begins) for p in pieces] == [
        ("one ", ("P",), ("P",)),
        ("two", ("P", "1", "2"), ("1", "2")),
        (" three", ("2",), ()),
    ]


@given(st.text(max_size=20), st.lists(st.tuples(places, places, st.sampled_from("P12"))))
def test_pieces_are_the_text_whatever_is_marked(text, spans):
    spans = [(min(a, b), max(a, b), label) for a, b, label in spans]
    assert "".join(piece.text for piece in marked(text, spans)) == text


def test_of_a_long_text_the_beginning_is_shown():
    pieces = marked(
        "x" * (MOST_SHOWN + 5),
        [(MOST_SHOWN - 1, MOST_SHOWN + 3, "1"), (MOST_SHOWN + 1, MOST_SHOWN + 2, "2")],
    )
    assert sum(len(piece.text) for piece in pieces) == MOST_SHOWN
    assert pieces[-1].labels == ("1",)
