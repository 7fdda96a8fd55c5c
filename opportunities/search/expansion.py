"""Facet values that are more than an opportunity's own: made of parts that are.

What takes place in Kazakhstan and what each of its partnerships brings are parts of the country's
value. Of many opportunities parts are counted once for all values they are in, and what lies in
several is taken off again: that is a tenth of the keys that the values written out would hold. Of
few the adding up would take longer than it spares, so there the values are written out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pyroaring import BitMap

from opportunities.models.posting import CHUNK_BITS

from .memory import Shelf
from .postings import fitted, joined
from .tables import Joined

WRITTEN_OUT = 32
"""So many values of a facet are kept as one bitmap, for those that are filtered by."""

ADDITION = 250
"""Adding the count of one part takes as long as comparing so many keys (measured: 125 ns, 0.5 ns)."""

MOST_IN_A_LIST = 4_096
"""Of a chunk's keys a roaring bitmap holds up to so many as a list, and more as bits."""

LONG_LIST = 1_000, MOST_IN_A_LIST
"""Keys a chunk."""

NOTHING = BitMap()
Parts = dict[str, list[BitMap]]


@dataclass(frozen=True)
class Pieced:
    """One value; `again[n]`: those that lie in more than n + 1 of its parts."""

    parts: list[BitMap]
    again: list[BitMap]


@dataclass(frozen=True)
class Turned:
    """A part, and every other key there is; both are kept, so that the part's id stays its own."""

    part: BitMap
    rest: BitMap


@dataclass
class Values(Mapping[str, BitMap]):
    """The values of one facet; as a mapping, each of them written out."""

    pieced: Mapping[str, Pieced]
    turned: Mapping[int, Turned]
    whole: dict[str, BitMap] = field(default_factory=dict)

    def __post_init__(self):
        made = self.pieced.values()
        self.bitmaps = {id(bits): bits for one in made for bits in (*one.parts, *one.again)}
        self.keys = {
            value: (list(map(id, one.parts)), list(map(id, one.again)))
            for value, one in self.pieced.items()
        }

    def counted(self, count_of: Mapping[int, int]) -> dict[str, int]:
        """value → how many, `count_of` saying it of each of `bitmaps` by its id."""
        of = count_of.__getitem__
        return {
            value: count
            for value, (parts, again) in self.keys.items()
            if (count := sum(map(of, parts)) - sum(map(of, again)))
        }

    def __getitem__(self, value: str) -> BitMap:
        pieced = self.pieced[value]
        if len(pieced.parts) == 1:
            return pieced.parts[0]
        if value not in self.whole:
            if len(self.whole) >= WRITTEN_OUT:
                self.whole.clear()
            self.whole[value] = fitted(joined(pieced.parts))
        return self.whole[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pieced)

    def __len__(self) -> int:
        return len(self.pieced)


class Expansion:
    """The facets that are made of parts; of a value whose parts moved since, only what moved is
    looked at, so that an edit costs what it touches."""

    def __init__(self):
        self.made: dict[tuple[str, str], Pieced] = {}
        self.turned: dict[int, Turned] = {}
        self.edge = 0

    def of(self, shelf: Shelf, day: date, edge: int) -> Mapping[str, Mapping[str, BitMap]]:
        """facet → value → bitmap, `Values` where it pays to count parts; all keys there are lie
        before the edge."""
        found = {
            "host": hosts(shelf),
            "country": countries(shelf, day),
            "sector": sectors(shelf),
            "grouping": groupings(shelf),
            "partnership": partnerships(shelf),
        }
        before, self.made = self.made, {}
        if not are_many(found):
            return {
                facet: {value: joined(parts) for value, parts in values.items()}
                for facet, values in found.items()
            }
        for facet, values in found.items():
            for value, parts in values.items():
                self.made[facet, value] = pieced(parts, before.get((facet, value)))
        self.turn(edge)
        return {
            facet: Values({value: self.made[facet, value] for value in values}, self.turned)
            for facet, values in found.items()
        }

    def turn(self, edge: int) -> None:
        """What is held as long lists of keys also as all others, which are bitmaps, since those are
        compared ten times as quickly."""
        before = self.turned if edge == self.edge else {}
        parts = {id(part): part for one in self.made.values() for part in one.parts}
        fewest, most = (a_chunk * (edge >> CHUNK_BITS) for a_chunk in LONG_LIST)
        self.edge, self.turned = (
            edge,
            {
                key: before.get(key) or Turned(part, fitted(part.flip(0, edge)))
                for key, part in parts.items()
                if fewest < len(part) <= most
            },
        )


def are_many(found: Mapping[str, Parts]) -> bool:
    """Whether comparing each part once, and adding up, is less than comparing what is in each value."""
    each = [bits for values in found.values() for parts in values.values() for bits in parts]
    once = {id(bits): len(bits) for bits in each}
    return sum(once.values()) + ADDITION * len(each) < sum(map(len, each))


def pieced(parts: list[BitMap], before: Pieced | None) -> Pieced:
    if before is None or len(before.parts) != len(parts):
        return Pieced(parts, layers(parts)[1:])
    pairs = zip(before.parts, parts, strict=True)
    if not (moved := joined(old ^ new for old, new in pairs if old is not new)):
        return Pieced(parts, before.again)
    held, anew = before.again, layers([part & moved for part in parts])[1:]
    depth = range(max(len(held), len(anew)))
    kept = [held[n] - moved if n < len(held) else NOTHING for n in depth]
    again = [kept[n] | anew[n] if n < len(anew) else kept[n] for n in depth]
    return Pieced(parts, [layer for layer in again if layer])


def layers(parts: list[BitMap]) -> list[BitMap]:
    """The n-th: those in more than n of the parts. None is empty."""
    found: list[BitMap] = []
    for part in parts:
        rest = part
        for n, layer in enumerate(found):
            if not rest:
                break
            found[n], rest = layer | rest, layer & rest
        if rest:
            found.append(rest)
    return list(map(fitted, found))


def hosts(shelf: Shelf) -> Parts:
    return {code: [bits] for code, bits in shelf.values("place").items()}


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
