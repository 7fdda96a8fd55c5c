"""The only door to the network: `fetch` an address, or be told in a sentence why not."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore2
import httpx2
from django.conf import settings

from .guarded import Deadline, GuardedTransport, Network
from .refusals import Refused
from .robots import allows

AGENT = "Serai"
MAX_REDIRECTS = 5
MAX_ADDRESS = 2_000
MAX_ROBOTS_BYTES = 512 * 1024  # what RFC 9309 asks to read at least; the rest is left
REDIRECTS = frozenset({301, 302, 303, 307, 308})
READABLE = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/feed+json",
        "application/json",
    }
)
PACKINGS = frozenset({"", "identity", "gzip", "deflate"})
INTERNET = Network()


@dataclass(frozen=True)
class Page:
    """What came back. `address` is where the last redirect led; 304 has no body."""

    address: str
    status: int
    content_type: str = ""
    charset: str = ""
    body: bytes = b""
    etag: str = ""
    modified: str = ""

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


def fetch(
    address: str,
    *,
    etag: str = "",
    modified: str = "",
    any_type: bool = False,
    network: Network = INTERNET,
    robots: dict[str, str] | None = None,
) -> Page:
    """Raises Refused. `any_type` is for link checks: what we do not read comes without its body.

    `robots`: who fetches many hands in one dict, so that each site's robots.txt is asked for once.
    """
    deadline = Deadline(network.seconds)
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    with GuardedTransport(network, deadline) as transport:
        exchange = Exchange(network, deadline, transport, {} if robots is None else robots)
        return exchange.page(address, {k: v for k, v in conditions.items() if v}, any_type)


@dataclass
class Exchange:
    """One `fetch`: its redirects, the robots.txt of each site on the way, one deadline."""

    network: Network
    deadline: Deadline
    transport: GuardedTransport
    robots: dict[str, str]

    def page(self, address: str, conditions: dict[str, str], any_type: bool) -> Page:
        with self.followed(address, conditions, asks_robots=True) as response:
            refuse_status(response, bool(conditions))
            kind = type_of(response)
            is_read = kind in READABLE or not kind
            if not is_read and not any_type:
                raise Refused("type", type=kind)
            return Page(
                address=str(response.request.url),
                status=response.status_code,
                content_type=kind,
                charset=response.charset_encoding or "",
                body=self.body_of(response) if is_read else b"",
                etag=mark(response, "ETag"),
                modified=mark(response, "Last-Modified"),
            )

    @contextmanager
    def followed(
        self, address: str, headers: dict[str, str], *, asks_robots: bool
    ) -> Iterator[httpx2.Response]:
        """The first answer that is no redirect. Each address on the way is judged like the first."""
        url = self.checked(address)
        for _turn in range(MAX_REDIRECTS + 1):
            if asks_robots:
                self.ask_robots(url)
            with self.answered(url, headers) as response:
                if not is_redirect(response):
                    yield response
                    return
                url = self.checked(next_address(response))
        raise Refused("redirects", limit=MAX_REDIRECTS)

    def checked(self, address: str) -> httpx2.URL:
        if len(address) > MAX_ADDRESS or "\\" in address or not address.isprintable():
            raise Refused("address")
        try:
            url = httpx2.URL(address.strip()).copy_with(fragment=None)
        except httpx2.InvalidURL:
            raise Refused("address") from None
        if url.scheme not in {"http", "https"} or not url.host:
            raise Refused("address")
        if url.userinfo:
            raise Refused("login_in_address")
        port = url.port or (443 if url.scheme == "https" else 80)
        if port not in self.network.ports:
            raise Refused("port", port=port)
        return url

    @contextmanager
    def answered(self, url: httpx2.URL, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        request = httpx2.Request("GET", url, headers=own_headers() | headers)
        with said_plainly(url.host, self.deadline):
            response = self.transport.handle_request(request)
            try:
                yield response
            finally:
                response.close()

    def body_of(self, response: httpx2.Response) -> bytes:
        """Unpacked piece by piece, and no further than the limit."""
        if response.headers.get("Content-Encoding", "").strip().lower() not in PACKINGS:
            raise Refused("garbled")
        body = bytearray()
        for piece in response.iter_bytes():
            self.deadline.left()
            body += piece
            if len(body) > self.network.max_bytes:
                raise Refused("large", megabytes=round(self.network.max_bytes / 1_000_000))
        return bytes(body)

    def ask_robots(self, url: httpx2.URL) -> None:
        origin = str(url.copy_with(raw_path=b"/robots.txt"))
        if origin not in self.robots:
            self.robots[origin] = self.robots_at(origin)
        if not allows(self.robots[origin], AGENT, url.raw_path.decode("ascii", "replace")):
            raise Refused("robots")

    def robots_at(self, address: str) -> str:
        """Its text; '' where a site has none. A site at fault has not said yes (RFC 9309)."""
        with self.followed(address, {}, asks_robots=False) as response:
            if response.status_code >= 500 or response.status_code == 429:
                raise Refused("robots_unknown")
            if response.status_code != 200:
                return ""
            return self.beginning_of(response).decode("utf-8", "replace")

    def beginning_of(self, response: httpx2.Response) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            self.deadline.left()
            body += piece
            if len(body) >= MAX_ROBOTS_BYTES:
                break
        return bytes(body[:MAX_ROBOTS_BYTES])


def own_headers() -> dict[str, str]:
    return {
        "User-Agent": f"{AGENT}/1 (+{settings.SITE_URL}; {settings.CONTACT_EMAIL})",
        "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
        "application/feed+json, text/plain;q=0.8, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


def is_redirect(response: httpx2.Response) -> bool:
    return response.status_code in REDIRECTS and "Location" in response.headers


def next_address(response: httpx2.Response) -> str:
    try:
        url = response.request.url.join(response.headers["Location"].strip())
    except httpx2.InvalidURL:
        raise Refused("redirect") from None
    if url.scheme not in {"http", "https"}:
        raise Refused("redirect")
    return str(url)


def type_of(response: httpx2.Response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def mark(response: httpx2.Response, name: str) -> str:
    """Only what can be sent back as it came; without one the page is read whole next time."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() else ""


def refuse_status(response: httpx2.Response, is_conditional: bool) -> None:
    status = response.status_code
    if 200 <= status < 300 or (status == 304 and is_conditional):
        return
    if status in {401, 403, 407, 451}:
        raise Refused("login", status=status)
    if status in {404, 410}:
        raise Refused("gone", status=status)
    if status == 429:
        raise Refused("busy", status=status)
    raise Refused("fault" if status >= 500 else "status", status=status)


@contextmanager
def said_plainly(host: str, deadline: Deadline) -> Iterator[None]:
    """The client's errors as refusals."""
    try:
        yield
    except httpcore2.TimeoutException:
        raise Refused("slow", seconds=round(deadline.seconds)) from None
    except httpcore2.ConnectError as error:
        is_certificate = isinstance(error.__context__, ssl.SSLError)
        raise Refused("certificate" if is_certificate else "unreachable", host=host) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.StreamError):
        raise Refused("broken_off") from None
    except httpx2.DecodingError:
        raise Refused("garbled") from None
