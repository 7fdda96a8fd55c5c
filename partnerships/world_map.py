"""Countries as points and partnerships as arcs between them, over coastlines without borders.

The land is a picture of its own (static/img/land.svg), drawn in the same projection, so that it is
fetched once; SOURCES.md in `data` says where it and the points come from.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path

from django.urls import reverse

from .models import Partnership

POINTS = Path(__file__).resolve().parent / "data" / "points.csv"

WIDTH, HEIGHT = 2_000, 875
CENTRE, NORTH = 11.0, 84.0
"""Degrees: the meridian in the middle, which cuts in the Bering Strait, and the parallel on top."""

EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
"""Šavrič, Patterson, Jenny: The Equal Earth map projection (2018). Areas are true to each other."""

BULGES = (0.2, 0.3, 0.12, 0.4, -0.2, -0.3)
"""How far an arc may bow, as a share of its length: the first that runs through no third place."""

CLEAR = 18
MARGIN = 130
NARROWEST = 700
ALL_PAIRS = 4
"""Of more parties each is joined with the first only."""

NOT_IN_FORCE = {
    Partnership.Standing.PROPOSED,
    Partnership.Standing.SUSPENDED,
    Partnership.Standing.ENDED,
}

Place = tuple[int, int]


@dataclass(frozen=True)
class Drawn:
    """An arc or a point: its path, what it stands for and where it leads; faint where it is not in
    force."""

    path: str
    name: str
    url: str
    is_faint: bool = False


@dataclass(frozen=True)
class WorldMap:
    arcs: list[Drawn]
    points: list[Drawn]
    view_box: str


def world_map(partnerships: Iterable[Partnership]) -> WorldMap | None:
    """Of partnerships loaded `for_names`; None where no two countries are to be joined."""
    some = {partnership: countries_of(partnership) for partnership in partnerships}
    drawn = {partnership: parties for partnership, parties in some.items() if len(parties) > 1}
    if not drawn:
        return None
    countries = {country.pk: country.name for parties in drawn.values() for country in parties}
    there = [places()[code] for code in countries]
    bows = {partnership: bows_of(parties, there) for partnership, parties in drawn.items()}
    tops = [bow.top for some in bows.values() for bow in some]
    return WorldMap(
        [arc(partnership, some) for partnership, some in bows.items()],
        [point(code, name) for code, name in countries.items()],
        view_box([*tops, *there]),
    )


def countries_of(partnership: Partnership) -> list:
    return [p.country for p in partnership.parties.all() if p.country_id in places()]


def bows_of(parties: list, there: list[Place]) -> list["Bow"]:
    pairs = [[places()[country.pk] for country in pair] for pair in joined(parties)]
    return [Bow.clear_of(there, start, end) for start, end in pairs]


def arc(partnership: Partnership, bows: list["Bow"]) -> Drawn:
    path = "".join(bow.path for bow in bows)
    is_faint = partnership.standing in NOT_IN_FORCE
    return Drawn(path, partnership.name, partnership.get_absolute_url(), is_faint)


def joined(parties: list) -> list[tuple]:
    if len(parties) <= ALL_PAIRS:
        return list(combinations(parties, 2))
    return [(parties[0], other) for other in parties[1:]]


@dataclass(frozen=True)
class Bow:
    """A curve from one place to another, bent to the north, or to the west between north and south."""

    start: Place
    end: Place
    bulge: float = BULGES[0]

    @classmethod
    def clear_of(cls, places: list[Place], start: Place, end: Place) -> "Bow":
        """One that seems to join no third of these places, where there is one."""
        bows = [cls(start, end, bulge) for bulge in BULGES]
        return next((bow for bow in bows if not bow.touches(places)), bows[0])

    def touches(self, places: list[Place]) -> bool:
        others = [place for place in places if place not in (self.start, self.end)]
        return any(hypot(x - px, y - py) < CLEAR for x, y in self.steps for px, py in others)

    @property
    def steps(self) -> list[tuple[float, float]]:
        """Points along it, close enough to each other to meet any place it runs through."""
        (x1, y1), (x, y), (x2, y2) = self.start, self.bend, self.end
        count = max(2, int(hypot(x2 - x1, y2 - y1)) // (CLEAR // 2))
        shares = [step / count for step in range(1, count)]
        return [
            (
                (1 - t) ** 2 * x1 + 2 * t * (1 - t) * x + t**2 * x2,
                (1 - t) ** 2 * y1 + 2 * t * (1 - t) * y + t**2 * y2,
            )
            for t in shares
        ]

    @property
    def bend(self) -> Place:
        (x1, y1), (x2, y2) = sorted([self.start, self.end])  # from west to east
        side = self.bulge if x1 < x2 else -self.bulge
        return round((x1 + x2) / 2 + 2 * side * (y2 - y1)), round(
            (y1 + y2) / 2 - 2 * side * (x2 - x1)
        )

    @property
    def path(self) -> str:
        return "M{} {}Q{} {} {} {}".format(*self.start, *self.bend, *self.end)

    @property
    def top(self) -> Place:
        """The middle of the curve."""
        (x1, y1), (x, y), (x2, y2) = self.start, self.bend, self.end
        return (x1 + 2 * x + x2) // 4, (y1 + 2 * y + y2) // 4


def point(code: str, name: str) -> Drawn:
    x, y = places()[code]
    return Drawn(f"M{x} {y}h0", name, reverse("opportunities:country", args=[code.lower()]))


def view_box(some: list[Place]) -> str:
    """The part of the map that holds these places, as wide in proportion as the whole."""
    xs, ys = [x for x, _ in some], [y for _, y in some]
    across, down = max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + 2 * MARGIN
    width = min(max(across, down * WIDTH // HEIGHT, NARROWEST), WIDTH)
    height = width * HEIGHT // WIDTH
    left = within((min(xs) + max(xs) - width) // 2, WIDTH - width)
    top = within((min(ys) + max(ys) - height) // 2, HEIGHT - height)
    return f"{left} {top} {width} {height}"


def within(value: int, most: int) -> int:
    return max(0, min(value, most))


# --- Where countries lie


@cache
def places() -> dict[str, Place]:
    """By ISO 3166-1 alpha-2, on the map's own grid."""
    with POINTS.open(encoding="utf-8", newline="") as file:
        return {
            row["iso2"]: placed(float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        }


def placed(longitude: float, latitude: float) -> Place:
    """What lies beyond the lower edge is put on it."""
    scale = WIDTH / 2 / projected(180, 0)[0]
    x, y = projected((longitude - CENTRE + 180) % 360 - 180, latitude)
    top = projected(0, NORTH)[1]
    return round(WIDTH / 2 + x * scale), within(round((top - y) * scale), HEIGHT)


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth, of a sphere of radius 1, from degrees."""
    a1, a2, a3, a4 = EQUAL_EARTH
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    squared, sixth = t**2, t**6
    slope = a1 + 3 * a2 * squared + sixth * (7 * a3 + 9 * a4 * squared)
    x = 2 * sqrt(3) / 3 * radians(longitude) * cos(t) / slope
    return x, t * (a1 + a2 * squared + sixth * (a3 + a4 * squared))
