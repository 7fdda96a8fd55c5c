"""Does the index say what the rows say? Three comparisons, each reported where it stands."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime

from opportunities.choices import Kind, Stage
from opportunities.filters import Query
from opportunities.models import Indexed, Opportunity, Posting, Waiting
from partnerships.models import Country, Version

from .answer import answer
from .brute import answer_by_comparing
from .index import BATCH, INDEX, bounds, unpacked
from .postings import Damaged, load
from .rebuild import chunks, public
from .stated import described
from .terms import is_resident

AGES = (17, 25, 36)
Progress = Callable[[int, int], None]
COMPARABLE = 20_000
"""Above so many opportunities whole answers are not compared: that reads every row for each."""


def problems(now: datetime, progress: Progress = lambda done, of: None) -> Iterator[str]:
    """A sentence for each difference; none where the index is right. Reads only."""
    if not Version.objects.filter(name=INDEX).exists():
        yield "There is no index yet."
        return
    total, done = Opportunity.objects.visible().count(), 0
    for chunk in chunks():
        expected: dict[str, set[int]] = {}
        ids = list(public(chunk))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            yield from differing_terms(batch, expected)
            done += len(batch)
            progress(done, total)
        yield from ghosts(chunk, set(ids))
        yield from differing_rows(chunk, expected)
    if total <= COMPARABLE:
        yield from differing_answers(now)


def differing_terms(ids: list[int], expected: dict[str, set[int]]) -> Iterator[str]:
    """Opportunities that were edited past the index."""
    rows = Indexed.objects.filter(pk__in=ids).values_list("pk", "terms", "pairs")
    held = {pk: (unpacked(terms), bytes(pairs)) for pk, terms, pairs in rows}
    for pk, now in described(ids).items():
        for term in now.terms:
            expected.setdefault(term, set()).add(pk)
        if pk not in held:
            yield f"Opportunity {pk} is not indexed."
        elif held[pk] != (now.terms, now.pairs):
            different = len(held[pk][0] ^ now.terms)
            yield f"Opportunity {pk} is indexed otherwise than it is: {different} terms."


def ghosts(chunk: int, public_ids: set[int]) -> Iterator[str]:
    for pk, terms in Indexed.objects.filter(pk__range=bounds(chunk)).values_list("pk", "terms"):
        if pk not in public_ids and unpacked(terms):
            yield f"Opportunity {pk} is indexed and not public."


def differing_rows(chunk: int, expected: dict[str, set[int]]) -> Iterator[str]:
    """Rows that are damaged, missing, or hold others than they should; words that wait to be written
    are compared when they are."""
    waiting = set(Waiting.objects.filter(pk__range=bounds(chunk)).values_list("pk", flat=True))
    missing = {term for term, ids in expected.items() if is_resident(term) or ids - waiting}
    rows = Posting.objects.filter(chunk=chunk).values_list("term", "bits")
    for term, bits in rows.iterator():
        name = bytes(term).decode(errors="replace")
        missing.discard(name)
        try:
            ids = load(bytes(term), chunk, bits)
        except Damaged:
            yield f"Row {name} {chunk} is damaged."
            continue
        wrong = set(ids) ^ expected.get(name, set())
        if wrong := wrong if is_resident(name) else wrong - waiting:
            yield f"Row {name} {chunk} is wrong about {len(wrong)} opportunities."
    for name in sorted(missing):
        yield f"Row {name} {chunk} is missing."


def differing_answers(now: datetime) -> Iterator[str]:
    for query in sample_of_questions():
        found, right = answer(query, now), answer_by_comparing(query, now)
        for what in ("total", "page_ids", "counts", "relaxed", "refused_by"):
            if getattr(found, what) != getattr(right, what):
                yield f"{what} of {query} is {getattr(found, what)}, not {getattr(right, what)}."


def sample_of_questions() -> list[Query]:
    every = frozenset({"all"})
    codes = sorted(Country.objects.values_list("pk", flat=True)) or ["KZ"]
    some = random.Random(0).sample(codes, min(3, len(codes)))  # noqa: S311 - a sample, not a secret
    return [
        Query(),
        Query(stage=every),
        Query(stage=every, sort="newest"),
        *(Query(stage=frozenset({stage})) for stage in Stage.values),
        *(Query(stage=every, kind=frozenset({kind})) for kind in Kind.values[:3]),
        *(Query(stage=every, nationality=frozenset({code})) for code in some),
        *(
            Query(stage=every, residence=code, age=age)
            for code, age in zip(some, AGES, strict=False)
        ),
        *(Query(stage=every, held=level, nationality=frozenset(some)) for level in ("3", "6")),
        *(Query(stage=every, country=frozenset({code})) for code in some),
        Query(stage=every, deadline=frozenset({"30"})),
    ]
