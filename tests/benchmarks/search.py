"""Search, all facet counts and the first page, timed: ours, and peers that answer the same.

    .venv/bin/python -m tests.benchmarks.search --rows 10000 [--database URL] [--peers] --json

Progress goes to stderr. The corpus is made once and kept under --folder.
"""

import argparse
import json
import sys
from pathlib import Path

from .database import stand_on
from .kept import sqlite_file, without_remains


def main() -> None:
    options = options_of(sys.argv[1:])
    stand_on(options.database or f"sqlite:///{without_remains(sqlite_file(options))}")
    from .report import report, table  # noqa: PLC0415 - models can be imported now

    found = report(options)
    sys.stdout.write(json.dumps(found.figures) if options.json else table(found))
    sys.stdout.write("\n")


def options_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.search", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--database", help="an address such as postgres://…; else an SQLite file")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/serai-benchmarks"))  # noqa: S108 - large and remade at will
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--peers", action="store_true", help="ask tantivy and the usual Django too")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
