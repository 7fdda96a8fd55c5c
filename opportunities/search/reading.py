"""What answers ask of the database."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import connection

from .memory import checked
from .sql import asked, places
from .waiting import Ranges, Row, WaitingWords

POSTINGS = "SELECT term, chunk, bits FROM opportunities_posting WHERE {}"
DEADLINES = (
    "SELECT opportunity_id, closes_at FROM opportunities_deadline "
    "WHERE closes_at > %s AND opportunity_id IN ({})"
)
FOR_OTHERS = (
    "SELECT DISTINCT opportunity_id FROM opportunities_deadline_countries c "
    "CROSS JOIN opportunities_deadline d WHERE d.id = c.deadline_id AND closes_at > %s "
    "AND NOT EXISTS (SELECT 1 FROM opportunities_deadline o "
    "LEFT JOIN opportunities_deadline_countries w ON w.deadline_id = o.id "
    "WHERE o.opportunity_id = d.opportunity_id AND o.closes_at > %s "
    "AND (w.country_id IS NULL OR w.country_id IN ({})))"
)
"""A cross join, so that SQLite begins at the few that are for some, as PostgreSQL does by itself."""

PAIRS = "SELECT opportunity_id, pairs FROM opportunities_indexed WHERE opportunity_id IN ({})"
TERMS = "SELECT DISTINCT term FROM opportunities_posting WHERE term >= %s AND term < %s LIMIT %s"
OPENINGS = "SELECT id, opens_at FROM opportunities_opportunity WHERE id IN ({})"


def postings_of(terms: Collection[str], waiting: WaitingWords) -> Iterator[Row]:
    if not terms:
        return iter(())
    keys = sorted(term.encode() for term in terms)
    rows = checked(asked(POSTINGS.format(f"term IN ({places(keys)})"), keys))
    return waiting.among(rows, terms)


def postings_between(ranges: Ranges, waiting: WaitingWords) -> Iterator[Row]:
    """Of terms in any of the half-open ranges."""
    where = " OR ".join(["(term >= %s AND term < %s)"] * len(ranges))
    rows = checked(asked(POSTINGS.format(where), [edge for edges in ranges for edge in edges]))
    return waiting.among(rows, waiting.between(ranges))


def deadlines_after(ids: Collection[int], now: datetime) -> list[tuple[int, object]]:
    """(opportunity, instant) of deadlines to come; instants as the database writes them, which
    compare as they are."""
    after = connection.ops.adapt_datetimefield_value(now)
    return asked(DEADLINES.format(places(ids)), [after, *ids])


def due_for_others(nationalities: Collection[str], now: datetime) -> Iterator[int]:
    """Those whose every deadline to come is for other nationals; none where none was told."""
    if not nationalities:
        return iter(())
    after = connection.ops.adapt_datetimefield_value(now)
    found = asked(FOR_OTHERS.format(places(nationalities)), [after, after, *nationalities])
    return (pk for (pk,) in found)


def openings_of(ids: Collection[int]) -> list[tuple[int, object]]:
    return asked(OPENINGS.format(places(ids)), ids)


def pairs_of(ids: Collection[int]) -> list[tuple[int, bytes]]:
    found = asked(PAIRS.format(places(ids)), ids) if ids else []
    return [(pk, bytes(pairs)) for pk, pairs in found]


def terms_from(beginning: str, most: int, waiting: WaitingWords) -> set[str]:
    """Terms that begin so; some may be nobody's any more."""
    span = beginning.encode(), f"{beginning}\U0010ffff".encode()
    rows = asked(TERMS, [*span, most])
    return {bytes(term).decode() for (term,) in rows}.union(waiting.between([span]))
