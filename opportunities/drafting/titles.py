"""A plain title and summary to correct, in the language of the article where we have words for it."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from opportunities.recognise import Offer
from partnerships.models import Sector
from partnerships.names import in_language, language_name, locale_of, territory_name

LONGEST = 150
LONGEST_HOST = 60
COMMA = {"ar": "، ", "zh": "，"}


@cache
def kinds() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))


def language_of_words(language: str) -> str:
    primary = language.split("-")[0].lower()
    return primary if primary in kinds() else "en"


def title_of(
    kind: str,
    language: str,
    *,
    sectors: Sequence[Sector] = (),
    host: str = "",
    partners: Sequence[str] = (),
) -> str:
    """“Internship (Green energy), China and Kazakhstan”: the kind, what about, by whom or whose."""
    about = in_language(sectors[0].names, language) if sectors else ""
    names = [territory_name(code, language) for code in partners[:3]]
    whose = host[:LONGEST_HOST] or format_list(names, locale=locale_of(language))
    named = kinds()[language].get(kind, "") + (f" ({about})" if about else "")
    return COMMA.get(language, ", ").join(filter(None, [named, whose]))[:LONGEST]


def numbered(title: str, number: int) -> str:
    """The second of the same title and every further one with its number."""
    if number == 1:
        return title
    end = f" ({number})"
    return title[: LONGEST - len(end)].rstrip() + end


def summary_of(offer: Offer, language: str, words_in: str) -> str:
    """The sentence itself; where the words are English and the article is not, that it was read there."""
    if language.split("-")[0].lower() == words_in:
        return " ".join(offer.quote.split())
    with override(words_in):
        if not language:
            return _("An article speaks of it; the sentence is quoted below.")
        return _("An article in %(language)s speaks of it; the sentence is quoted below.") % {
            "language": language_name(language, words_in)
        }
