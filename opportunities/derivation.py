"""Stored instants, derived again from the dates they came from: after a change of zone rules."""

from collections import Counter

from django.db import models, transaction

from .models import Deadline, Opportunity
from .search import index

BATCH = 500


def derive_instants_again(*, write: bool = True) -> Counter:
    """Returns how many rows of each table changed, or would have, where `write` is false."""
    return Counter(
        {
            "opportunities": derive_table(Opportunity, ["opens_at", "ends_at"], write=write),
            "deadlines": derive_table(Deadline, ["closes_at"], write=write),
        }
    )


def derive_table(model: type[models.Model], columns: list[str], *, write: bool) -> int:
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return sum(
        derive_batch(model.objects.filter(pk__in=keys[start : start + BATCH]), columns, write)
        for start in range(0, len(keys), BATCH)
    )


@transaction.atomic
def derive_batch(rows: models.QuerySet, columns: list[str], write: bool) -> int:
    """In a transaction of its own, its rows held, so that no edit in between is lost."""
    changed = []
    for row in rows.select_for_update():
        before = [getattr(row, column) for column in columns]
        row.derive_instants()
        if before != [getattr(row, column) for column in columns]:
            changed.append(row)
    if changed and write:
        rows.model.objects.bulk_update(changed, columns)
        index.write(owner_of(row) for row in changed)
    return len(changed)


def owner_of(row: Opportunity | Deadline) -> int:
    return row.pk if isinstance(row, Opportunity) else row.opportunity_id
