"""`python -m tests.benchmarks.worker URL < questions`: the memory that answering adds to a worker.

Prints bytes: what this process grew by from being able to show a page, in each language offered, to
every question answered once.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver

from partnerships.names import territory_name

from .database import stand_on


def worker_bytes(url: str, questions: list) -> int:
    """Measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.worker", url],
        input=pickle.dumps(questions),
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout)


def resident() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("No VmRSS: this needs Linux.")


def be_able_to_show_pages() -> None:
    """Views, and the names of countries that they show."""
    get_resolver().url_patterns  # noqa: B018 - loads them
    for code, _name in settings.LANGUAGES:
        territory_name("KZ", code)


def main() -> None:
    stand_on(sys.argv[1])
    from opportunities.search.answer import answer  # noqa: PLC0415 - Django is set up by now

    from .world import NOW  # noqa: PLC0415

    be_able_to_show_pages()
    before = resident()
    for query in pickle.load(sys.stdin.buffer):  # noqa: S301 - from our own parent
        answer(query, NOW)
    sys.stdout.write(str(resident() - before))


if __name__ == "__main__":
    main()
