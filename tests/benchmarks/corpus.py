"""A database of N published opportunities, the same for the same seed; kept and used again."""

import sys
from collections.abc import Callable
from random import Random

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from opportunities import models as opportunities
from opportunities.models import Opportunity
from opportunities.search.rebuild import rebuild_search_index
from partnerships import models as partnerships
from partnerships.reference import load_reference_data

from .database import loading, write
from .kept import INDEX, code_version, corpus_name
from .opportunities import BATCH, TABLES, batches
from .world import World, world_of, write_world

Progress = Callable[[int, int], None]


def no_progress(_done: int, _all: int) -> None:
    pass


def ensure(rows: int, seed: int = 1, *, progress: Progress = no_progress) -> None:
    """The database Django stands on holds this corpus and its index afterwards.

    Raises SystemExit where it holds something else already.
    """
    call_command("migrate", verbosity=0)
    wanted = corpus_name(rows, seed)
    if marker("corpus") != wanted:
        if Opportunity.objects.exists():
            raise SystemExit(f"The database holds other rows than {wanted}: give an empty one.")
        with loading():
            fill(rows, seed, progress=progress)
        mark("corpus", wanted)
    if marker("index") != code_version(INDEX):
        rebuild_search_index(progress, anew=True)
        mark("index", code_version(INDEX))


def fill(
    rows: int, seed: int = 1, *, words: int = 50_000, progress: Progress = no_progress
) -> None:
    """Into an empty, migrated database; `words` is the size of each vocabulary."""
    with transaction.atomic():
        load_reference_data()
        world = world_of(rows, rng := Random(seed))
        write_world(world, rng)
        write_lists(world)
    for number, batch in enumerate(batches(rows, seed, world, words), start=1):
        with transaction.atomic():
            for table, columns in TABLES.items():
                write(table, columns, batch[table])
        progress(min(number * BATCH, rows), rows)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EXPAND_LISTS)
        cursor.execute("DROP TABLE benchmark_list")
        cursor.execute("DROP TABLE benchmark_rule")
        reset_sequences(cursor)


EXPAND_LISTS = (
    "INSERT INTO opportunities_eligibilityrule_countries (eligibilityrule_id, country_id) "
    "SELECT rule, country FROM benchmark_rule r JOIN benchmark_list l ON l.list = r.list"
)


def write_lists(world: World) -> None:
    """Lists of countries stay in the database: a rule names one, and is expanded there at the end."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE benchmark_list (list integer, country varchar(2))")
        cursor.execute("CREATE TEMPORARY TABLE benchmark_rule (rule bigint, list integer)")
        cursor.execute("CREATE INDEX benchmark_list_key ON benchmark_list (list, country)")
    pairs = ((number, code) for number, codes in enumerate(world.lists) for code in codes)
    write("benchmark_list", "list country", pairs)


def reset_sequences(cursor) -> None:
    """We gave keys ourselves; PostgreSQL counts on from the last."""
    rooms = (opportunities, partnerships)
    models = {getattr(room, name) for room in rooms for name in room.__all__}
    tables = [model for model in models if hasattr(model, "_meta") and not model._meta.abstract]
    for statement in connection.ops.sequence_reset_sql(no_style(), tables):
        cursor.execute(statement)


# --- What the database says it holds


def marker(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS benchmark_marker (name text PRIMARY KEY, held text)"
        )
        cursor.execute("SELECT held FROM benchmark_marker WHERE name = %s", [name])
        row = cursor.fetchone()
    return row[0] if row else ""


def mark(name: str, held: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM benchmark_marker WHERE name = %s", [name])
        cursor.execute("INSERT INTO benchmark_marker (name, held) VALUES (%s, %s)", [name, held])


def on_stderr(done: int, all_: int) -> None:
    sys.stderr.write(f"\r{done:,} of {all_:,}" + ("\n" if done == all_ else ""))
