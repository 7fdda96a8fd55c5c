import time

import pytest

from partnerships.ingestion import child
from partnerships.ingestion.child import Reader, read_safely
from partnerships.ingestion.feeds import Feed
from partnerships.ingestion.read import Reading, read
from partnerships.ingestion.refusals import Refused

from .test_read import ITEM, PAGE, RSS

MANY_ATTRIBUTES = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x"


@pytest.fixture(scope="module")
def reader():
    with Reader(cpu=1) as opened:
        yield opened


def test_child_reads_what_the_pure_function_reads(reader):
    assert reader.read(PAGE.encode(), address="https://c.example/") == read(
        PAGE.encode(), address="https://c.example/"
    )
    feed = reader.read((RSS % ITEM).encode(), content_type="text/xml", address="https://c.example/")
    assert isinstance(feed, Feed)
    assert feed == read(
        (RSS % ITEM).encode(), content_type="text/xml", address="https://c.example/"
    )


def test_child_refuses_in_the_same_words(reader):
    with pytest.raises(Refused, match="PDF"):
        reader.read(b"%PDF-1.7")


@pytest.mark.slow
def test_page_that_burns_the_processor_costs_only_itself(reader):
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        reader.read(MANY_ATTRIBUTES)
    assert caught.value.code == "costly"
    assert time.monotonic() - began < child.WALL_SECONDS
    assert isinstance(reader.read(PAGE.encode()), Reading)


def test_page_that_takes_too_long_is_given_up():
    with Reader(cpu=30, wall=0.5) as hasty, pytest.raises(Refused, match="too much time"):
        hasty.read(MANY_ATTRIBUTES)


def test_memory_is_limited(monkeypatch):
    """The answer is the child's own: it asked for more than it may have, and lived."""
    script = child.SCRIPT.replace(
        "serve()", "child.read = lambda body, **_: bytearray(3 * 10**9); serve()"
    ).replace("from partnerships", "from partnerships.ingestion import child; from partnerships")
    monkeypatch.setattr(child, "SCRIPT", script)
    with pytest.raises(Refused) as caught:
        read_safely(PAGE.encode())
    assert caught.value.code == "costly"


@pytest.mark.parametrize(
    "answer",
    ["print('no')", "os.write(1, b'{')", "os.write(1, b'[1]\\n')", "os.write(1, b'{\"refused\": 7}\\n')",
     "os.write(1, b'{\"evil\": 1}\\n')", "os.write(1, b'{\"entries\": 1}\\n')", "sys.exit(3)",
     "os.write(1, b'{\"refused\": \"gone\"}\\n')", "os.write(1, b'{\"refused\": \"costly\", \"values\": {\"code\": 1}}\\n')"],
)  # fmt: skip
def test_child_that_was_taken_over_is_not_believed(monkeypatch, answer):
    monkeypatch.setattr(child, "SCRIPT", f"import os, sys; sys.stdin.buffer.readline(); {answer}")
    with pytest.raises(Refused) as caught:
        read_safely(PAGE.encode())
    assert caught.value.code in {"costly", "unreadable"}


def test_child_knows_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    with Reader() as reader:
        process = reader.running()
        reader.read(PAGE.encode())
        with open(f"/proc/{process.pid}/environ", "rb") as environment:
            assert environment.read() == b"LC_ALL=C.UTF-8\0"


def test_child_ends_with_its_reader():
    with Reader() as reader:
        process = reader.running()
    assert process.poll() is not None
