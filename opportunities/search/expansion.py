"""Facet values that are more than an opportunity's own: worked out for one UTC day, kept while
what they rest on stays the same."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from pyroaring import BitMap

from .memory import Shelf
from .postings import joined
from .tables import Joined

Values = Mapping[str, BitMap]


class Expansion:
    """Bitmaps by facet and value; a value whose parts are the same objects as before is not made
    again, so that an edit costs what it touches."""

    def __init__(self):
        self.made: dict[tuple[str, str], tuple[list[BitMap], BitMap]] = {}

    def of(self, shelf: Shelf, day: date) -> dict[str, Values]:
        parts = {
            "country": countries(shelf, day),
            "sector": sectors(shelf),
            "grouping": groupings(shelf),
            "partnership": partnerships(shelf),
        }
        return {
            facet: {value: self.union(facet, value, some) for value, some in values.items()}
            for facet, values in parts.items()
        }

    def union(self, facet: str, value: str, parts: list[BitMap]) -> BitMap:
        held = self.made.get((facet, value))
        if held is None or not are_same(held[0], parts):
            held = parts, joined(parts)
            self.made[facet, value] = held
        return held[1]


def are_same(before: list[BitMap], now: list[BitMap]) -> bool:
    return len(before) == len(now) and all(a is b for a, b in zip(before, now, strict=True))


Parts = dict[str, list[BitMap]]


def countries(shelf: Shelf, day: date) -> Parts:
    """Takes place there, or a visible partnership has it as a party or as that day's member of one."""
    parts: Parts = defaultdict(list)
    for code, bits in shelf.values("place").items():
        parts[code].append(bits)
    members = shelf.tables.members_on(day)
    for key, bits in brought(shelf):
        partnership = shelf.tables.partnerships[key]
        for code in parties_of(partnership, members):
            parts[code].append(bits)
    return parts


def parties_of(partnership: Joined, members: Mapping[str, set[str]]) -> set[str]:
    return partnership.countries.union(*(members[slug] for slug in partnership.groupings))


def groupings(shelf: Shelf) -> Parts:
    """It names the grouping itself, or a visible partnership has it as party or framework."""
    parts: Parts = defaultdict(list)
    for slug, bits in shelf.values("grouping").items():
        parts[slug].append(bits)
    for key, bits in brought(shelf):
        partnership = shelf.tables.partnerships[key]
        for slug in partnership.groupings | partnership.frameworks:
            parts[slug].append(bits)
    return parts


def partnerships(shelf: Shelf) -> Parts:
    return {shelf.tables.partnerships[key].slug: [bits] for key, bits in brought(shelf)}


def brought(shelf: Shelf) -> list[tuple[int, BitMap]]:
    """What each visible partnership brings, by its key."""
    held = shelf.values("partnership").items()
    return [(int(key), bits) for key, bits in held if int(key) in shelf.tables.partnerships]


def sectors(shelf: Shelf) -> Parts:
    """A parent includes its children."""
    held = shelf.values("sector")
    return {
        slug: [held[child] for child in sorted(family) if child in held]
        for slug, family in shelf.tables.sectors.items()
    }
