"""Counting by parts gives what counting the values written out gives. No database."""

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from opportunities.search.expansion import MOST_IN_A_LIST, Values, are_many, pieced

KEYS = st.sets(st.integers(0, 200), max_size=40).map(BitMap)
PARTS = st.lists(KEYS, min_size=1, max_size=5)


def counted(values: Values, ids: BitMap) -> dict[str, int]:
    counts = {key: len(bits & ids) for key, bits in values.bitmaps.items()}
    return values.counted(counts)


@given(PARTS, KEYS)
def test_counts_by_parts_are_those_of_the_whole(parts, ids):
    values = Values({"KZ": pieced(parts, None)}, {})
    assert values["KZ"] == BitMap.union(*parts)
    assert counted(values, ids).get("KZ", 0) == len(values["KZ"] & ids)


@given(PARTS, KEYS, KEYS, st.integers(0, 4))
def test_counts_after_a_part_moved_are_those_of_the_whole(parts, ids, other, which):
    before = pieced(parts, None)
    moved = [other if n == which else part for n, part in enumerate(parts)]
    values = Values({"KZ": pieced(moved, before)}, {})
    assert counted(values, ids).get("KZ", 0) == len(values["KZ"] & ids)
    assert values.pieced["KZ"].again == pieced(moved, None).again


def test_few_keys_are_written_out_and_many_are_counted_by_parts():
    few, many = BitMap(range(10)), BitMap(range(MOST_IN_A_LIST))
    assert not are_many({"country": {"KZ": [few], "UZ": [few, few]}})
    assert are_many({"country": {"KZ": [many], "UZ": [many]}})
