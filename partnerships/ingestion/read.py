"""Bytes to an article's text and what the page states of it, or to a feed's entries. Pure.

What comes from the network is read by `child`, which calls this in a process with limits.
Nothing is worked out that the page does not state: no date from "last Thursday", no language from words.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from .decoding import decoded
from .feeds import Feed, read_feed
from .listed import links_in, site
from .refusals import Refused
from .words import clean, day, language_tag, line

MAX_CHARACTERS = 500_000
MAX_DEPTH = 1_000
MAX_TITLE = 300
FEWEST_CHARACTERS = 80  # less is a notice or a login page, no article
BEGINNINGS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"PK\x03\x04": "ZIP, DOCX, ODT",
    b"\x1f\x8b": "gzip",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"{\\rtf": "RTF",
}
FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.I)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h1|title|meta)[\s>/]", re.I)
TAG = re.compile(r"<(/?)(a|abbr|article|aside|b|blockquote|center|details|div|em|fieldset|figure|font|form|"
    r"i|ins|main|nav|ol|section|small|span|strong|sub|sup|table|u|ul)[\s>/]", re.I)  # fmt: skip
SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " / ")


@dataclass(frozen=True)
class Reading:
    """Of an article; '' and None are *not stated*. `text` begins with the title."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published_on: date | None = None
    language: str = ""
    address: str = ""
    text: str = ""


def read(
    body: bytes,
    *,
    content_type: str = "",
    charset: str = "",
    address: str = "",
    lists: bool = False,
) -> Reading | Feed:
    """Whichever it is. Raises Refused. `lists`: a page is read for the articles it links to."""
    refuse_binary(body)
    text = decoded(body, charset)
    if looks_like_feed(text, content_type):
        return read_feed(body, content_type=content_type, charset=charset, address=address)
    if lists:
        return links_in(tree_of(text), address)
    is_page = PAGE.search(text[:20_000]) or ("html" in content_type and TAG.search(text))
    if content_type == "text/plain" or not is_page:
        return read_text(text, address)
    return read_page(text, address)


def refuse_binary(body: bytes) -> None:
    for beginning, kind in BEGINNINGS.items():
        if body.startswith(beginning):
            raise Refused("not_text", kind=kind)
    beginning = body[:1_000]
    is_wide = body.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    # One or two stray ones are taken out like every control character.
    if not is_wide and beginning.count(0) > max(2, len(beginning) / 100):
        raise Refused("not_text", kind="NUL")


def looks_like_feed(text: str, content_type: str) -> bool:
    beginning = text[:5_000].lstrip("\ufeff \t\r\n")
    if "json" in content_type:
        return True
    if beginning.startswith("{"):
        return "jsonfeed.org/version" in beginning
    return bool(FEED.search(beginning)) and not re.search(r"<html[\s>]", beginning, re.I)


# --- Plain text: pasted, uploaded, or a site's own


def read_text(text: str, address: str = "") -> Reading:
    """Its first line is the title where it is as short as one and more follows."""
    text = clean(text)
    refuse_length(text, fewest=1)
    first, _line_end, rest = text.partition("\n")
    title = first.strip() if rest.strip() and len(first) <= MAX_TITLE else ""
    return Reading(title=title, address=address, text=text)


def refuse_length(text: str, fewest: int) -> None:
    if len(text) > MAX_CHARACTERS:
        raise Refused("long", limit=MAX_CHARACTERS)
    if len(text) < fewest:
        raise Refused("no_text")


# --- Pages


def read_page(html: str, address: str = "") -> Reading:
    from trafilatura import bare_extraction  # noqa: PLC0415 - slow to load

    tree = tree_of(html)
    # Before trafilatura prunes the tree.
    language, canonical = stated_language(tree), stated_address(tree)
    found = bare_extraction(
        tree,
        url=address or None,
        with_metadata=True,
        include_comments=False,
        favor_precision=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = clean((found and found.text) or "")
    refuse_length(body, fewest=FEWEST_CHARACTERS)
    outlet = line(found.sitename, 200)
    title = without_outlet(line(found.title, MAX_TITLE), outlet)
    return Reading(
        title=title,
        outlet=outlet,
        author=line(found.author, 200),
        published_on=day(found.date),
        language=language,
        address=web_address(canonical or found.url, address),
        text=body if not title or body.startswith(title) else f"{title}\n\n{body}",
    )


def tree_of(html: str):
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415 - slow to load

    refuse_nesting(html)
    try:
        return document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*>", "", clean(html)).encode(), HTMLParser(encoding="utf-8")
        )
    except ValueError:  # lxml's ParserError: nothing in it
        raise Refused("no_text") from None


def refuse_nesting(html: str) -> None:
    """Of elements that must be closed: an unclosed <p> or <li> nests nothing."""
    depth = 0
    for tag in TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            raise Refused("nested")


def stated_language(tree) -> str:
    """From <html lang>, or what stands for it in the head."""
    stated = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += tree.xpath(
        "//meta[translate(@http-equiv,'CL','cl')='content-language' or @name='language' "
        "or @property='og:locale' or @itemprop='inLanguage']/@content"
    )
    return next(filter(None, map(language_tag, stated)), "")


def stated_address(tree) -> str:
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next(filter(None, map(str.strip, found)), "")


def without_outlet(title: str, outlet: str) -> str:
    """A page's <title> often ends in its outlet's name, which is no part of the article's."""
    for separator in SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head and outlet and same_name(tail, outlet):
            return without_outlet(head.rstrip(), outlet)
    return title


def same_name(one: str, other: str) -> bool:
    one, other = (re.sub(r"\W", "", name.casefold()) for name in (one, other))
    return bool(one and other) and (one in other or other in one)


def web_address(stated: str | None, read_at: str) -> str:
    """The canonical one, if it is on the site we read: else a page could pass for another's."""
    try:
        stated = urljoin(read_at, (stated or "").strip())
        told, read = urlsplit(stated), urlsplit(read_at)
    except ValueError:
        return read_at
    if told.scheme not in {"http", "https"} or not told.hostname or len(stated) > 2_000:
        return read_at
    return stated if not read_at or site(told.hostname) == site(read.hostname or "") else read_at
