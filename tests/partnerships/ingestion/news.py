"""A news site on loopback: feeds and articles by path, with ETags where a feed has one."""

from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime

import pytest

from partnerships.ingestion import following
from partnerships.ingestion.child import Reader
from partnerships.ingestion.following import Bounds, follow
from partnerships.ingestion.interest import Interest

from .server import answer, serving
from .test_fetch import network

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>%s</feed>'
FAST = Bounds(pause=0)


def entry(link: str, title: str = "", on: str = "") -> str:
    updated = f"<updated>{on}T08:00:00Z</updated>" if on else ""
    return f'<entry><title>{title or link}</title><link href="{link}"/>{updated}</entry>'


def feed(*links: str) -> bytes:
    return (ATOM % "".join(link if "<" in link else entry(link) for link in links)).encode()


def article(name: str, head: str = "") -> bytes:
    """Each with words of its own, so that none is a reprint of another."""
    words = " ".join(f"{name}{n} partners{n}" for n in range(60))
    page = f"<html><head><title>{name}</title>{head}</head><body><article><p>{words}</p></article>"
    return page.encode()


class News:
    def __init__(self):
        self.pages: dict[str, bytes] = {}
        self.etags: dict[str, str] = {}
        self.server = None

    def reply(self, server, connection, path, headers):
        etag = self.etags.get(path, "")
        if etag and headers.get("if-none-match") == etag:
            connection.sendall(answer(b"", "304 Not Modified"))
        elif path in self.pages:
            stated = {"ETag": etag} if etag else {}
            connection.sendall(answer(self.pages[path], **stated))
        else:
            connection.sendall(answer(b"", "404 Not Found"))

    def at(self, path: str, host: str = "news.example") -> str:
        return f"http://{host}:{self.server.port}{path}"

    def follow(self, now=NOW, **options):
        given = {"weigh": lambda reading: Interest(score=1), "bounds": FAST}
        return follow(now, **given | {"network": network(self.server)} | options)

    def asked(self) -> list[str]:
        """Paths since it was last asked."""
        paths = self.server.paths
        self.server.asked.clear()
        return paths


@contextmanager
def one_reader():
    """Starting the process anew in every test would take most of the time."""
    with Reader() as reader, pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "Reader", lambda: nullcontext(reader))
        yield


@contextmanager
def news():
    site = News()
    with serving(site.reply) as server:
        site.server = server
        yield site
