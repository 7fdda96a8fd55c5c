"""A hostile web server on loopback, for tests of fetching: a path names what it does.

`handler(connection, path, headers)` writes raw bytes, so that nothing tidies the answer up.
"""

import socket
import threading
from contextlib import contextmanager, suppress


def answer(body=b"", status="200 OK", kind="text/html", **headers) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Server:
    def __init__(self, handler, host="127.0.0.1", wrap=None):
        self.handler = handler
        self.wrap = wrap
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.socket = socket.create_server((host, 0))
        self.port = self.socket.getsockname()[1]
        self.is_over = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _peer = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection):
        with suppress(OSError, ValueError, IndexError), connection:
            if self.wrap:
                connection = self.wrap(connection)
            with connection, connection.makefile("rb") as lines:
                path = lines.readline().split()[1].decode()
                pairs = (line.decode().split(":", 1) for line in iter(lines.readline, b"\r\n"))
                headers = {name.strip().lower(): value.strip() for name, value in pairs}
                self.asked.append((path, headers))
                self.handler(self, connection, path, headers)

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked if path != "/robots.txt"]

    def close(self):
        self.is_over.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


@contextmanager
def serving(handler, **options):
    server = Server(handler, **options)
    try:
        yield server
    finally:
        server.close()
