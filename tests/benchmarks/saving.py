"""What the index adds to saving one opportunity, and to writing many. Leaves the corpus as it was."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from random import Random
from statistics import fmean

from django.db import connection, models, transaction
from django.utils import timezone

from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from opportunities.search import index

from .measuring import WARM_UP, in_turn, timed
from .opportunities import TABLES, Batch, Writer
from .vocabulary import Speech, vocabulary
from .world import world_of

SAVES = 15 + WARM_UP
LOOPED, BULKED = 3 * index.MOST_WAITING + WARM_UP, 5_000
"""The mean of the loop has three of its saves write the words of all that wait."""

MODELS = {
    "opportunities_opportunity": Opportunity,
    "opportunities_words": Words,
    "opportunities_opportunity_places": Opportunity.places.through,
    "opportunities_opportunity_sectors": Opportunity.sectors.through,
    "opportunities_opportunity_groupings": Opportunity.groupings.through,
    "opportunities_opportunity_partnerships": Opportunity.partnerships.through,
    "opportunities_deadline": Deadline,
    "opportunities_deadline_countries": Deadline.countries.through,
    "opportunities_eligibilityrule": EligibilityRule,
    "opportunities_eligibilityrule_groupings": EligibilityRule.groupings.through,
    "opportunities_eligibilityrule_countries": EligibilityRule.countries.through,
    "opportunities_opportunitycitation": OpportunityCitation,
}


@dataclass(frozen=True)
class Saving:
    """Seconds, and bytes of the index's rows, of one opportunity."""

    edit: float
    edit_alone: float
    publish: float
    publish_alone: float
    bytes: int
    bulk: float
    loop: float
    loop_alone: float

    @property
    def extra(self) -> float:
        """The larger of what the index adds to an edit and to a publication."""
        return max(self.edit - self.edit_alone, self.publish - self.publish_alone)

    @property
    def bulk_ratio(self) -> float:
        return self.loop / self.bulk


def measured_saving(rows: int, seed: int) -> Saving:
    rng = Random(f"saving {seed}")
    made = Made(rows, seed)
    with put_back(rng, rows) as edited:
        edits = in_turn(
            {
                "edit_alone": [alone(edit(pk, rng), pk) for pk in edited[:SAVES]],
                "edit": [indexed(edit(pk, rng), pk) for pk in edited[SAVES:]],
            }
        )
        sizes = [written_by(indexed(edit(pk, rng), pk)) for pk in edited[:2]]
    with taken_out(rows):
        publications = in_turn(
            {
                "publish_alone": [alone(one.save, one.pk) for one in made.some(SAVES)],
                "publish": [indexed(one.save, one.pk) for one in made.some(SAVES)],
            }
        )
        sizes += [written_by(indexed(one.save, one.pk)) for one in made.some(2)]
        loops = in_turn(
            {
                "loop_alone": [alone(one.save, one.pk) for one in made.some(LOOPED)],
                "loop": [indexed(one.save, one.pk) for one in made.some(LOOPED)],
            },
            average=fmean,
        )
        bulk = timed(lambda: write_bulk(made.some(BULKED))) / BULKED
    return Saving(bytes=max(sizes), bulk=bulk, **edits, **publications, **loops)


# --- What is saved


def alone(save: Callable[[], None], _pk: int) -> Callable[[], None]:
    return transaction.atomic(save)


def indexed(save: Callable[[], None], pk: int) -> Callable[[], None]:
    """With its index, in one transaction."""

    def both() -> None:
        with transaction.atomic():
            save()
            index.write([pk])

    return both


def edit(pk: int, rng: Random) -> Callable[[], None]:
    """Another title, and the deadline a day later."""
    title = Speech(vocabulary("en"), rng).version()[0]

    def save() -> None:
        words = Words.objects.filter(opportunity=pk).first()
        deadline = Deadline.objects.filter(opportunity=pk).first()
        words.title = title
        deadline.on += timedelta(days=1)
        words.save()
        deadline.save()

    return save


