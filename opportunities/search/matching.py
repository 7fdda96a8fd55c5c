"""Which opportunities hold what was typed, and where.

A word is held by the text of some version, or by a name of something the opportunity is about, in
whatever language. Words are fetched by key: one question to the database for all of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pyroaring import BitMap

from opportunities.models import Words

from .asking import Asked, Word
from .memory import NOTHING, Row
from .moment import Moment
from .names import Value
from .postings import common, joined
from .reading import postings_between, postings_of
from .terms import neighbours, searched
from .text import stems_of

FIELDS = ("w", "s", "t")  # anywhere, title or summary, title
VERIFY_AT_MOST = 100
"""A phrase of three words and more is read in as many texts; among more, each two of its words
stand side by side somewhere, which for a phrase so common is nearly always the same."""


@dataclass(frozen=True)
class Match:
    """`ids` hold all that was asked and nothing of what was not; the other two are for ranking."""

    ids: BitMap
    in_summary: BitMap
    in_title: BitMap


def match(asked: Asked, moment: Moment) -> Match:
    held = Held(asked, moment)
    wanted = [held.word(word, "w") for word in asked.words]
    wanted += [held.phrase(stems) for stems in asked.phrases]
    found = common(wanted) if wanted else moment.shelf.of("public")
    unwanted = joined(held.phrase(stems) for stems in asked.without)
    return Match(found - unwanted, held.all_within("s"), held.all_within("t"))


class Held:
    """The postings of everything one question names."""

    def __init__(self, asked: Asked, moment: Moment):
        self.asked, self.moment = asked, moment
        self.rows = read_postings(exact_terms(asked))
        self.begun = {word: read_begun(word) for word in asked.words if word.is_prefix}

    def text(self, field: str, stem: str) -> BitMap:
        return self.rows.get(f"{field}:{stem}", NOTHING)

    def word(self, word: Word, field: str) -> BitMap:
        """In the text, or in a name."""
        named = self.named(self.moment.shelf.tables.names.named(word))
        return joined([self.typed(word, field), named])

    def typed(self, word: Word, field: str) -> BitMap:
        whole = self.text(field, word.stem)
        return joined([whole, self.begun[word][field]]) if word.is_prefix else whole

    def named(self, values: Iterable[Value]) -> BitMap:
        facets = self.moment.facets
        return joined(facets[name].get(value, NOTHING) for name, value in values)

    def phrase(self, stems: tuple[str, ...]) -> BitMap:
        names = self.moment.shelf.tables.names
        if len(stems) == 1:
            return joined([self.text("w", stems[0]), self.named(names.named(Word(stems[0])))])
        side_by_side = [self.rows.get(bucket, NOTHING) for bucket in buckets_of(stems)]
        found = common([*(self.text("w", stem) for stem in stems), *side_by_side])
        if len(stems) > 2 and len(found) <= VERIFY_AT_MOST:
            found = saying(found, stems)
        return joined([found, self.named(names.called(stems))])

    def all_within(self, field: str) -> BitMap:
        """Every word typed stands in the title, or in title or summary."""
        stems = {stem for phrase in self.asked.phrases for stem in phrase}
        held = [self.typed(word, field) for word in self.asked.words]
        held += [self.text(field, stem) for stem in stems]
        return common(held) if held else NOTHING


def exact_terms(asked: Asked) -> set[str]:
    phrases = (*asked.phrases, *asked.without)
    stems = {word.stem for word in asked.words}
    stems |= {stem for phrase in phrases for stem in phrase}
    buckets = {bucket for phrase in phrases for bucket in buckets_of(phrase)}
    return {f"{field}:{stem}" for field in FIELDS for stem in stems} | buckets


def buckets_of(stems: tuple[str, ...]) -> list[str]:
    return [bucket for pair in pairwise(stems) for bucket in neighbours(*pair)]


def read_postings(terms: Collection[str]) -> dict[str, BitMap]:
    return united(postings_of(terms))


def read_begun(word: Word) -> Mapping[str, BitMap]:
    """By field, those with some word that begins as this one does so far."""
    firsts = [f"{field}:{word.beginning}" for field in FIELDS]
    found = united(
        postings_between([(one.encode(), f"{one}\U0010ffff".encode()) for one in firsts])
    )
    return {
        field: joined(bits for term, bits in found.items() if term.startswith(f"{field}:"))
        for field in FIELDS
    }


def united(rows: Iterable[Row]) -> dict[str, BitMap]:
    """term → its bits in all chunks."""
    parts: dict[str, list[BitMap]] = {}
    for term, _chunk, bits in rows:
        parts.setdefault(term, []).append(bits)
    return {term: joined(some) for term, some in parts.items()}


def saying(ids: BitMap, stems: tuple[str, ...]) -> BitMap:
    """Those of which some title, summary or text has these words next to each other, in order."""
    versions = Words.objects.filter(opportunity__in=list(ids))
    return BitMap(
        pk
        for pk, *texts in versions.values_list("opportunity", "title", "summary", "text")
        if any(says(stems_of(searched(text)), stems) for text in texts)
    )


def says(text: list[str], stems: tuple[str, ...]) -> bool:
    width = len(stems)
    return any(tuple(text[at : at + width]) == stems for at in range(len(text) - width + 1))
