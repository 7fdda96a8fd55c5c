"""Serve as production does, on this machine only."""

import errno
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8000
OPTIONS = {
    "interface": "wsgi",
    "host": LOOPBACK,
    "workers": 1,
    "blocking-threads": 4,  # each keeps a connection to the database open
    "workers-kill-timeout": 1,  # seconds; a browser that holds its connection must not hold us
    "log-level": "error",
}


class PortTaken(Exception):
    """The port asked for is in use."""


def free_port(wanted: int | None = None) -> int:
    """The port asked for, or raise PortTaken; else 8000 or the next one nobody listens on."""
    if wanted is not None:
        if not is_free(wanted):
            raise PortTaken(f"Port {wanted} is in use. Choose another, or leave --port out.")
        return wanted
    return next(port for port in range(USUAL_PORT, 65536) if is_free(port))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            return False
    return True


def serve(port: int, at: Path) -> NoReturn:
    """Become the server: this process is replaced, so signals reach granian and nothing is left
    open of what went before. It reads the settings anew, with its address in SITE_URL."""
    options = OPTIONS | {"port": port, "working-dir": at}
    command = [sys.executable, "-m", "granian"]
    command += [f"--{name}={value}" for name, value in options.items()]
    os.chdir(at)
    os.execve(  # noqa: S606 - our own interpreter, no shell
        sys.executable,
        [*command, "config.wsgi:application"],
        os.environ | {"SITE_URL": address(port)},
    )


def address(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"