@dataclass(frozen=True)
class New:
    """An opportunity with all its rows, not yet in the database."""

    pk: int
    rows: list[models.Model]

    def save(self) -> None:
        for row in self.rows:
            row.save(force_insert=True)


class Made:
    """New opportunities of the same kind as the corpus holds, numbered on from its last."""

    def __init__(self, rows: int, seed: int):
        self.world, self.next = world_of(rows, Random(seed)), rows + 1
        self.seed = seed

    def some(self, count: int) -> list[New]:
        first, self.next = self.next, self.next + count
        writer = Writer(f"{self.seed} {first}", self.world, words=50_000)
        rows = defaultdict(list)
        for row in self.instances(writer.batch(first, self.next)):
            rows[owner(row)].append(row)
        return [New(pk, rows[pk]) for pk in range(first, self.next)]

    def instances(self, batch: Batch) -> Iterator[models.Model]:
        batch["opportunities_eligibilityrule_countries"] = [
            (rule, code)
            for rule, number in batch["benchmark_rule"]
            for code in self.world.lists[number]
        ]
        columns = TABLES | {
            "opportunities_eligibilityrule_countries": "eligibilityrule_id country_id"
        }
        for table, model in MODELS.items():
            names = columns[table].split()
            for row in batch[table]:
                yield instance(model, dict(zip(names, row, strict=True)))


def instance(model: type[models.Model], columns: dict[str, object]) -> models.Model:
    made = model(**columns)
    for field in model._meta.concrete_fields:
        value = field.to_python(getattr(made, field.attname))
        if isinstance(field, models.DateTimeField) and value and timezone.is_naive(value):
            value = value.replace(tzinfo=UTC)
        setattr(made, field.attname, value)
    return made


def owner(row: models.Model) -> int:
    """The opportunity it belongs to; keys of deadlines and rules are eight times that."""
    if isinstance(row, Opportunity):
        return row.pk
    if hasattr(row, "opportunity_id"):
        return row.opportunity_id
    return (row.deadline_id if hasattr(row, "deadline_id") else row.eligibilityrule_id) // 8


@transaction.atomic
def write_bulk(some: list[New]) -> None:
    by_model = defaultdict(list)
    for row in (row for one in some for row in one.rows):
        by_model[type(row)].append(row)
    for model, rows in by_model.items():
        model._default_manager.bulk_create(rows)
    index.write([one.pk for one in some])


# --- Bytes


def written_by(action: Callable[[], None]) -> int:
    """The bytes of all bitmaps and term lists that the index writes meanwhile."""
    sizes = []

    def noting(execute, sql, params, many, context):
        if "opportunities_posting" in sql or "opportunities_indexed" in sql:
            rows = params if many else [params or ()]
            sizes.extend(len(value) for row in rows for value in row if isinstance(value, bytes))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noting):
        action()
    return sum(sizes)


# --- Nothing is left of it


@contextmanager
def put_back(rng: Random, rows: int) -> Iterator[list[int]]:
    """Keys to edit, each with a deadline; their words and deadlines are as before afterwards."""
    dated = Deadline.objects.filter(opportunity__in=rng.sample(range(1, rows + 1), 10 * SAVES))
    keys = sorted(set(dated.values_list("opportunity", flat=True)))[: 2 * SAVES]
    held = [
        *Words.objects.filter(opportunity__in=keys),
        *Deadline.objects.filter(opportunity__in=keys),
    ]
    try:
        yield keys
    finally:
        with transaction.atomic():
            for row in held:
                row.save()
            index.write(keys)


@contextmanager
def taken_out(rows: int) -> Iterator[None]:
    """What was added after the corpus's last opportunity is gone afterwards."""
    try:
        yield
    finally:
        with transaction.atomic():
            added = Opportunity.objects.filter(pk__gt=rows)
            keys = list(added.values_list("pk", flat=True))
            added.delete()
            index.write(keys)
