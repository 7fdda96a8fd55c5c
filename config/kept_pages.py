"""Whole public pages, kept by the worker that wrote them, for as long as they are right.

A view says of its answer how long that is (`opportunities.kept.Lasting`); this room asks at each
request whether it still holds. What is kept is what any visitor gets: nothing with a cookie, nothing
that is `no-store`. It stands before every layer that would write the page or its headers again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.http import parse_etags

from opportunities.kept import Kept, Lasting
from opportunities.search.moment import clock

OVERHEAD = 2_000
"""Bytes that headers, key and places in lists take, about."""

OF_THE_BODY = {"Content-Encoding", "Content-Length", "Content-Type"}

Key = tuple[str, str, str, bool]
PAGES = Kept(lambda: settings.KEPT_PAGES_BYTES)


@dataclass(frozen=True)
class Page:
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    lasting: Lasting | None

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        lasting = getattr(response, "lasting", None) if is_for_everybody(response) else None
        headers = tuple(response.headers.items())
        return cls(response.content, headers, response.headers.get("ETag", ""), lasting)

    def is_right_since(self, stamp: str) -> bool:
        """Whether nothing moved while it was written: a part may be older than its own stamp."""
        return bool(self.etag and self.lasting) and self.lasting.stamp == stamp

    def answer(self, method: str, known: str) -> HttpResponse:
        """`known`: the If-None-Match of who asks."""
        if known and method == "GET" and matches(known, self.etag):
            return self.filled(HttpResponse(status=304), self.headers_without_body)
        body = self.body if method == "GET" else b""
        return self.filled(HttpResponse(body), self.headers)

    def filled(self, response: HttpResponse, headers) -> HttpResponse:
        del response.headers["Content-Type"]
        for name, value in headers:
            response.headers[name] = value
        return response

    @cached_property
    def headers_without_body(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.headers if name not in OF_THE_BODY]


class KeptPages:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if settings.DEBUG:  # templates are edited then, and no edit moves the stamp
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        key = key_of(request)
        if key and (page := held(key, timezone.now())):
            return page.answer(request.method, known)
        response = self.get_response(request)
        if response.status_code != 200 or not hasattr(request, "stamp_before"):
            return response
        page = Page.of(response)
        if key and request.method == "GET" and page.is_right_since(request.stamp_before):
            PAGES.put(key, page, len(page.body) + len(key[2]) + OVERHEAD)
        return page.answer(request.method, known) if known and page.etag else response

    def process_view(self, request, view, args, kwargs) -> None:
        """A page that may be kept is asked for whole, so that it can be; `answer` says 304 then."""
        if getattr(getattr(view, "view_class", None), "may_be_kept", False):
            request.META.pop("HTTP_IF_NONE_MATCH", None)
            request.stamp_before = stamp_at(timezone.now())


def key_of(request: HttpRequest) -> Key | None:
    """None where nothing may be kept or answered from here: not read only, or no host of ours."""
    if request.method not in {"GET", "HEAD"} or "HTTP_IF_MATCH" in request.META:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None  # the layers below say so, as they always did
    asked = request.META.get("QUERY_STRING", "")
    gzip = re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
    return host, request.path, asked, gzip


def held(key: Key, now: datetime) -> Page | None:
    """The page where it is still right."""
    page = PAGES.get(key)
    if page is None or now >= page.lasting.until:
        return None
    return page if stamp_at(now) == page.lasting.stamp else None


def stamp_at(now: datetime) -> str:
    """Of everything public, as this worker has seen it; '' where there is no index."""
    moment = clock.moment_at(now)
    return moment.shelf.stamp if moment else ""


def is_for_everybody(response: HttpResponse) -> bool:
    return not (
        response.cookies
        or response.streaming
        or "cookie" in response.headers.get("Vary", "").lower()
        or "no-store" in response.headers.get("Cache-Control", "")
        or "private" in response.headers.get("Cache-Control", "")
    )


def matches(known: str, etag: str) -> bool:
    """Whether one of the tags in an If-None-Match is this one (RFC 9110 §13.1.2: compared weakly)."""
    tags = parse_etags(known)
    return tags == ["*"] or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in tags}
