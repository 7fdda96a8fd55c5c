"""Countries as points and partnerships as arcs between them, over coastlines without borders.

The land is a picture of its own (static/img/land.svg), drawn in the same projection, so that it is
fetched once; SOURCES.md in `data` says where it and the points come from.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.urls import reverse

from .models import Partnership

POINTS = Path(__file__).resolve().parent / "data" / "points.csv"

WIDTH, HEIGHT = 2_000, 875
CENTRE, NORTH = 11.0, 84.0
"""Degrees: the meridian in the middle, which cuts in the Bering Strait, and the parallel on top."""

EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
"""Šavrič, Patterson, Jenny: The Equal Earth map projection (2018). Areas are true to each other."""

BULGE = 0.2
MARGIN = 130
NARROWEST = 700
ALL_PAIRS = 4
"""Of more parties each is joined with the first only."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Drawn:
    """An arc or a point: its path, what it stands for and where it leads."""

    path: str
    name: str
    url: str


@dataclass(frozen=True)
class WorldMap:
    arcs: list[Drawn]
    points: list[Drawn]
    view_box: str


def world_map(partnerships: Iterable[Partnership]) -> WorldMap | None:
    """Of partnerships loaded `for_names`; None where no two countries are to be joined."""
    countries: dict[str, str] = {}
    arcs, tops = [], []
    for partnership in partnerships:
        some = [p.country for p in partnership.parties.all() if p.country_id in places()]
        if len(some) < 2:
            continue
        countries |= {country.pk: country.name for country in some}
        bows = [Bow(*(places()[country.pk] for country in pair)) for pair in joined(some)]
        tops += [bow.top for bow in bows]
        path = "".join(bow.path for bow in bows)
        arcs.append(Drawn(path, partnership.name, partnership.get_absolute_url()))
    if not arcs:
        return None
    points = [point(code, name) for code, name in countries.items()]
    return WorldMap(arcs, points, view_box([*tops, *(places()[code] for code in countries)]))


def joined(parties: list) -> list[tuple]:
    if len(parties) <= ALL_PAIRS:
        return list(combinations(parties, 2))
    return [(parties[0], other) for other in parties[1:]]


@dataclass(frozen=True)
class Bow:
    """A curve from one place to another, bent to the north, or to the west between north and south."""

    start: Place
    end: Place

    @property
    def bend(self) -> Place:
        (x1, y1), (x2, y2) = sorted([self.start, self.end])  # from west to east
        side = BULGE if x1 < x2 else -BULGE
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
