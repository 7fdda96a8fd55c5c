"""One cell of a table, one field of a form → the country that it spells, in any language of CLDR.

Unlike a text it has no words around that could help, so nothing is guessed: the whole of it must be
a name, or a place and its country. Pure.
"""

import html
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from .vocabulary import (
    DATA,
    PEOPLE,
    VOCABULARY,
    inflection_of,
    known_countries,
    languages,
    rows,
    split,
)
from .words import words_of

SHORTEST_MISSPELT = 6
"""Letters of a name that may have one letter wrong; among shorter ones lie other names."""
LONGEST = 120
WORDS = {
    key: frozenset(words.split())
    for key, words in tomllib.loads((VOCABULARY / "spellings.toml").read_text("utf-8")).items()
}
PARENTHESES = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]\s*")


def country_named(spelling: str) -> str:
    """The ISO code of the country that the whole string names; "" where it names none or several."""
    spelling = html.unescape(spelling)
    if (
        not spelling.strip()
        or len(spelling) > LONGEST
        or key_of(spelling) in WORDS["not_countries"]
    ):
        return ""
    for form in forms_of(spelling):
        if code := code_in_capitals(form) or known_as(key_of(form)):
            return code
    if key_of(spelling) in regions():
        return ""
    return (
        without_style(spelling)
        or misspelt(key_of(spelling))
        or misspelt(bare_key_of(spelling))
        or last_part(spelling)
    )


def spelt_exactly(spelling: str) -> str:
    """The same without repairing anything; "" where it names none."""
    if not spelling.strip() or len(spelling) > LONGEST:
        return ""
    return spellings().get(key_of(spelling), "")


def known_as(key: str) -> str:
    return spellings().get(key) or peoples().get(key, "")


def code_in_capitals(spelling: str) -> str:
    """As the Olympic Committee writes countries: in small letters these are words (man, bar, sin)."""
    return olympic_codes().get(spelling.strip(" ."), "")


@cache
def olympic_codes() -> dict[str, str]:
    return {code: country for country, code in listed("codes")}


def forms_of(spelling: str) -> Iterator[str]:
    """As it is; read in the wrong encoding; “Korea, Republic of” turned round; without what stands
    in parentheses."""
    yield spelling
    with suppress(UnicodeError):
        yield spelling.encode("cp1252").decode()
    if spelling.count(",") == 1:
        first, second = spelling.split(",")
        yield f"{second} {first}"
    if (bare := PARENTHESES.sub(" ", spelling)) != spelling:
        yield bare


def without_style(spelling: str) -> str:
    """Republic of Angola: what kind of state it is separates only the few that share a name."""
    return known_as(bare_key_of(spelling))


def bare_key_of(spelling: str) -> str:
    words = [word.folded for word in words_of(spelling)]
    bare = "".join(word for word in words if word not in WORDS["small"] | WORDS["styles"])
    bare = STYLE_ENDING.sub("", bare)
    return "" if bare in WORDS["shared"] or len(bare) < shortest_bare(bare) else bare


STYLE_ENDING = re.compile(f"(?:{'|'.join(sorted(WORDS['style_endings']))})+$")


def last_part(spelling: str) -> str:
    """Labuan, Malaysia: the place is not known, its country is. Bosnian/Herzegovinian: one country."""
    parts = [part for part in re.split(r"\s*[,;/]\s*", spelling.strip(" .,")) if part]
    codes = {known_as(key_of(part)) for part in parts}
    if len(codes) == 1:
        return codes.pop()
    if "/" in spelling:
        return ""
    return spellings().get(key_of(parts[-1]), "") if len(parts) > 1 else ""


def shortest_bare(name: str) -> int:
    return SHORTEST_BARE if name < "\u2e80" else SHORTEST_BARE_UNSPACED


def key_of(spelling: str) -> str:
    """Letters alone, without articles and the like that no two names differ by."""
    words = [word.folded for word in words_of(spelling)]
    return "".join([word for word in words if word not in WORDS["small"]] or words)


