"""One posting's bits: a checksum, then a serialised roaring bitmap of primary keys."""

import zlib
from collections.abc import Iterable

from pyroaring import BitMap

CHECKSUM_BYTES = 4


class Damaged(Exception):
    """What is stored is not what was written."""


def dump(term: bytes, chunk: int, ids: BitMap) -> bytes:
    body = ids.serialize()
    return checksum(term, chunk, body) + body


def load(term: bytes, chunk: int, bits: bytes) -> BitMap:
    """Raises Damaged; the checksum covers term and chunk too, so a row that moved is found."""
    body = bytes(bits[CHECKSUM_BYTES:])
    if bytes(bits[:CHECKSUM_BYTES]) != checksum(term, chunk, body):
        raise Damaged(f"{term.decode(errors='replace')} {chunk}")
    return BitMap.deserialize(body)


def checksum(term: bytes, chunk: int, body: bytes) -> bytes:
    whole = zlib.crc32(body, zlib.crc32(term, chunk))
    return whole.to_bytes(CHECKSUM_BYTES, "big")


def joined(parts: Iterable[BitMap]) -> BitMap:
    """One bitmap of many; empty of none."""
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    return BitMap.union(*parts) if parts else BitMap()


def fitted(bits: BitMap) -> BitMap:
    """The same, without the room it was given to grow in: for what is kept."""
    bits.shrink_to_fit()
    return bits


def common(parts: Iterable[BitMap]) -> BitMap:
    """What all have; the smallest first, so that little is compared."""
    first, *others = sorted(parts, key=len)
    for other in others:
        first = first & other
    return first
