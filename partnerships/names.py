"""Names in the reader's language: CLDR through Babel for countries, regions, languages and
currencies; the `names` column of our own reference rows for the rest."""

import unicodedata
from functools import cache

from babel import Locale
from django.utils.translation import get_language


@cache
def locale_of(language: str | None) -> Locale:
    """Babel's locale for one of our language codes (`zh-hans`); English where there is none."""
    return Locale.parse((language or "en").replace("-", "_"))


def territory_name(code: str, language: str | None = None) -> str:
    """CLDR's name of an ISO 3166-1 alpha-2 country or a UN M49 region; the code if it has none."""
    territories = locale_of(language or get_language()).territories
    return territories.get(code) or locale_of("en").territories.get(code, code)


def language_name(tag: str, language: str | None = None) -> str:
    """CLDR's name of a BCP 47 language, with a capital where the script has them."""
    key = tag.replace("-", "_")
    names = locale_of(language or get_language()).languages
    name = names.get(key) or names.get(key.split("_")[0], tag)
    return name[:1].upper() + name[1:]


def in_language(names: dict[str, str], language: str | None = None) -> str:
    """The entry of `names` for a language or its primary subtag; else English, else any."""
    code = (language or get_language() or "en").lower()
    names = {tag.lower(): name for tag, name in names.items()}  # zh-Hans is our zh-hans
    return (
        names.get(code)
        or names.get(code.split("-")[0])
        or names.get("en")
        or next(iter(names.values()), "")
    )


def sort_key(name: str) -> str:
    """Order of names as readers expect it: accents and case do not separate (Égypte beside Estonie)."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def text_direction(tag: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; `auto` where the language is not stated or not known."""
    if not tag:
        return "auto"
    primary = tag.split("-")[0].lower()
    if primary in {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}:
        return "rtl"
    return "ltr"
