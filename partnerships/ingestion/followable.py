"""What the form of an address alone says of whether it can be read: no name is looked up. Pure."""

import socket
from urllib.parse import urlsplit

from .refusals import Refused
from .special_addresses import special_range

PORTS = {None, 80, 443}
LOCAL = (".localhost", ".local", ".internal", ".localdomain")


def addressed(address: str) -> str:
    """The address as it was given. Raises Refused."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Refused("address") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise Refused("address")
    if parts.username is not None or parts.password is not None:
        raise Refused("login_in_address")
    if port not in PORTS:
        raise Refused("port", port=port)
    if is_special(host):
        raise Refused("special", host=host)
    return address


def is_special(host: str) -> bool:
    if number := as_number(host):
        return bool(special_range(number))
    return f".{host}".endswith(LOCAL) or "." not in host


def as_number(host: str) -> str:
    """An address of numbers, also as 127.1, 2130706433 or 0x7f000001; '' for a name."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return ""
