"""What was read in a text. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A country (ISO 3166-1 alpha-2, XK), a grouping or a sector (our slugs) that a text names.

    The span is half-open, in code points of the text as it was given.
    """

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """Mentions stand in the order of the text, partners by weight, the heaviest first.

    The language is a BCP 47 primary subtag, "" where none could be told. Partners are the countries
    that the text says work together; a country in `countries` alone is only mentioned. Sectors are
    those the text is about: a word in passing makes none.
    """

    language: str
    countries: tuple[Mention, ...]
    partners: tuple[str, ...]
    groupings: tuple[Mention, ...]
    sectors: tuple[Mention, ...]
