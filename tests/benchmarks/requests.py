"""Requests to the whole application, and what each kind of them takes."""

import gzip
import io
import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from statistics import median
from types import ModuleType

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import path

from config import urls
from config.wsgi import application
from opportunities.choices import Funding, Kind, Level
from partnerships.models import Sector
from partnerships.views import ReadOnly

from . import corpus
from .model_objects import PageOfObjects
from .world import NOW

LISTING, BY_OBJECTS, EMPTY = "/opportunities/", "/by-model-objects/", "/empty"
COUNTRIES = [
    "KZ",
    "CN",
    "FR",
    "KE",
    "BR",
    "IN",
    "NG",
    "US",
    "DE",
    "EG",
    "MA",
    "TR",
    "VN",
    "ZA",
    "PE",
    "UZ",
    "ID",
    "GB",
    "RU",
    "CI",
]
WARM_UP = 60
"""Requests of the same sorts that come first."""
EVERY = 10
"""One request in so many is also made to the page of model objects."""

Answer = tuple[str, dict[str, str], bytes]
Figures = dict[str, float | int]


class EmptyPage(ReadOnly):
    def get(self, request):
        return HttpResponse("ok")


def measured(rows: int, seed: int, requests: int) -> Figures:
    with time_machine.travel(NOW, tick=False):  # or a deadline passes and another page is right
        corpus.ensure(rows, seed, progress=corpus.on_stderr)
        prepare()
        return figures(rows, times_of(rows, requests))


def prepare() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).resolve().parent / "templates")
    settings.ROOT_URLCONF = "benchmark_urls"
    sys.modules["benchmark_urls"] = wired()


def wired() -> ModuleType:
    """The project's addresses and two more."""
    module = ModuleType("benchmark_urls")
    module.__dict__.update(
        {name: getattr(urls, name) for name in dir(urls) if name[:7] == "handler"}
    )
    module.urlpatterns = [
        path(EMPTY[1:], EmptyPage.as_view()),
        path(BY_OBJECTS[1:], PageOfObjects.as_view()),
        *urls.urlpatterns,
    ]
    return module


def questions() -> Iterator[str]:
    """Query strings of three sorts in turn, none twice."""
    sectors = list(Sector.objects.values_list("slug", flat=True))
    sorts = [
        [f"kind={k}&level={v}&country={c}" for k, v, c in product(Kind.values, Level.values, COUNTRIES)],
        [f"nationality={c}&level={v}&funding={f}" for c, v, f in product(COUNTRIES, Level.values, Funding.values)],
        [f"sector={s}&host={c}&stage=all" for s, c in product(sectors, COUNTRIES)],
    ]  # fmt: skip
    for one in sorts:
        Random(1).shuffle(one)
    for row in zip(*sorts, strict=False):
        yield from row


def read_through(rows: int) -> None:
    """The whole list, so that cards are at hand as far as their bound lets them be, which is how a
    worker is that has served for a while; pages and answers are others in what follows."""
    for page in range(1, rows // 20 + 1):
        get(LISTING, f"stage=all&sort=newest&page={page}")
        if page % 50 == 0:
            corpus.on_stderr(page * 20, rows)


def times_of(rows: int, requests: int) -> dict[str, list[float]]:
    asked = questions()
    read_through(rows)
    for _number in range(WARM_UP):
        get(LISTING, next(asked))
    etag = get(LISTING)[1]["ETag"]
    times: dict[str, list[float]] = {}
    for number, query in enumerate(list(asked)[:requests]):
        timed(times, "empty", EMPTY)
        timed(times, "cached", LISTING)
        timed(times, "not_modified", LISTING, known=etag)
        page = timed(times, "uncached", LISTING, query)
        if number % EVERY == 0:
            times.setdefault("same", []).append(times["uncached"][-1])
            refuse_difference(page, timed(times, "model_objects", BY_OBJECTS, query))
            corpus.on_stderr(number + EVERY, requests)
    return times


def timed(times: dict[str, list[float]], kind: str, address: str, query="", known="") -> Answer:
    started = time.thread_time_ns()
    answer = get(address, query, known)
    times.setdefault(kind, []).append((time.thread_time_ns() - started) / 1000)
    if answer[0] != ("304 Not Modified" if known else "200 OK"):
        raise SystemExit(f"{address}?{query} answered {answer[0]}")
    return answer


def get(address: str, query: str = "", known: str = "") -> Answer:
    started: list[tuple[str, list[tuple[str, str]]]] = []
    answer = application(environ(address, query, known), lambda *said: started.append(said[:2]))
    body = b"".join(answer)
    answer.close()
    status, headers = started[0]
    return status, dict(headers), body


def environ(address: str, query: str, known: str) -> dict[str, object]:
    host = settings.SITE_URL.partition("://")[2]
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "SERVER_NAME": host.partition(":")[0],
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_ACCEPT": "text/html,application/xhtml+xml",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_USER_AGENT": "Mozilla/5.0",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    } | ({"HTTP_IF_NONE_MATCH": known} if known else {})


def refuse_difference(ours: Answer, theirs: Answer) -> None:
    """Both say the same to the byte, or there is nothing to compare."""
    ours_said, theirs_said = text_of(ours), text_of(theirs).replace(BY_OBJECTS, LISTING)
    if ours_said != theirs_said:
        lines = zip(ours_said.split("\n"), theirs_said.split("\n"), strict=False)
        first = next((pair for pair in lines if pair[0] != pair[1]), None)
        raise SystemExit(f"The pages differ: {first}")


def text_of(answer: Answer) -> str:
    _status, headers, body = answer
    packed = headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(body) if packed else body).decode()


def figures(rows: int, times: dict[str, list[float]]) -> Figures:
    of = {kind: median(some) for kind, some in times.items()}
    return {
        "rows": rows,
        "uncached_vs_empty_view": round(of["empty"] / of["uncached"], 3),
        "vs_model_objects": round(of["model_objects"] / of["same"], 1),
        "cached_vs_empty_view": round(of["empty"] / of["cached"], 2),
        "not_modified_vs_empty_view": round(of["empty"] / of["not_modified"], 2),
        **{f"{kind}_us": round(some) for kind, some in of.items() if kind != "same"},
    }


def table(figures: Figures) -> str:
    return "\n".join(f"{name:28}{value:>12,}" for name, value in figures.items())
