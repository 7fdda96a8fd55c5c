"""What is like an opportunity and can be applied for, so that a closed page is no dead end."""

from datetime import datetime

from .filters import Query
from .models import Opportunity
from .search.answer import found

MOST = 3


def similar_to(item: Opportunity, now: datetime) -> list[int]:
    """Open or opening soon: of its kind and one of its sectors, then of its kind, then of a sector;
    within each in the order of the listing."""
    kind = frozenset({item.kind} - {""})
    sectors = frozenset(sector.slug for sector in item.sectors.all())
    like: dict[int, None] = {}
    for query in (Query(kind=kind, sector=sectors), Query(kind=kind), Query(sector=sectors)):
        if len(like) < MOST and query.chosen:
            like |= dict.fromkeys(pk for pk in found(query, now, MOST + 1).ids if pk != item.pk)
    return list(like)[:MOST]
