"""What one worker keeps of the index: every bitmap but those of words, and the small tables.

A `Shelf` never changes: after an edit anywhere a new one takes its place, made of the old and the
rows that moved. Whether one did is asked at most every SEARCH_POLL_SECONDS, so an edit is seen
everywhere within that time, and at once by the worker that made it.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db.models import Q, QuerySet
from pyroaring import BitMap

from opportunities.models import Posting
from partnerships.models import REFERENCE, Version
from partnerships.models.versions import moves_here

from .index import BUILDING, INDEX, bounds, remade
from .postings import Damaged, fitted, joined, load
from .tables import Tables, read_tables
from .waiting import Row, WaitingWords, read_waiting

logger = logging.getLogger(__name__)

DAYS = frozenset(
    {"closes", "opens", "ends", "evidence", "verified", "published", "bornby", "bornfrom"}
)
NEVER = -1_000_000
"""The day of `verified:never`: before every other."""

RULES = Q(term__gte=b"rule", term__lt=b"rulf")
NAMED_BY_RULES = Q(term__gte=b"rulei", term__lt=b"rulf")
"""Whom rules name: `nationality` reads these rows for itself and keeps what follows from them."""

NOTHING = BitMap()
Families = Mapping[str, Mapping[str | int, BitMap]]


@dataclass(frozen=True)
class Shelf:
    """`families[family][value]`, values of day families as numbers."""

    version: int
    reference: int
    families: Families
    waiting: WaitingWords
    tables: Tables

    @property
    def stamp(self) -> str:
        """The same on every worker that has seen the same edits."""
        return f"{self.version}.{self.reference}"

    def of(self, family: str, value: str | int = "") -> BitMap:
        return self.families.get(family, {}).get(value, NOTHING)

    def values(self, family: str) -> Mapping[str | int, BitMap]:
        return self.families.get(family, {})


class Memory:
    """The current shelf of this process, shared by its threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Read everything again when next asked: another database, or a restored one."""
        self.shelf: Shelf | None = None
        self.asked_at, self.moves = float("-inf"), moves_here.last

    def current(self) -> Shelf | None:
        """None where no index was built yet. One thread reads; the others go on with what is."""
        if not self.is_due:
            return self.shelf
        if self.lock.acquire(blocking=self.shelf is None):
            try:
                self.refresh()
            finally:
                self.lock.release()
        return self.shelf

    @property
    def is_due(self) -> bool:
        """Some time has passed, or this process wrote something itself."""
        waited = time.monotonic() - self.asked_at
        return waited >= settings.SEARCH_POLL_SECONDS or self.moves != moves_here.last

    def refresh(self) -> None:
        asked_at, moves = time.monotonic(), moves_here.last
        numbers = Version.objects.numbers()
        is_whole = INDEX in numbers and BUILDING not in numbers
        self.shelf = refreshed(self.shelf, numbers) if is_whole else None
        self.asked_at, self.moves = asked_at, moves


memory = Memory()


def refreshed(shelf: Shelf | None, numbers: dict[str, int]) -> Shelf:
    version, reference = numbers[INDEX], numbers[REFERENCE]
    if shelf is None or version < shelf.version or reference < shelf.reference:
        return Shelf(version, reference, read_all(), read_waiting(), read_tables())
    if version > shelf.version:
        shelf = with_moved(shelf, version)
    if reference > shelf.reference:
        shelf = replace(shelf, reference=reference, tables=read_tables())
    return shelf


def read_all() -> Families:
    """Term by term, so that nothing is in memory twice and a bitmap's chunks lie side by side there:
    counting goes through all of them."""
    rows = Posting.objects.filter(is_resident=True).exclude(NAMED_BY_RULES)
    families: dict = defaultdict(dict)
    for term, some in groupby(read_rows(rows.order_by("term", "chunk")), key=itemgetter(0)):
        family, value = placed(term)
        families[family][value] = fitted(joined([bits for _term, _chunk, bits in some]))
    return families


def with_moved(shelf: Shelf, version: int) -> Shelf:
    """The shelf with the rows written since; what did not move is shared."""
    moved = Posting.objects.filter(is_resident=True, version__gt=shelf.version)
    families = dict(shelf.families)
    copied = set()
    for term, chunk, bits in read_rows(moved.exclude(NAMED_BY_RULES)):
        family, value = placed(term)
        if family not in copied:
            families[family] = dict(families.get(family, {}))
            copied.add(family)
        families[family][value] = with_chunk(families[family].get(value), chunk, bits)
    return replace(shelf, version=version, families=families, waiting=read_waiting())


def with_chunk(whole: BitMap | None, chunk: int, part: BitMap) -> BitMap:
    if not whole:
        return part
    first, last = bounds(chunk)
    changed = whole.copy()
    changed.remove_range(first, last + 1)
    changed |= part
    return changed


def placed(term: str) -> tuple[str, str | int]:
    """The family and the value of a resident term."""
    family, _, value = term.partition(":")
    if family in DAYS:
        return family, NEVER if value == "never" else int(value)
    return family, value


def read_rows(rows: QuerySet) -> Iterator[Row]:
    return checked(rows.values_list("term", "chunk", "bits").iterator())


def checked(rows: Iterable[tuple]) -> Iterator[Row]:
    """Rows of the index; a damaged one is told and made again, for this worker alone."""
    for term, chunk, bits in rows:
        key = bytes(term)
        try:
            yield key.decode(), chunk, load(key, chunk, bits)
        except Damaged:
            logger.error(
                "A row of the search index is damaged: %s %s. Run check_search_index --repair.",
                key.decode(),
                chunk,
            )
            yield key.decode(), chunk, remade(chunk, key.decode())
