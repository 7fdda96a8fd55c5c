"""One process at a time, by a lock that the system takes back when the process dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zlib import crc32

from django.db import connection

ROOM = 0x5E7A1
"""Ours among the advisory locks of a PostgreSQL server."""


@contextmanager
def locked(name: str) -> Iterator[bool]:
    """Whether this process alone holds the lock of that name; never waits."""
    if connection.vendor == "postgresql":
        yield from locked_in_postgresql(name)
    elif path := lock_path(name):
        yield from locked_by_file(path)
    else:
        yield True  # a database in memory: no other process can share it


def locked_in_postgresql(name: str) -> Iterator[bool]:
    """An advisory lock of this session: it goes with the connection."""
    key = [ROOM, crc32(name.encode()) - 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def locked_by_file(path: Path) -> Iterator[bool]:
    """An empty SQLite file, held exclusively: the same on every system, and other work goes on."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as refusal:
            if refusal.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise  # a folder that cannot be written is not somebody else at work
            yield False
            return
        yield True


def lock_path(name: str) -> Path | None:
    """Beside the database; None where that is no file."""
    database = str(connection.settings_dict["NAME"])
    if not database or ":memory:" in database or "mode=memory" in database:
        return None
    return Path(f"{database}.{name}.lock")
