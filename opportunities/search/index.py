"""Writing the index, in the transaction of the edit it follows.

`write(ids)` is all that editors' verbs and bulk writers need: it reads what those opportunities now
state, compares it with the terms they stand under and writes only the rows that differ. The rows of
words follow for several opportunities together; meanwhile `waiting` answers for them.
"""

import logging
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from pyroaring import BitMap

from opportunities.models import Indexed, Waiting
from opportunities.models.posting import CHUNK_BITS
from partnerships.models import Version

from .postings import Damaged, dump, load
from .sql import asked, places, written
from .stated import described
from .terms import Described, is_resident, words_among

logger = logging.getLogger(__name__)

INDEX = "index-2"
"""Its version row; the number in the name rises when terms are made differently, so that an index
of an older kind counts as not there until it is rebuilt."""

BUILDING = f"{INDEX}-building"
"""Its presence says that the first build is not whole yet."""

ROWS = "SELECT id, term, bits FROM opportunities_posting WHERE chunk = %s AND term IN ({})"

UPDATE = "UPDATE opportunities_posting SET bits = %s, version = %s WHERE id = %s"
INSERT = (
    "INSERT INTO opportunities_posting (term, chunk, bits, version, is_resident) "
    "VALUES (%s, %s, %s, %s, %s)"
)

WAIT = (
    "INSERT INTO opportunities_waiting (opportunity_id, terms) VALUES (%s, %s) "
    "ON CONFLICT (opportunity_id) DO NOTHING"
)

BATCH = 5_000

MOST_WAITING = 16
"""Words of so many opportunities may wait: every worker holds them, 40 kB each, and the edit that is
one too many writes them all, which takes ten times as long as another."""

NOTHING = BitMap()
Terms = Set[str]


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
    before = {pk: held.get(pk, frozenset()) for pk in ids}
    now = {pk: wanted[pk].terms for pk in ids}
    waiting = set(Waiting.objects.values_list("pk", flat=True))
    if len(waiting.union(ids)) <= MOST_WAITING:
        let_words_wait(before, now)
        write_changes(facets_of(before), facets_of(now), version)
    else:
        take_those_waiting(before, now)
        write_changes(before, now, version)
    write_held({pk: wanted[pk] for pk in ids if pk in held or wanted[pk].terms}, version)


def let_words_wait(before: dict[int, Terms], now: dict[int, Terms]) -> None:
    """What rows hold of them is kept from the first time on."""
    words = {pk: words_among(before[pk]) for pk in now}
    changed = [pk for pk, terms in now.items() if words_among(terms) != words[pk]]
    written(WAIT, [(pk, packed(words[pk])) for pk in changed])


def take_those_waiting(before: dict[int, Terms], now: dict[int, Terms]) -> None:
    """Let nothing wait any longer: `before` becomes what rows hold of each."""
    rows = {pk: unpacked(words) for pk, words in Waiting.objects.values_list("pk", "terms")}
    others = held_terms([pk for pk in rows if pk not in now])
    for pk, words in rows.items():
        own = now.setdefault(pk, others.get(pk, frozenset()))
        before[pk] = facets(before.get(pk, own)) | words
    Waiting.objects.all().delete()


def facets(terms: Terms) -> Terms:
    return terms - words_among(terms)


def facets_of(many: Mapping[int, Terms]) -> dict[int, Terms]:
    return {pk: facets(terms) for pk, terms in many.items()}


def write_changes(before: Mapping[int, Terms], now: Mapping[int, Terms], version: int) -> None:
    for chunk, some in groupby(sorted(now), key=lambda pk: pk >> CHUNK_BITS):
        changes = Changes(chunk)
        for pk in some:
            changes.note(pk, before[pk], now[pk])
        changes.write(version)


class Changes:
    """Keys to add to and take from the rows of one chunk, by term."""

    def __init__(self, chunk: int):
        self.chunk = chunk
        self.added: dict[str, list[int]] = defaultdict(list)
        self.taken: dict[str, list[int]] = defaultdict(list)

    def note(self, pk: int, held: Terms, wanted: Terms) -> None:
        for term in wanted - held:
            self.added[term].append(pk)
        for term in held - wanted:
            self.taken[term].append(pk)

    def write(self, version: int) -> None:
        rows = Rows(self.chunk)
        rows.read(self.added.keys() | self.taken.keys())
        for term, ids in self.taken.items():
            rows.bits[term] = rows.bits.get(term, NOTHING) - BitMap(ids)
        for term, ids in self.added.items():
            rows.bits[term] = rows.bits.get(term, NOTHING) | BitMap(ids)
        rows.write(version)


class Rows:
    """Rows of one chunk by term: their bits, and the keys of those that are there."""

    def __init__(self, chunk: int):
        self.chunk = chunk
        self.bits: dict[str, BitMap] = {}
        self.keys: dict[str, int] = {}

    def read(self, terms: Collection[str]) -> None:
        """What there is of them; a damaged one is made again on the way."""
        terms = [term.encode() for term in terms]
        for start in range(0, len(terms), BATCH):
            some = terms[start : start + BATCH]
            for key, term, bits in asked(ROWS.format(places(some)), [self.chunk, *some]):
                self.take(key, bytes(term), bits)

    def take(self, key: int, term: bytes, bits: bytes) -> None:
        name = term.decode()
        self.keys[name] = key
        try:
            self.bits[name] = load(term, self.chunk, bits)
        except Damaged:
            logger.error("A row of the search index was damaged: %s %s", name, self.chunk)
            self.bits[name] = remade(self.chunk, name)

    def write(self, version: int) -> None:
        """Replace those that are there. An emptied row stays, so that workers hear that it is empty."""
        old, new = [], []
        for name, ids in self.bits.items():
            term = name.encode()
            bits = dump(term, self.chunk, ids)
            if name in self.keys:
                old.append((bits, version, self.keys[name]))
            else:
                new.append((term, self.chunk, bits, version, is_resident(name)))
        written(UPDATE, sorted(old, key=itemgetter(2)))
        written(INSERT, sorted(new, key=itemgetter(0)))


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
