"""`python -m tests.benchmarks.worker URL < questions`: the memory that answering adds to a worker.

Prints bytes: what this process grew by from Django set up to every question answered once, the code
of the index included.
"""

import pickle
import subprocess
import sys
from pathlib import Path

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


def main() -> None:
    stand_on(sys.argv[1])
    before = resident()
    from opportunities.search.answer import answer  # noqa: PLC0415 - what is measured

    from .world import NOW  # noqa: PLC0415 - Django is set up by now

    for query in pickle.load(sys.stdin.buffer):  # noqa: S301 - from our own parent
        answer(query, NOW)
    sys.stdout.write(str(resident() - before))


if __name__ == "__main__":
    main()
