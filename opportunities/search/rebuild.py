"""The whole index again, chunk by chunk, while the site serves and editors save.

A chunk is read without any lock; then, with the version held, what editors wrote meanwhile is read
once more and the rows that differ are replaced. Stopped, it goes on with the next chunk when it is
run again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from django.db import transaction
from django.db.models import Max
from pyroaring import BitMap

from opportunities.models import Indexed, Opportunity, Posting, RebuiltChunk, Waiting
from opportunities.models.posting import CHUNK_BITS
from partnerships.models import Version

from .index import (
    BATCH,
    BUILDING,
    INDEX,
    Rows,
    bounds,
    packed,
    unpacked,
    write_packed,
)
from .postings import Damaged, load
from .stated import described
from .terms import Described

Progress = Callable[[int, int], None]
Packed = tuple[bytes, bytes]  # an opportunity's terms and pairs, as they are stored
NOTHING: Packed = (packed(()), b"")


def rebuild_search_index(progress: Progress = lambda done, of: None, *, anew=False) -> None:
    """`progress(opportunities read, of how many)` after each batch; `anew` forgets where an earlier
    run was stopped. An index that is there serves on; a first one serves when it is whole."""
    begin(anew)
    reading = Reading(progress)
    done = set(RebuiltChunk.objects.values_list("pk", flat=True))
    for chunk in chunks():
        if chunk in done:
            reading.pass_over(chunk)
        else:
            rebuild_chunk(chunk, reading)
    finish()


@transaction.atomic
def begin(anew: bool) -> None:
    if anew:
        RebuiltChunk.objects.all().delete()
    if not Version.objects.filter(name=INDEX).exists():
        last = Posting.objects.aggregate(last=Max("version"))["last"] or 0
        Version.objects.create(name=BUILDING)
        Version.objects.create(name=INDEX, number=last)  # rows of an older kind may stay


@transaction.atomic
def finish() -> None:
    Version.objects.bump(INDEX)
    Version.objects.filter(name=BUILDING).delete()
    RebuiltChunk.objects.all().delete()


def chunks() -> range:
    """All that hold or held something."""
    last = max(
        Opportunity.objects.aggregate(last=Max("pk"))["last"] or 0,
        Indexed.objects.aggregate(last=Max("pk"))["last"] or 0,
    )
    return range((last >> CHUNK_BITS) + 1)


class Reading:
    """Counts what was read, and tells."""

    def __init__(self, progress: Progress):
        self.progress, self.done = progress, 0
        self.total = Opportunity.objects.visible().count()

    def batches(self, chunk: int) -> Iterator[list[int]]:
        ids = list(public(chunk))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            yield batch
            self.done += len(batch)
            self.progress(self.done, self.total)

    def pass_over(self, chunk: int) -> None:
        self.done += public(chunk).count()
        self.progress(self.done, self.total)


def public(chunk: int):
    rows = Opportunity.objects.visible().filter(pk__range=bounds(chunk))
    return rows.order_by("pk").values_list("pk", flat=True)


def rebuild_chunk(chunk: int, reading: Reading) -> None:
    since = Version.objects.get(name=INDEX).number
    draft = Draft(chunk)
    for batch in reading.batches(chunk):
        draft.add(described(batch))
    with transaction.atomic():
        version = Version.objects.bump(INDEX)
        edited = Indexed.objects.filter(pk__range=bounds(chunk), version__gt=since)
        draft.read_again(list(edited.values_list("pk", flat=True)))
        draft.replace(version)
        Waiting.objects.filter(pk__range=bounds(chunk)).delete()
        RebuiltChunk.objects.get_or_create(pk=chunk)


class Draft:
    """One chunk as it should be."""

    def __init__(self, chunk: int):
        self.chunk = chunk
        self.ids: dict[str, list[int]] = defaultdict(list)
        self.held: dict[int, Packed] = {}

    def add(self, found: Mapping[int, Described]) -> None:
        for pk, one in found.items():
            self.held[pk] = packed(one.terms), one.pairs
            for term in one.terms:
                self.ids[term].append(pk)

    def read_again(self, ids: list[int]) -> None:
        for pk in ids:
            for term in unpacked(self.held.pop(pk, NOTHING)[0]):
                self.ids[term].remove(pk)
        self.add(described(ids))

    def replace(self, version: int) -> None:
        """Write what differs; what nothing stands under any more becomes empty."""
        wanted = sorted(self.ids.keys() | self.terms_there())
        for start in range(0, len(wanted), BATCH):
            self.replace_some(wanted[start : start + BATCH], version)
        rows = Indexed.objects.filter(pk__range=bounds(self.chunk))
        held = {pk: tuple(map(bytes, one)) for pk, *one in rows.values_list("pk", "terms", "pairs")}
        now = dict.fromkeys(held, NOTHING) | self.held
        write_packed({pk: one for pk, one in now.items() if held.get(pk) != one}, version)

    def terms_there(self) -> set[str]:
        rows = Posting.objects.filter(chunk=self.chunk).values_list("term", flat=True)
        return {bytes(term).decode(errors="replace") for term in rows.iterator()}

    def replace_some(self, terms: list[str], version: int) -> None:
        rows = Rows(self.chunk)
        rows.bits = {term: BitMap(self.ids.get(term, ())) for term in terms}
        found = Posting.objects.filter(chunk=self.chunk, term__in=[term.encode() for term in terms])
        for pk, term, bits in found.values_list("pk", "term", "bits").iterator():
            name = bytes(term).decode()
            rows.keys[name] = pk
            if is_same(bytes(term), self.chunk, bits, rows.bits[name]):
                del rows.bits[name]
        rows.write(version)


def is_same(term: bytes, chunk: int, bits: bytes, wanted: BitMap) -> bool:
    try:
        return load(term, chunk, bits) == wanted
    except Damaged:
        return False
