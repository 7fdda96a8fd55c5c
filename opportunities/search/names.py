"""What an opportunity is about, by every name it is called by in the interface languages.

Somebody who types “Казахстан”, “哈萨克斯坦” or “bourse” means the country and the kind, whatever
language the opportunity was written in. Countries have CLDR's names, kinds those of our catalogues,
sectors, groupings and partnerships their own; two files `names.csv` add everyday names, former ones
and abbreviations. They were written by us for Serai, by hand, after reading which second forms CLDR
has of a country (short, variant); so those are no independent measure of them in the tests. They were
not checked by speakers of each language. Parts of a value (Scotland, football) are no names of it.
"""

import csv
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

from opportunities.choices import Kind
from partnerships.models import Country, Grouping, Partnership, Sector
from partnerships.names import locale_of
from partnerships.reference import DATA as PARTNERSHIPS_DATA

from .asking import Word
from .text import stems_of, tokens_of

WRITTEN_NAMES = (PARTNERSHIPS_DATA / "names.csv", Path(__file__).resolve().parent / "names.csv")
"""Countries and groupings, which the reading of articles knows by them too; sectors and kinds."""

Value = tuple[str, str]
"""A parameter of the address and a value of it: ("country", "KZ")."""
Name = tuple[Value, str]


class NameTable:
    """Finds values by the words of their names."""

    def __init__(self, names: Iterable[Name]):
        self.names = list(dict.fromkeys(names))
        holding: dict[str, list[int]] = defaultdict(list)
        for index, (_value, name) in enumerate(self.names):
            for stem in dict.fromkeys(stems_of(name)):
                holding[stem].append(index)
        self.holding = {stem: tuple(holding[stem]) for stem in sorted(holding)}
        self.sorted = list(self.holding)

    def named(self, word: Word) -> frozenset[Value]:
        """The values of which some name holds this word, or one that begins with it."""
        begun = self.beginning_with(word.beginning) if word.is_prefix else ()
        return self.values_of(i for stem in (word.stem, *begun) for i in self.holding.get(stem, ()))

    def called(self, stems: tuple[str, ...]) -> frozenset[Value]:
        """The values of which one name holds these stems next to each other, in order."""
        if not stems:
            return frozenset()
        candidates = set.intersection(*(set(self.holding.get(stem, ())) for stem in stems))
        return self.values_of(i for i in candidates if is_within(stems, stems_of(self.names[i][1])))

    def words(self) -> list[str]:
        """The folded words of all names, none twice; to suggest a spelling from."""
        return sorted({word for _value, name in self.names for word in tokens_of(name)})

    def values_of(self, indexes: Iterable[int]) -> frozenset[Value]:
        return frozenset(self.names[index][0] for index in indexes)

    def beginning_with(self, prefix: str) -> list[str]:
        first = bisect_left(self.sorted, prefix)
        return self.sorted[first : bisect_left(self.sorted, prefix + chr(sys.maxunicode))]


def is_within(stems: tuple[str, ...], text: list[str]) -> bool:
    """Next to each other, in order."""
    width = len(stems)
    return any(tuple(text[at : at + width]) == stems for at in range(len(text) - width + 1))


def read_names() -> NameTable:
    """Reads the tables once. A partnership without a name of its own is found by its parties."""
    return NameTable(
        [
            *closed_names_of(set(Country.objects.values_list("pk", flat=True))),
            *(name for sector in Sector.objects.all() for name in own_names("sector", sector)),
            *(name for grouping in Grouping.objects.all() for name in grouping_names(grouping)),
            *(
                name
                for partnership in Partnership.objects.visible()
                for name in own_names("partnership", partnership)
            ),
        ]
    )


def closed_names_of(countries: set[str]) -> Iterator[Name]:
    """CLDR also names what is no country: the European Union, the eurozone."""
    for (parameter, value), name in closed_names():
        if parameter != "country" or value in countries:
            yield (parameter, value), name


def own_names(parameter: str, row: Sector | Grouping | Partnership) -> list[Name]:
    return [((parameter, row.slug), name) for name in row.names.values()]


def grouping_names(grouping: Grouping) -> list[Name]:
    abbreviation = (("grouping", grouping.slug), grouping.abbreviation)
    return [abbreviation, *own_names("grouping", grouping)]


# --- Names that no table of the database holds


@cache
def closed_names() -> tuple[Name, ...]:
    return (*country_names_of_cldr(), *kind_labels(), *written_names())


def country_names_of_cldr() -> list[Name]:
    return [
        (("country", code), name)
        for language in settings.ALL_LANGUAGES
        for code, name in locale_of(language).territories.items()
        if len(code) == 2
    ]


def kind_labels() -> list[Name]:
    names = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names += [(("kind", kind.value), str(kind.label)) for kind in Kind]
    return names


def written_names() -> list[Name]:
    return [name for path in WRITTEN_NAMES for name in names_in(path)]


def names_in(path: Path) -> list[Name]:
    with path.open(encoding="utf-8", newline="") as file:
        return [((row["parameter"], row["value"]), row["name"]) for row in csv.DictReader(file)]


# --- What the listing in memory still reads
