"""Words that no row of the index holds yet: those of the few opportunities in `Waiting`.

An opportunity stands under some 450 words and neighbours of words, each in a row on a page of its
own. So with an edit only its facets and its list of terms are written; words follow for several
opportunities together (`index`). Until then every answer takes theirs from here.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from pyroaring import BitMap

from opportunities.models.posting import CHUNK_BITS

from .index import unpacked
from .sql import asked
from .terms import words_among

WORDS = (
    "SELECT i.opportunity_id, i.terms FROM opportunities_waiting w "
    "JOIN opportunities_indexed i ON i.opportunity_id = w.opportunity_id"
)

Row = tuple[str, int, BitMap]
Ranges = Collection[tuple[bytes, bytes]]


class WaitingWords:
    """What rows say of these opportunities does not count; what their own lists say does."""

    def __init__(self, held: Mapping[int, Iterable[str]]):
        self.ids = BitMap(held)
        holders = defaultdict(list)
        for pk, terms in held.items():
            for term in words_among(terms):
                holders[term].append(pk)
        self.holders, self.terms = dict(holders), sorted(holders)

    def among(self, rows: Iterable[Row], terms: Collection[str]) -> Iterator[Row]:
        """The rows of these terms as they will be; a term may come several times for a chunk."""
        if not self.ids:
            yield from rows
            return
        for term, chunk, bits in rows:
            yield term, chunk, bits - self.ids
        for term in terms:
            for pk in self.holders.get(term, ()):
                yield term, pk >> CHUNK_BITS, BitMap([pk])

    def between(self, ranges: Ranges) -> list[str]:
        """Their terms in any of the half-open ranges of bytes; code points order as UTF-8 does."""
        edges = [[bisect_left(self.terms, edge.decode()) for edge in span] for span in ranges]
        return [term for first, last in edges for term in self.terms[first:last]]


def read_waiting() -> WaitingWords:
    return WaitingWords({pk: unpacked(terms) for pk, terms in asked(WORDS, [])})
