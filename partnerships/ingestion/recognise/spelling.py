"""One cell of a table, one field of a form → the country that it spells, in any language of CLDR.

Unlike a text it has no words around that could help, so nothing is guessed: the whole of it must be
a name, or a place and its country. Pure.
"""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from .vocabulary import DATA, known_countries, languages, rows, split, VOCABULARY
from .words import words_of

SHORTEST_MISSPELT = 7
"""Letters of a name that may have one letter wrong; among shorter ones lie other names."""
LONGEST = 120
PARENTHESES = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]\s*")


def country_named(spelling: str) -> str:
    """The ISO code of the country that the whole string names; "" where it names none or several."""
    if not spelling.strip() or len(spelling) > LONGEST:
        return ""
    for form in forms_of(spelling):
        if code := named(form):
            return code
    return misspelt(folded(spelling)) or last_part(spelling)


def forms_of(spelling: str) -> Iterator[str]:
    """As it is; “Korea, Republic of” turned round; without what stands in parentheses."""
    yield spelling
    if spelling.count(",") == 1:
        first, second = spelling.split(",")
        yield f"{second} {first}"
    if (bare := PARENTHESES.sub(" ", spelling)) != spelling:
        yield bare


def named(spelling: str) -> str:
    return spellings().get(folded(spelling), "")


def last_part(spelling: str) -> str:
    """Labuan, Malaysia: the place is not known, its country is."""
    parts = [part for part in re.split(r"\s*[,;]\s*", spelling.strip(" .,")) if part]
    return named(parts[-1]) if len(parts) > 1 else ""


def folded(spelling: str) -> str:
    """Words alone, without articles and the like that no two names differ by."""
    return " ".join(word.folded for word in words_of(spelling) if word.folded not in SMALL_WORDS)


SMALL_WORDS = frozenset("the of and et y e und la le les los el".split())


@cache
def spellings() -> dict[str, str]:
    """Folded name → ISO code. What names two countries names neither, unless one is in our files."""
    found: dict[str, set[str]] = {}
    for code, name in cldr_spellings():
        found.setdefault(folded(name), set()).add(code)
    table = {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
    for code, name in written_spellings():
        table[folded(name)] = code
    table.pop("", None)
    return table


def cldr_spellings() -> Iterator[tuple[str, str]]:
    """Every language of CLDR with its scripts; of regional variants only those that differ."""
    known = known_countries()
    for identifier in locale_identifiers():
        territories = Locale.parse(identifier).territories
        yield from ((code, name) for code, name in territories.items() if code in known)


def written_spellings() -> Iterator[tuple[str, str]]:
    for row in rows(DATA / "countries.csv"):
        yield row["iso2"], row["iso3"]
        yield row["iso2"], row["iso2"]
    for row in rows(DATA / "names.csv"):
        if row["parameter"] == "country":
            yield row["value"], row["name"]
    for language in languages():
        for row in rows(VOCABULARY / f"{language}.csv"):
            if "|" not in row["country"]:
                for name in (*split(row["names"]), *split(row["places"])):
                    yield row["country"], name.removesuffix("-")
    for row in rows(VOCABULARY / "spellings.csv"):
        for name in split(row["names"]):
            yield row["country"], name


# --- One letter wrong


def misspelt(name: str) -> str:
    """The one country with a name that differs by one letter left out, added, changed or swapped."""
    if len(name) < SHORTEST_MISSPELT:
        return ""
    near = {code for key in keys_of(name) for code in by_key().get(key, ())}
    return near.pop() if len(near) == 1 else ""


@cache
def by_key() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, code in spellings().items():
        if len(name) >= SHORTEST_MISSPELT:
            for key in keys_of(name):
                found.setdefault(key, set()).add(code)
    return found


def keys_of(name: str) -> set[str]:
    """Two names one letter apart share one of these: the name, and it without each of its letters."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


