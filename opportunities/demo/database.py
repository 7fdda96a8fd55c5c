"""Whose database this is. The demo writes into its own file only, and knows it by a mark."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

OURS = 0x5E7A1001  # PRAGMA application_id: four bytes SQLite keeps for the application


class NotOurs(Exception):
    """Where the demo must not write; the message says what to do."""


def claim(path: Path, environ: Mapping[str, str]) -> None:
    """Make sure the file is the demo's, and mark a new one. Raises NotOurs, having changed nothing.

    A file without a byte is as good as none: SQLite leaves one when it is stopped before it wrote.
    """
    if environ.get("DATABASE_URL"):
        raise NotOurs(
            "DATABASE_URL is set, and the demo never touches a database of yours. "
            "Unset it and run the demo again: it keeps its own file, demo.sqlite3."
        )
    if not path.exists() or path.stat().st_size == 0:
        mark(path)
    elif not is_marked(path):
        raise NotOurs(
            f"{path.name} was not made by the demo (its mark is missing). "
            "Move it elsewhere and run the demo again."
        )


def mark(path: Path) -> None:
    """One write, so that a file is never there with content and without the mark."""
    for left_behind in ("-wal", "-shm"):  # of a deleted database; SQLite would replay it
        path.with_name(path.name + left_behind).unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {OURS}")


def is_marked(path: Path) -> bool:
    """Read from the header, where SQLite keeps it, so that nothing is opened or created."""
    with path.open("rb") as file:
        header = file.read(72)
    return header.startswith(b"SQLite format 3\0") and header[68:] == OURS.to_bytes(4, "big")
