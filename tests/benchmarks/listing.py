"""The listing's CPU a request, as shares of an empty Django view under the same middleware.

    .venv/bin/python -m tests.benchmarks.listing [--rows 10000] --json

Requests go through `config.wsgi` in this process with every middleware of production, a browser's
headers and gzip; the CPU time of the thread is taken, the kinds of request in turn. Progress goes to
stderr. The corpus is made once and kept under --folder.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .database import stand_on
from .kept import ended, sqlite_file, without_remains


def main() -> None:
    options = options_of(sys.argv[1:])
    file = without_remains(sqlite_file(options))
    with TemporaryDirectory(prefix="serai-static-") as static:
        os.environ["STATIC_ROOT"] = static
        stand_on(f"sqlite:///{file}")
        from .requests import measured, table  # noqa: PLC0415 - models can be imported now

        figures = measured(options.rows, options.seed, options.requests)
    ended(file).touch()
    sys.stdout.write(json.dumps(figures) if options.json else table(figures))
    sys.stdout.write("\n")


def options_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.listing", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/serai-benchmarks"))  # noqa: S108 - large and remade at will
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=400, help="of each kind")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
