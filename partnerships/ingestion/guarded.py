"""One transport for every byte from the network: it connects only to addresses it has judged.

A name is resolved once, every answer is judged, and the connection goes to the judged address itself,
so a name that changes its answer meanwhile (DNS rebinding) gains nothing. TLS and the Host header
keep the name. Only `fetch` imports this.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from queue import Empty, SimpleQueue

import httpcore2
import httpx2

from .refusals import Refused
from .special_addresses import special_range

MAX_ADDRESSES = 4  # of one name that are tried


def system_addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


@cache
def system_trust() -> ssl.SSLContext:
    """Reading the system's certificates takes longer than most answers."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Network:
    """What may be reached, and for how long. Tests hand in another; no setting changes it."""

    resolve: Callable[[str, int], list[str]] = system_addresses
    ports: frozenset[int] = frozenset({80, 443})
    allowed: frozenset[str] = frozenset()  # special addresses all the same: a test's own server
    tls: Callable[[], ssl.SSLContext] = system_trust
    seconds: float = 10
    max_bytes: int = 3_000_000

    def judge(self, host: str, address: str) -> None:
        """Raises Refused for an address that is no public site."""
        if address not in self.allowed and (why := special_range(address)):
            raise Refused("special", host=host, range=why)


@dataclass
class Deadline:
    """One instant for the whole exchange, however many answers, redirects or drops it takes."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = self.clock() + self.seconds

    def left(self) -> float:
        left = self.ends - self.clock()
        if left <= 0:
            raise Refused("slow", seconds=round(self.seconds))
        return left


class GuardedBackend(httpcore2.SyncBackend):
    def __init__(self, network: Network, deadline: Deadline):
        self.network = network
        self.deadline = deadline

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        if port not in self.network.ports:
            raise Refused("port", port=port)
        addresses = self.addresses_of(host, port)
        for address in addresses:
            self.network.judge(host, address)
        return self.first_that_answers(host, port, addresses[:MAX_ADDRESSES])

    def connect_unix_socket(self, path, timeout=None, socket_options=None):
        raise Refused("address")

    def addresses_of(self, host: str, port: int) -> list[str]:
        """In a thread, for the system's resolver takes no deadline."""
        answers = SimpleQueue()
        threading.Thread(target=self.resolve, args=(host, port, answers), daemon=True).start()
        try:
            addresses = answers.get(timeout=self.deadline.left())
        except Empty:
            raise Refused("slow", seconds=round(self.deadline.seconds)) from None
        if not addresses:
            raise Refused("unknown_host", host=host)
        return addresses

    def resolve(self, host: str, port: int, answers: SimpleQueue) -> None:
        try:
            answers.put(self.network.resolve(host, port))
        except (OSError, UnicodeError):  # UnicodeError: a label too long for the system's IDNA
            answers.put([])

    def first_that_answers(self, host: str, port: int, addresses: list[str]):
        for others, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                stream = super().connect_tcp(address, port, self.deadline.left() / others)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
            self.check_peer(host, stream)
            return DeadlineStream(stream, self.deadline)
        raise Refused("unreachable", host=host)

    def check_peer(self, host: str, stream) -> None:
        """Once more, now of what we are connected to."""
        try:
            self.network.judge(host, stream.get_extra_info("server_addr")[0])
        except Refused:
            stream.close()
            raise


class DeadlineStream(httpcore2.NetworkStream):
    """Each read and write gets only the time left, so a server that drips gains none."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline):
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes, timeout=None):
        return self.stream.read(max_bytes, self.deadline.left())

    def write(self, buffer, timeout=None):
        self.stream.write(buffer, self.deadline.left())

    def close(self):
        self.stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        secure = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left())
        return DeadlineStream(secure, self.deadline)

    def get_extra_info(self, info):
        return self.stream.get_extra_info(info)


class CappedBody(httpx2.SyncByteStream):
    """Bytes as sent, before they are unpacked: what follows the end of a gzip stream is bounded too."""

    def __init__(self, stream, max_bytes: int):
        self.stream = stream
        self.max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        length = 0
        for piece in self.stream:
            length += len(piece)
            if length > self.max_bytes:
                raise Refused("large", megabytes=round(self.max_bytes / 1_000_000))
            yield piece

    def close(self) -> None:
        self.stream.close()


class GuardedTransport(httpx2.BaseTransport):
    """httpx2's requests and answers over `GuardedBackend`: no proxy, cookie or .netrc is ever read."""

    def __init__(self, network: Network, deadline: Deadline):
        self.network = network
        self.pool = httpcore2.ConnectionPool(
            ssl_context=network.tls(), network_backend=GuardedBackend(network, deadline)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self.pool.handle_request(
            httpcore2.Request(method=request.method, url=url, headers=request.headers.raw)
        )
        return httpx2.Response(
            answer.status,
            headers=answer.headers,
            stream=CappedBody(answer.stream, self.network.max_bytes),
            request=request,
        )

    def close(self) -> None:
        self.pool.close()
