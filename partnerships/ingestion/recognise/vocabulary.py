"""The words of one language: CLDR's names through Babel and the files of `partnerships/data`.

`vocabulary/<language>.csv` has a row a country: other names, words for its people, places and
bodies that stand for it. `vocabulary/<language>.toml` says how the language inflects, which names
mislead, and the words of groupings, sectors and cooperation. `names.csv` has everyday names that
the search of opportunities knows too. A language without files still has CLDR's names.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .cities import cldr_cities, locale_of
from .inflection import (
    DECLENSIONS,
    SHORTEST_LEFT,
    one_of_a_people,
    unchanged,
    with_arabic_article,
    with_endings,
    without_arabic_prefixes,
    without_endings,
)
from .lexicon import Inflect, Lexicon

DATA = Path(__file__).resolve().parents[2] / "data"
VOCABULARY = DATA / "vocabulary"

NAME, PEOPLE, PLACE, JOINED, NONE = "name", "people", "place", "joined", "none"
"""Kinds of a hit: a country's name; its people or adjective; a city or body that stands for it; the
first half of a compound (sino-…, российско-…); what only looks like one."""


OTHER_SCRIPTS = {"uz": ["uz_Cyrl"], "sr": ["sr_Latn"], "zh": ["zh_Hant"], "az": ["az_Cyrl"]}
NO_LANGUAGES = {"languages", "spellings"}


def languages() -> list[str]:
    """Those that have files."""
    return sorted(path.stem for path in VOCABULARY.glob("*.toml") if path.stem not in NO_LANGUAGES)


@cache
def settings_of(language: str) -> dict:
    path = VOCABULARY / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def countries_in(language: str) -> Lexicon:
    """Our own files come first: they know what CLDR's names mean in running text."""
    lexicon = empty(language)
    for phrase in settings_of(language).get("none", []):
        lexicon.add(phrase, "", NONE)
    add_written(lexicon, language)
    declined = name_inflection(language)
    for code, name in (*everyday_names(language), *cldr_names(language)):
        lexicon.add(name, code, NAME, declined)
    for code, city in cldr_cities(language):
        lexicon.add(city, code, PLACE, declined)
    return lexicon


@cache
def topics_in(language: str) -> Lexicon:
    """Groupings and sectors; the kind is the table's name."""
    lexicon = empty(language)
    declined = name_inflection(language)
    for phrase in settings_of(language).get("no_topic", []):
        lexicon.add(phrase, "", NONE)
    for slug, name in grouping_names(language):
        lexicon.add(name, slug, "grouping", declined)
    sectors = settings_of(language).get("sectors", {})
    for slug in sorted(sectors, key=is_parent):  # of two that share a word the narrower counts
        for phrase in sectors[slug]:
            lexicon.add(phrase, slug, "sector")
    return lexicon


def is_parent(sector: str) -> bool:
    return parents()[sector] == sector


@cache
def parents() -> dict[str, str]:
    """A sector → the one above it, or itself."""
    return {row["slug"]: row["parent"] or row["slug"] for row in rows(DATA / "sectors.csv")}


@cache
def relations_in(language: str) -> Lexicon:
    """Words that say that two sides do something together."""
    lexicon = empty(language)
    for phrase in settings_of(language).get("relations", []):
        lexicon.add(phrase, "relation", "relation")
    return lexicon


def empty(language: str) -> Lexicon:
    settings = settings_of(language)
    if language == "ar":
        return Lexicon(without_arabic_prefixes)
    if "endings" in settings:
        return Lexicon(
            without_endings(settings["endings"], settings.get("shortest", SHORTEST_LEFT))
        )
    return Lexicon(keeps_accents=settings.get("keeps_accents", False))


# --- Countries


COLUMNS = ((NAME, "names"), (PEOPLE, "people"), (PLACE, "places"), (JOINED, "joined"))


def add_written(lexicon: Lexicon, language: str) -> None:
    for row in rows(VOCABULARY / f"{language}.csv"):
        for kind, column in COLUMNS:
            for form in split(row.get(column)):
                inflect = inflection_of(form, kind, language)
                lexicon.add(form.removesuffix("-"), row["country"], kind, inflect)


def inflection_of(form: str, kind: str, language: str) -> Inflect:
    if form.endswith("-"):
        return people_endings(form, language)
    return name_inflection(language) if kind in (NAME, PLACE) else unchanged


def name_inflection(language: str) -> Inflect:
    settings = settings_of(language)
    if "names" in settings:
        return with_endings(settings["names"])
    return DECLENSIONS[settings.get("declension", "")]


def people_endings(form: str, language: str) -> Inflect:
    settings = settings_of(language)
    if language == "ar":
        return with_arabic_article
    if settings.get("declension") == "russian":
        adjectives = with_endings(settings["people"])
        return lambda word: {*adjectives(word), *one_of_a_people(word)}
    bare = re.search(settings.get("bare", ""), form.removesuffix("-")) is not None
    return with_endings(settings.get("people", []), bare=bare)


def split(cell: str | None) -> Iterator[str]:
    return (part.strip() for part in (cell or "").split(";") if part.strip())


def rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def known_countries() -> frozenset[str]:
    return frozenset(row["iso2"] for row in rows(DATA / "countries.csv"))


def everyday_names(language: str) -> Iterator[tuple[str, str]]:
    for row in rows(DATA / "names.csv"):
        if row["parameter"] == "country" and row["language"].split("-")[0] == language:
            yield row["value"], row["name"]


def cldr_names(language: str) -> Iterator[tuple[str, str]]:
    for tag in (language, *OTHER_SCRIPTS.get(language, ())):
        locale = locale_of(tag)
        for code, name in locale.territories.items() if locale else ():
            if code in known_countries():
                yield code, name


# --- Groupings

SHORTEST_ABROAD = 3
"""Letters of an English abbreviation that other languages use: AU and EU are words of theirs."""


def grouping_names(language: str) -> Iterator[tuple[str, str]]:
    for row in rows(DATA / "groupings.csv"):
        names = [row["name_en"], row.get(f"name_{language}", "")]
        if language == "en" or len(row["abbreviation"]) >= SHORTEST_ABROAD:
            names.append(row["abbreviation"])
        yield from ((row["slug"], name) for name in names if name)
    for row in rows(DATA / "names.csv"):
        if row["parameter"] == "grouping" and row["language"].split("-")[0] == language:
            yield row["value"], row["name"]
    for slug, phrases in settings_of(language).get("groupings", {}).items():
        yield from ((slug, phrase) for phrase in phrases)
