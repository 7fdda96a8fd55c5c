"""A page that links to its news, read like a feed: for outlets without one. Pure.

A link counts whose words are as long as a headline and which leads elsewhere on the same site;
those of menus are shorter. When an article was published is not said there.
"""

import re
from urllib.parse import urlsplit

from .feeds import MAX_ENTRIES, Entry, Feed, entry_address
from .refusals import Refused
from .words import language_tag, line

FEWEST_CHARACTERS = 25
FEWEST_OF_CHINESE = 10  # and Japanese, where a character is a word
WITHOUT_SPACES = re.compile(r"[぀-ヿ㐀-鿿]")


def links_in(tree, address: str) -> Feed:
    """Raises Refused where there are none."""
    found: dict[str, Entry] = {}
    for link in tree.iter("a"):
        entry = Entry(
            title=line(link.text_content(), 300),
            address=entry_address(link.get("href") or "", address).partition("#")[0],
        )
        if is_headline(entry.title) and leads_on(entry.address, address):
            found.setdefault(entry.address, entry)
    if not found:
        raise Refused("no_links")
    return Feed(
        title=line(tree.findtext(".//title"), 300),
        language=language_tag(tree.get("lang")),
        entries=tuple(found.values())[:MAX_ENTRIES],
        total=len(found),
    )


def is_headline(words: str) -> bool:
    fewest = FEWEST_OF_CHINESE if WITHOUT_SPACES.search(words) else FEWEST_CHARACTERS
    return len(words) >= fewest


def leads_on(address: str, listed_at: str) -> bool:
    try:
        to, here = urlsplit(address), urlsplit(listed_at)
        same_site = site(to.hostname or "") == site(here.hostname or "")
    except ValueError:
        return False
    return same_site and to.path.strip("/") not in {"", here.path.strip("/")}


def site(host: str) -> str:
    return host.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")
