"""What is kept between runs, and by which name: what was made by other code is made again. Pure."""

import zlib
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEARCH = HERE.parent.parent / "opportunities" / "search"

TABLES = sorted((SEARCH.parent / "migrations").glob("0*.py"))
CORPUS = [*TABLES, *(HERE / f"{name}.py" for name in ("opportunities", "vocabulary", "world"))]
INDEX = [SEARCH / f"{name}.py" for name in ("postings", "terms", "text")]
TANTIVY = [*CORPUS, HERE / "documents.py", HERE / "peer_tantivy.py", SEARCH / "text.py"]


def code_version(files: Iterable[Path]) -> str:
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in files)):08x}"


def corpus_name(rows: int, seed: int) -> str:
    return f"serai-{rows}-{seed}-{code_version(CORPUS)}"


def tantivy_name(rows: int, seed: int) -> str:
    return f"tantivy-{rows}-{seed}-{code_version(TANTIVY)}"


def sqlite_file(options: Namespace) -> Path:
    return options.folder / f"{corpus_name(options.rows, options.seed)}.sqlite3"


def without_remains(path: Path) -> Path:
    """What was begun and not ended is taken away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not ended(path).exists():
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    return path


def ended(path: Path) -> Path:
    """Stands beside what was made to its end."""
    return path.with_name(path.name + ".ended")