SHORTEST_BARE, SHORTEST_BARE_UNSPACED = 4, 2


@cache
def spellings() -> dict[str, str]:
    """Letters of a name → ISO code. Our files decide; else a name of two countries names neither,
    unless nearly every language that uses it means the one."""
    votes: dict[str, Counter] = {}
    for code, name in cldr_spellings():
        votes.setdefault(key_of(name), Counter())[code] += 1
    table = {key: code for key, counts in votes.items() if (code := elected(counts))}
    for code, name in listed("former"):
        table.setdefault(key_of(name), code)
    for code, name in written_spellings():
        table[key_of(name)] = code
    for code, name in vocabularies("places"):
        table.setdefault(key_of(name), code)
    for key in ("", *WORDS["not_countries"]):
        table.pop(key, None)
    return table


def elected(votes: Counter) -> str:
    (first, most), *rest = votes.most_common(2)
    return first if not rest or most >= LARGE_MAJORITY * rest[0][1] else ""


LARGE_MAJORITY = 4


def cldr_spellings() -> Iterator[tuple[str, str]]:
    known = known_countries()
    return ((code, name) for code, name in cldr_territories() if code in known)


@cache
def regions() -> frozenset[str]:
    """Africa and Polynesia, in every language: no country is one letter away from them."""
    return frozenset(key_of(name) for code, name in cldr_territories() if code.isdecimal())


def cldr_territories() -> Iterator[tuple[str, str]]:
    """Every language of CLDR in each script; of regional variants those that name countries anew."""
    for identifier in locale_identifiers():
        if identifier in REGIONAL or not ENDS_IN_REGION.search(identifier):
            yield from Locale.parse(identifier).territories.items()


ENDS_IN_REGION = re.compile(r"_(?:[A-Z]{2}|\d{3})(?:_[A-Z]+)?\Z")
REGIONAL = {"pt_PT", "fr_CA", "es_MX", "es_419", "de_CH", "de_AT", "zh_Hant_HK", "sr_Latn_XK"}
REGIONAL |= {"sr_Cyrl_XK", "sr_Latn_ME", "ro_MD", "fr_BE", "ur_IN", "sw_CD", "sw_KE", "bn_IN"}


def written_spellings() -> Iterator[tuple[str, str]]:
    for row in rows(DATA / "countries.csv"):
        yield row["iso2"], row["iso3"]
        yield row["iso2"], row["iso2"]
    for row in rows(DATA / "names.csv"):
        if row["parameter"] == "country":
            yield row["value"], row["name"]
    yield from vocabularies("people")
    yield from vocabularies("names")
    yield from listed("spellings")


def listed(table: str) -> Iterator[tuple[str, str]]:
    for row in rows(VOCABULARY / f"{table}.csv"):
        for name in split(row["names"]):
            yield row["country"], name


@cache
def peoples() -> dict[str, str]:
    """Words for people in all their forms: the key of “Belgians”, “белгийская” → ISO code."""
    meant: dict[str, set[str]] = {}
    for language in languages():
        for row in rows(VOCABULARY / f"{language}.csv"):
            for form in split(row["people"]):
                for key in people_keys(form, language):
                    meant.setdefault(key, set()).add(row["country"])
    return {key: codes.pop() for key, codes in meant.items() if len(codes) == 1 and is_one(codes)}


def is_one(codes: set[str]) -> bool:
    return all("|" not in code for code in codes)


def people_keys(form: str, language: str) -> Iterator[str]:
    *first, last = [word.folded for word in words_of(form)] or [""]
    inflect = inflection_of(form, PEOPLE, language)
    yield from ("".join([*first, ending]) for ending in inflect(last))


def vocabularies(column: str) -> Iterator[tuple[str, str]]:
    for language in languages():
        for row in rows(VOCABULARY / f"{language}.csv"):
            if "|" not in row["country"]:
                for name in split(row[column]):
                    yield row["country"], name.rstrip("-*")


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
