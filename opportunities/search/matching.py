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
from .memory import NOTHING
from .moment import Moment
from .names import Value, is_within
from .postings import common, joined
from .reading import pairs_of, postings_between, postings_of
from .terms import bucket_of, pair_mark, searched
from .text import stems_of
from .waiting import Row, WaitingWords

TITLE, SUMMARY, ANYWHERE = ("t",), ("t", "s"), ("t", "s", "x")
"""A stem has the one family in which it stands most prominently."""

PAIRED_AT_MOST = 5_000
"""Of so many that have both words, and a pair of the same bucket, the pair is looked for; of more
it is taken for granted: so many are there because they do have it. Of three words and more it
always is: by chance two pairs are in the buckets of one in 250 000 texts of 130 words."""

READ_AT_MOST = 100
"""A phrase of three words and more is read in as many texts; of more, each two of its words stand
next to each other somewhere."""


Fields = tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """`ids` hold all that was asked and nothing of what was not; the other two are for ranking."""

    ids: BitMap
    in_summary: BitMap
    in_title: BitMap


def match(asked: Asked, moment: Moment) -> Match:
    held = Held(asked, moment)
    wanted = [held.word(word) for word in asked.words]
    wanted += [held.phrase(stems) for stems in asked.phrases]
    found = common(wanted) if wanted else moment.shelf.of("public")
    unwanted = joined(held.phrase(stems) for stems in asked.without)
    return Match(found - unwanted, held.all_within(SUMMARY), held.all_within(TITLE))


class Held:
    """The postings of everything one question names."""

    def __init__(self, asked: Asked, moment: Moment):
        self.asked, self.moment = asked, moment
        waiting = moment.shelf.waiting
        self.rows = read_postings(exact_terms(asked), waiting)
        self.begun = {word: read_begun(word, waiting) for word in asked.words if word.is_prefix}

    def text(self, stem: str, fields: Fields = ANYWHERE) -> BitMap:
        return joined(self.rows.get(f"{field}:{stem}", NOTHING) for field in fields)

    def word(self, word: Word) -> BitMap:
        """In the text, or in a name."""
        named = self.named(self.moment.shelf.tables.names.named(word))
        return joined([self.typed(word, ANYWHERE), named])

    def typed(self, word: Word, fields: Fields) -> BitMap:
        whole = self.text(word.stem, fields)
        if not word.is_prefix:
            return whole
        return joined([whole, *(self.begun[word][field] for field in fields)])

    def named(self, values: Iterable[Value]) -> BitMap:
        facets = self.moment.facets
        return joined(facets[name].get(value, NOTHING) for name, value in values)

    def phrase(self, stems: tuple[str, ...]) -> BitMap:
        names = self.moment.shelf.tables.names
        if len(stems) == 1:
            return joined([self.text(stems[0]), self.named(names.named(Word(stems[0])))])
        pairs = list(map(pair_mark, stems, stems[1:]))
        buckets = [self.rows.get(bucket_of(pair), NOTHING) for pair in pairs]
        found = common([*map(self.text, stems), *buckets])
        if len(pairs) == 1 and len(found) <= PAIRED_AT_MOST:
            found = holding(found, pairs)
        if len(pairs) > 1 and len(found) <= READ_AT_MOST:
            found = saying(found, stems)
        return joined([found, self.named(names.called(stems))])

    def all_within(self, fields: Fields) -> BitMap:
        """Every word typed stands in one of these fields."""
        stems = {stem for phrase in self.asked.phrases for stem in phrase}
        held = [self.typed(word, fields) for word in self.asked.words]
        held += [self.text(stem, fields) for stem in stems]
        return common(held) if held else NOTHING


def exact_terms(asked: Asked) -> set[str]:
    phrases = (*asked.phrases, *asked.without)
    stems = {word.stem for word in asked.words}
    stems |= {stem for phrase in phrases for stem in phrase}
    buckets = {bucket_of(pair_mark(*pair)) for phrase in phrases for pair in pairwise(phrase)}
    return {f"{field}:{stem}" for field in ANYWHERE for stem in stems} | buckets


def read_postings(terms: Collection[str], waiting: WaitingWords) -> dict[str, BitMap]:
    return united(postings_of(terms, waiting))


def read_begun(word: Word, waiting: WaitingWords) -> Mapping[str, BitMap]:
    """By field, those with some word that begins as this one does so far."""
    firsts = [f"{field}:{word.beginning}" for field in ANYWHERE]
    ranges = [(one.encode(), f"{one}\U0010ffff".encode()) for one in firsts]
    found = united(postings_between(ranges, waiting))
    return {
        field: joined(bits for term, bits in found.items() if term.startswith(f"{field}:"))
        for field in ANYWHERE
    }


def united(rows: Iterable[Row]) -> dict[str, BitMap]:
    """term → its bits in all chunks."""
    parts: dict[str, list[BitMap]] = {}
    for term, _chunk, bits in rows:
        parts.setdefault(term, []).append(bits)
    return {term: joined(some) for term, some in parts.items()}


def holding(ids: BitMap, pairs: list[bytes]) -> BitMap:
    """Those that have every pair next to each other somewhere."""
    return BitMap(
        pk for pk, held in pairs_of(list(ids)) if all(has_mark(held, pair) for pair in pairs)
    )


def has_mark(held: bytes, pair: bytes) -> bool:
    at = held.find(pair)
    while at % 4 and at >= 0:  # across the border of two marks
        at = held.find(pair, at + 1)
    return at >= 0


def saying(ids: BitMap, stems: tuple[str, ...]) -> BitMap:
    """Those of which some title, summary or text has these words next to each other, in order."""
    versions = Words.objects.filter(opportunity__in=list(ids))
    return BitMap(
        pk
        for pk, *texts in versions.values_list("opportunity", "title", "summary", "text")
        if any(is_within(stems, stems_of(searched(text))) for text in texts)
    )
