"""Writing the index, in the transaction of the edit it follows.

`write(ids)` is all that editors' verbs and bulk writers need: it reads what those opportunities now
state, compares it with the terms they stand under and writes only the rows that differ.
"""

import logging
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import transaction
from pyroaring import BitMap

from opportunities.models import Indexed
from opportunities.models.posting import CHUNK_BITS
from partnerships.models import Version

from .postings import Damaged, dump, load
from .sql import asked, places, written
from .stated import described
from .terms import Described, is_resident

logger = logging.getLogger(__name__)

INDEX = "index-1"
"""Its version row; the number in the name rises when terms are made differently, so that an index
of an older kind counts as not there until it is rebuilt."""

BUILDING = f"{INDEX}-building"
"""Its presence says that the first build is not whole yet."""

ROWS = "SELECT term, bits FROM opportunities_posting WHERE chunk = %s AND term IN ({})"

BATCH = 5_000

Terms = Collection[str]
Key = tuple[int, str]


@transaction.atomic
def write(ids: Iterable[int]) -> None:
    """Index these opportunities as they are now; what is not public (any more) is taken out.

    Where no index was begun yet nothing is written: `rebuild` will read them all.
    """
    if version := Version.objects.bump(INDEX):
        ids = sorted(set(ids))
        for start in range(0, len(ids), BATCH):
            write_batch(ids[start : start + BATCH], version)


def write_batch(ids: list[int], version: int) -> None:
    held, wanted = held_terms(ids), described(ids)
    changes = Changes()
    for pk in ids:
        changes.note(pk, held.get(pk, frozenset()), wanted[pk].terms)
    changes.write(version)
    write_held({pk: wanted[pk] for pk in ids if pk in held or wanted[pk].terms}, version)


class Changes:
    """Keys to add to and take from rows, by chunk and term."""

    def __init__(self):
        self.added: dict[Key, list[int]] = defaultdict(list)
        self.taken: dict[Key, list[int]] = defaultdict(list)

    def note(self, pk: int, held: Terms, wanted: Terms) -> None:
        chunk = pk >> CHUNK_BITS
        for term in wanted - held:
            self.added[chunk, term].append(pk)
        for term in held - wanted:
            self.taken[chunk, term].append(pk)

    def write(self, version: int) -> None:
        keys = self.added.keys() | self.taken.keys()
        rows = read_rows(keys)
        for key in keys:
            bits = rows.setdefault(key, BitMap())
            bits -= BitMap(self.taken.get(key, ()))
            bits |= BitMap(self.added.get(key, ()))
        write_rows(rows, version)


def read_rows(keys: Collection[Key]) -> dict[Key, BitMap]:
    """The rows of these keys that there are; a damaged one is made again on the way."""
    by_chunk = defaultdict(list)
    for chunk, term in keys:
        by_chunk[chunk].append(term.encode())
    return {
        key: bits
        for chunk, terms in by_chunk.items()
        for start in range(0, len(terms), BATCH)
        for key, bits in rows_of(chunk, terms[start : start + BATCH])
    }


def rows_of(chunk: int, terms: list[bytes]) -> Iterator[tuple[Key, BitMap]]:
    for term, bits in asked(ROWS.format(places(terms)), [chunk, *terms]):
        key = chunk, bytes(term).decode()
        try:
            yield key, load(bytes(term), chunk, bits)
        except Damaged:
            logger.error("A row of the search index was damaged: %s %s", *key)
            yield key, remade(*key)


def remade(chunk: int, term: str) -> BitMap:
    """A row again, from what each opportunity of its chunk stands under."""
    held = Indexed.objects.filter(pk__range=bounds(chunk)).values_list("pk", "terms")
    return BitMap(pk for pk, terms in held.iterator() if term in unpacked(terms))


def bounds(chunk: int) -> tuple[int, int]:
    """The first and last key of a chunk."""
    return chunk << CHUNK_BITS, ((chunk + 1) << CHUNK_BITS) - 1


def chunks_of(ids: BitMap) -> int:
    """How many chunks there are up to the last of these."""
    return (ids.max() >> CHUNK_BITS) + 1 if ids else 1


def write_rows(rows: dict[Key, BitMap], version: int) -> None:
    """Insert or replace. An emptied row stays, so that workers hear that it is empty."""
    values = []
    for (chunk, term), bits in rows.items():
        key = term.encode()
        values.append((key, chunk, dump(key, chunk, bits), version, is_resident(term)))
    written(
        "INSERT INTO opportunities_posting (term, chunk, bits, version, is_resident) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (term, chunk) "
        "DO UPDATE SET bits = excluded.bits, version = excluded.version",
        sorted(values, key=lambda value: value[:2]),
    )


# --- What each opportunity stands under


def held_terms(ids: list[int]) -> dict[int, frozenset[str]]:
    found = Indexed.objects.filter(pk__in=ids).values_list("pk", "terms")
    return {pk: unpacked(terms) for pk, terms in found}


def write_held(described: Mapping[int, Described], version: int) -> None:
    write_packed({pk: (packed(one.terms), one.pairs) for pk, one in described.items()}, version)


def write_packed(rows: Mapping[int, tuple[bytes, bytes]], version: int) -> None:
    written(
        "INSERT INTO opportunities_indexed (opportunity_id, terms, pairs, version) "
        "VALUES (%s, %s, %s, %s) ON CONFLICT (opportunity_id) DO UPDATE "
        "SET terms = excluded.terms, pairs = excluded.pairs, version = excluded.version",
        [(pk, *row, version) for pk, row in rows.items()],
    )


def packed(terms: Terms) -> bytes:
    return zlib.compress("\n".join(sorted(terms)).encode(), 1)


def unpacked(terms: bytes) -> frozenset[str]:
    """Nothing where it cannot be read: then everything wanted is written again."""
    try:
        return frozenset(zlib.decompress(terms).decode().split("\n")) - {""}
    except zlib.error:
        return frozenset()
