"""Text → language, countries, partners, groupings, sectors, each with its place. Pure, offline."""

from .countries import country_hits
from .language import language_of
from .lexicon import Hit
from .partners import partners_among
from .recognised import Mention, Recognised
from .spelling import spelt_exactly
from .topics import groupings_among, sectors_among, topic_hits
from .vocabulary import NAME

__all__ = ["Mention", "Recognised", "recognise"]

LONGEST = 200_000
"""Characters that are read: the longest articles have a quarter of it."""
LONGEST_TITLE = 250
LONGEST_NAME = 40


def recognise(text: str, *, title: str = "", language: str = "") -> Recognised:
    """`title` where it may not be the first line of the text; `language` as the page states it."""
    read = text[:LONGEST]
    told = language_of(read, stated=language)
    before = heading(read, title)
    topics = topic_hits(before + read, told)
    countries = outside(groupings_among(topics), country_hits(before + read, told))
    countries = countries or whole_name(before + read)
    title_end = len(before) or end_of_title(read)
    return Recognised(
        language=told,
        countries=mentions(countries, len(before)),
        partners=partners_among(before + read, countries, told, title_end),
        groupings=mentions(groupings_among(topics), len(before)),
        sectors=mentions(sectors_among(before + read, topics, told, title_end), len(before)),
    )


def whole_name(text: str) -> list[Hit]:
    """A few words in a language that was not told, or that we have no file of, may be a name."""
    name = text.strip()
    if len(name) > LONGEST_NAME or not (code := spelt_exactly(name)):
        return []
    start = text.index(name)
    return [Hit(code, NAME, start, start + len(name), name)]


def outside(groupings: list[Hit], countries: list[Hit]) -> list[Hit]:
    """Shanghai in the name of the Shanghai Cooperation Organisation says nothing of China."""
    taken = {at for hit in groupings for at in range(hit.start, hit.end)}
    return [hit for hit in countries if hit.start not in taken]


def heading(text: str, title: str) -> str:
    """The title on a line before the text that does not begin with it; it weighs, it has no spans."""
    title = title.strip()[:LONGEST_TITLE]
    return "" if not title or text.lstrip().startswith(title) else title + "\n"


def end_of_title(text: str) -> int:
    """The first line is taken for it where it is short enough."""
    first = text[: LONGEST_TITLE + 1].split("\n", 1)[0]
    return len(first) if len(first) <= LONGEST_TITLE else 0


def mentions(hits: list[Hit], shift: int) -> tuple[Mention, ...]:
    return tuple(
        Mention(hit.value, hit.start - shift, hit.end - shift) for hit in hits if hit.start >= shift
    )
