"""The tables of `partnerships/data` → regions, countries, groupings, memberships, sectors.

The files are the truth for the rows they name: a row that differs is written again, a row that is
the same is left alone, and rows an administrator added beside them stay.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from django.db import models, transaction

from .models import REFERENCE, Country, Grouping, Membership, Region, Sector, Version

DATA = Path(__file__).resolve().parent / "data"

Row = dict[str, str]
Key = Callable[[models.Model], object]


@transaction.atomic
def load_reference_data() -> Counter:
    """Returns how many rows were written, by "countries added", "countries changed" and so on."""
    counts: Counter = Counter()
    counts += write(map(region, read("regions")), lambda row: row.pk)
    counts += write(map(country, read("countries")), lambda row: row.pk)
    counts += write(map(grouping, read("groupings")), lambda row: row.slug)
    counts += load_sectors()
    counts += load_memberships()
    if any(counts.values()):
        Version.objects.bump(REFERENCE)
    return counts


def read(table: str) -> list[Row]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(wanted: Iterable[models.Model], key: Key) -> Counter:
    """Insert and update what is not as wanted; `key` is what a row is recognised by."""
    wanted = list(wanted)
    model = type(wanted[0])
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    present = {key(row): row for row in model._default_manager.all()}
    added, changed = [], []
    for row in wanted:
        held = present.get(key(row))
        if held is None:
            added.append(row)
        elif any(getattr(row, c.attname) != getattr(held, c.attname) for c in columns):
            row.pk = held.pk
            changed.append(row)
    model._default_manager.bulk_create(added)
    if changed:
        model._default_manager.bulk_update(changed, [c.name for c in columns], batch_size=100)
    name = model._meta.db_table.removeprefix("partnerships_")
    return Counter({f"{name} added": len(added), f"{name} changed": len(changed)})


def load_sectors() -> Counter:
    """In two passes, for a child needs the number its parent was given."""
    rows = read("sectors")
    counts = write((sector(row, {}) for row in rows if not row["parent"]), lambda row: row.slug)
    numbers = dict(Sector.objects.values_list("slug", "pk"))
    return counts + write(
        (sector(row, numbers) for row in rows if row["parent"]), lambda row: row.slug
    )


def load_memberships() -> Counter:
    numbers = dict(Grouping.objects.values_list("slug", "pk"))
    return write(
        (membership(row, numbers) for row in read("memberships")),
        lambda row: (row.grouping_id, row.country_id, row.status, row.since),
    )


# --- One line of a file → one row, not saved


def region(row: Row) -> Region:
    return Region(code=row["code"], parent_id=row["parent"] or None)


def country(row: Row) -> Country:
    return Country(
        iso2=row["iso2"],
        iso3=row["iso3"],
        numeric=row["numeric"],
        region_id=row["region"] or None,
    )


def grouping(row: Row) -> Grouping:
    return Grouping(
        slug=row["slug"],
        kind=row["kind"],
        abbreviation=row["abbreviation"],
        names=by_language(row, "name_"),
        definitions=by_language(row, "definition_"),
        website=row["website"],
        source=row["source"],
        read_on=date.fromisoformat(row["read_on"]),
    )


def sector(row: Row, numbers: dict[str, int]) -> Sector:
    return Sector(
        slug=row["slug"],
        parent_id=numbers[row["parent"]] if row["parent"] else None,
        position=int(row["position"]),
        names=by_language(row, "name_"),
    )


def membership(row: Row, numbers: dict[str, int]) -> Membership:
    return Membership(
        grouping_id=numbers[row["grouping"]],
        country_id=row["country"],
        status=row["status"],
        since=day(row["since"]),
        until=day(row["until"]),
        is_verified=row["verified"] == "yes",
        source=row["source"],
        read_on=date.fromisoformat(row["read_on"]),
    )


def by_language(row: Row, prefix: str) -> dict[str, str]:
    """The columns `name_en`, `name_fr` … as {"en": …, "fr": …}, without the empty ones."""
    return {
        column.removeprefix(prefix): value
        for column, value in row.items()
        if column.startswith(prefix) and value
    }


def day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
