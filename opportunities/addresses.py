"""Where a `Query` is answered: addresses of the listing and of its values' own pages."""

from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from .filters import Query, canonical_query


def absolute(path: str) -> str:
    """On this site, for who reads it elsewhere."""
    return settings.SITE_URL + path


def path_of(name: str, *args: str) -> str:
    """`reverse` in the reader's language, kept."""
    return kept_path(name, args, get_language(), get_script_prefix())


@lru_cache(maxsize=2_048)
def kept_path(name: str, args: tuple[str, ...], _language: str, _prefix: str) -> str:
    return reverse(f"opportunities:{name}", args=args)


def listing_url(query: Query) -> str:
    return path_of("list") + asked(query)


def asked(query: Query) -> str:
    """The query as the end of an address."""
    said = canonical_query(query)
    return f"?{said}" if said else ""


def opportunity_url(slug: str, query: Query) -> str:
    """Its page, as it is for a reader who told something of themselves and of what they seek."""
    return path_of("detail", slug) + asked(replace(query.about, level=query.level))


def stage_url(query: Query, stage: str) -> str:
    return listing_url(replace(query, stage=frozenset({stage}), sort="", page=1))


def page_url(query: Query, page: int) -> str:
    return listing_url(replace(query, page=page))


def value_url(query: Query, name: str, value: str) -> str:
    """The page of a country or sector where it lists just this, else the listing."""
    if query == Query() and name in {"country", "sector"}:
        return path_of(name, value.lower())
    return listing_url(replace(query, **{name: frozenset({value})}))
