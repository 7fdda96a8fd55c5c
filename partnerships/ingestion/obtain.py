"""An address, a pasted text or an uploaded file to what it says: one way for the desk and for commands."""

from dataclasses import dataclass, replace

from .child import read_safely
from .fetch import INTERNET, fetch
from .guarded import Network
from .read import Reading
from .refusals import Refused

KINDS = {"txt": "text/plain", "html": "text/html", "htm": "text/html"}


@dataclass(frozen=True)
class Obtained:
    reading: Reading
    found_at: tuple[str, ...] = ()  # the address asked for, and where it led

    def at(self, address: str) -> "Obtained":
        """Of a text that was handed in, where it stands, as whoever handed it in says."""
        if not (stated := address.strip()):
            return self
        return Obtained(replace(self.reading, address=stated), (stated,))


def article_at(address: str, *, network: Network = INTERNET) -> Obtained:
    """Raises Refused."""
    page = fetch(address, network=network)
    said = article_in(page.body, page.content_type, charset=page.charset, address=page.address)
    return Obtained(said, found_at=(address, page.address))


def article_pasted(text: str) -> Obtained:
    return Obtained(article_in(text.encode("utf-8", "ignore"), "text/plain"))


def article_uploaded(name: str, body: bytes, *, network: Network = INTERNET) -> Obtained:
    """A .txt or .html file; other names are refused by what they are."""
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise Refused("file", ending=ending[:20])
    if len(body) > network.max_bytes:
        raise Refused("large", megabytes=round(network.max_bytes / 1_000_000))
    return Obtained(article_in(body, KINDS[ending]))


def article_in(body: bytes, content_type: str, **stated: str) -> Reading:
    said = read_safely(body, content_type=content_type, **stated)
    if not isinstance(said, Reading):
        raise Refused("is_feed")
    return said
