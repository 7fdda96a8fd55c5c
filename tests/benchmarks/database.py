"""A database of benchmarks: Django on an address, and rows written the way a bulk loader would."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice

import django
from django.db import connection

Rows = Iterable[tuple]

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "config.settings",  # those of production
    "SECRET_KEY": "benchmarks-only-" * 4,
    "SITE_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "SECURE_SSL_REDIRECT": "0",
}


def stand_on(url: str) -> None:
    """Set Django up on this database; once a process."""
    os.environ.update(ENVIRONMENT, DATABASE_URL=url)
    django.setup()


def write(table: str, columns: str, rows: Rows) -> None:
    """Instants are text in UTC, days ISO text, truth 0 or 1: both databases read them so."""
    names = columns.split()
    target = f'"{table}" ({", ".join(map(connection.ops.quote_name, names))})'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            insert(cursor.connection, target, len(names), iter(rows))


def insert(sqlite, target: str, width: int, rows: Iterator[tuple]) -> None:
    """Many rows a statement: each statement reads and writes the table's last key."""
    marks = f"({', '.join('?' * width)})"
    while some := list(islice(rows, max(1, 900 // width))):
        statement = f"INSERT INTO {target} VALUES {', '.join([marks] * len(some))}"  # noqa: S608 - names of ours
        sqlite.execute(statement, list(chain.from_iterable(some)))


@contextmanager
def loading() -> Iterator[None]:
    """Without indexes, journal and checks of references meanwhile: what breaks is made again."""
    begin, end = LOADING[connection.vendor]
    with connection.cursor() as cursor:
        for statement in begin:
            cursor.execute(statement)
        indexes = drop_indexes(cursor, connection.vendor)
    yield
    with connection.cursor() as cursor:
        for statement in (*indexes, *end):
            cursor.execute(statement)


LOADING = {
    "sqlite": (
        ("PRAGMA foreign_keys = OFF", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
         "PRAGMA ignore_check_constraints = ON",
         "PRAGMA cache_size = -400000"),
        ("ANALYZE", "PRAGMA ignore_check_constraints = OFF", "PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
         "PRAGMA cache_size = -2000"),
    ),
    "postgresql": (
        ("SET session_replication_role = replica", "SET TIME ZONE 'UTC'"),
        ("SET session_replication_role = DEFAULT", "VACUUM ANALYZE"),
    ),
}  # fmt: skip

INDEXES = {
    "sqlite": (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        "AND (tbl_name LIKE 'opportunities@_%%' ESCAPE '@')"
    ),
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'opportunities@_%%' ESCAPE '@' "
        "AND schemaname = current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    ),
}


def drop_indexes(cursor, vendor: str) -> list[str]:
    """Returns what makes them again."""
    cursor.execute(INDEXES[vendor])
    found = cursor.fetchall()
    for name, _statement in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [statement for _name, statement in found]
