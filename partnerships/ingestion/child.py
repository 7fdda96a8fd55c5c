"""Hostile bytes are read in a process of their own, with limits of memory, processor and time.

The process has no environment of ours, may open no new files to write, and answers in JSON, of which
only strings, numbers and days are taken. It lives for as many readings as its `Reader` is open for.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from .feeds import Entry, Feed
from .read import Reading, read
from .refusals import SENTENCES, Refused
from .words import day

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 8
WALL_SECONDS = 15
MAX_ANSWER = 16_000_000
SCRIPT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from partnerships.ingestion.child import serve; serve()"
)


class Reader:
    """Reads pages one after another; one that breaks the process costs only itself."""

    def __init__(self, *, cpu: int = CPU_SECONDS, wall: float = WALL_SECONDS):
        self.cpu = cpu
        self.wall = wall
        self.process = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_error) -> None:
        self.stop()

    def read(
        self,
        body: bytes,
        *,
        content_type: str = "",
        charset: str = "",
        address: str = "",
        lists: bool = False,
    ) -> Reading | Feed:
        asked = {"content_type": content_type, "charset": charset, "address": address}
        asked |= {"lists": lists}
        answer = self.answer_to({"length": len(body), "cpu": self.cpu, "asked": asked}, body)
        try:
            return believed(answer)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise Refused("unreadable") from None

    def answer_to(self, request: dict, body: bytes) -> dict:
        process = self.running()
        timer = threading.Timer(self.wall, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n" + body)
            process.stdin.flush()
            return json.loads(process.stdout.readline(MAX_ANSWER))
        except (OSError, ValueError):  # it died, was killed, or answered more than it may
            self.stop()
            raise Refused("costly") from None
        finally:
            timer.cancel()

    def running(self) -> subprocess.Popen:
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
                [sys.executable, "-I", "-W", "ignore", "-c", SCRIPT, str(ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                cwd="/",
            )
        return self.process

    def stop(self) -> None:
        if process := self.process:
            self.process = None
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what it will never read is dropped
                    pipe.close()
            process.wait()


def read_safely(body: bytes, **stated: str) -> Reading | Feed:
    """One page; of several, keep a `Reader` open."""
    with Reader() as reader:
        return reader.read(body, **stated)


def believed(answer: dict) -> Reading | Feed:
    if code := answer.get("refused"):
        refused = Refused(code if code in SENTENCES else "unreadable", **answer.get("values", {}))
        str(refused)  # a KeyError where its values do not fill its sentence
        raise refused
    return feed_from(answer) if "entries" in answer else Reading(**typed(answer))


def feed_from(answer: dict) -> Feed:
    entries = tuple(Entry(**typed(entry)) for entry in answer["entries"])
    total = int(answer["total"])
    return Feed(str(answer["title"]), str(answer["language"]), entries, total)


def typed(values: dict) -> dict:
    return {
        name: day(value) if name == "published_on" else str(value) for name, value in values.items()
    }


# --- In the process itself


def serve() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints may not answer for us
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while asked := sys.stdin.buffer.readline():
        request = json.loads(asked)
        limit_processor(request["cpu"])
        answer = answered(sys.stdin.buffer.read(request["length"]), request["asked"])
        answers.write(json.dumps(answer, default=str).encode() + b"\n")
        answers.flush()


def limit_processor(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def answered(body: bytes, asked: dict) -> dict:
    try:
        return asdict(read(body, **asked))
    except Refused as refused:
        return {"refused": refused.code, "values": refused.values}
    except (MemoryError, RecursionError):
        return {"refused": "costly"}
    except Exception:
        return {"refused": "unreadable"}
