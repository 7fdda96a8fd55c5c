"""Bytes of a feed to its entries: RSS, Atom, JSON Feed. Pure: feedparser is never given an address.

feedparser 6 reads no JSON Feed; its few fields are read here.
"""

import json
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from .refusals import Refused
from .words import clean, day, language_tag, line

MAX_ENTRIES = 500
MAX_SUMMARY = 2_000


@dataclass(frozen=True)
class Entry:
    title: str = ""
    address: str = ""
    published_on: date | None = None
    author: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    title: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    total: int = 0  # entries there are; the first MAX_ENTRIES are kept


def read_feed(body: bytes, *, content_type: str = "", charset: str = "", address: str = "") -> Feed:
    """`address` only completes relative links. Raises Refused where there is no feed."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_feed(body, address)
    import feedparser  # noqa: PLC0415 - slow to load

    kind = content_type or "application/xml"
    headers = {"content-type": f"{kind}; charset={charset}" if charset else kind}
    found = feedparser.parse(BytesIO(body), response_headers=headers)
    if not found.version and not found.entries:
        raise Refused("not_feed")
    return Feed(
        title=line(found.feed.get("title"), 300),
        language=language_tag(found.feed.get("language")),
        entries=tuple(entry_of(entry, address) for entry in found.entries[:MAX_ENTRIES]),
        total=len(found.entries),
    )


def entry_of(entry, base: str) -> Entry:
    return Entry(
        title=line(entry.get("title"), 300),
        address=entry_address(entry.get("link") or "", base),
        published_on=day_of(entry.get("published_parsed") or entry.get("updated_parsed")),
        author=line(entry.get("author"), 200),
        summary=clean(entry.get("summary") or "")[:MAX_SUMMARY],
    )


def entry_address(link: str, base: str) -> str:
    try:
        address = urljoin(base, link.strip())
        is_web = urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return ""
    return address if is_web and len(address) <= 2_000 else ""


def day_of(moment) -> date | None:
    """The UTC day; feedparser gives the time in UTC, and of a broken date whatever it took it for."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).date() if moment else None
    except (ValueError, OverflowError, OSError):
        return None


def read_json_feed(body: bytes, base: str) -> Feed:
    try:
        found = json.loads(body)
    except ValueError:
        raise Refused("not_feed") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in text_of(found, "version"):
        raise Refused("not_feed")
    items = [item for item in items if isinstance(item, dict)]
    return Feed(
        title=line(text_of(found, "title"), 300),
        language=language_tag(text_of(found, "language")),
        entries=tuple(json_entry(item, base) for item in items[:MAX_ENTRIES]),
        total=len(items),
    )


def json_entry(item: dict, base: str) -> Entry:
    authors = item.get("authors") or [item.get("author")]
    author = authors[0] if isinstance(authors, list) else None
    return Entry(
        title=line(text_of(item, "title"), 300),
        address=entry_address(text_of(item, "url") or text_of(item, "external_url"), base),
        published_on=day(text_of(item, "date_published")),
        author=line(text_of(author, "name"), 200) if isinstance(author, dict) else "",
        summary=clean(text_of(item, "summary") or text_of(item, "content_text"))[:MAX_SUMMARY],
    )


def text_of(values: dict, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
