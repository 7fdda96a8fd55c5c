"""The words of an article that a fact rests on: spans of its stored copy, short enough to quote."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from opportunities.recognise import Offer, offers
from opportunities.recognise.days import days
from opportunities.recognise.folding import folded
from opportunities.recognise.sentences import clauses, quoted, sentences
from opportunities.recognise.vocabulary import vocabulary_of
from partnerships.models import Citation

LONGEST = 200_000
"""Characters that are read, as in recognising."""
MOST_SEARCHED = 200
BEFORE, AFTER = 2, 3
"""Sentences around one in which the rest of an offer may stand."""


class Basis(NamedTuple):
    """One fact and the words it rests on; `value` says which, where a fact has several."""

    fact: str
    start: int
    quote: str
    value: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


class Passages:
    def __init__(self, text: str, language: str, published_on: date | None = None):
        words = vocabulary_of(language.split("-")[0].lower())
        self.words = words
        self.text = text
        self.language = language
        self.published_on = published_on
        self.found_nouns: dict[tuple[int, int], list[tuple[int, str]]] = {}
        self.alone: dict[tuple[int, int], list[Offer]] = {}
        self.sentences = sentences(text[:LONGEST], words.abbreviations if words else ())

    def basis(self, fact: str, span: tuple[int, int], value: str = "") -> Basis:
        start, end = span
        return Basis(fact, start, self.text[start:end], value)

    def noun_of(self, start: int, end: int, offer: Offer) -> str:
        """The kind whose noun what stands there is said of: the last before it in its clause, else
        the first after it; the offer's own where no noun is near."""
        nouns = self.nouns(offer.start, offer.end)
        for first, last in clauses(self.text, offer.start, offer.end):
            if first <= start < last:
                near = [noun for noun in nouns if first <= noun[0] < last]
                ahead = [kind for at, kind in near if at <= start]
                return ahead[-1] if ahead else near[0][1] if near else offer.kind
        return offer.kind

    def nouns(self, start: int, end: int) -> list[tuple[int, str]]:
        if (start, end) not in self.found_nouns:
            piece = folded(self.text[start:end])
            hits = self.words.kinds.find(piece.text, 0, len(piece.text)) if self.words else ()
            self.found_nouns[start, end] = [
                (start + piece.place(at), kind) for (kind, _strength), at, _end in hits if kind
            ]
        return self.found_nouns[start, end]

    def about(self, offer: Offer) -> Iterator[tuple[int, int]]:
        """The offer's own words first, then the sentences around them."""
        yield offer.start, offer.end
        order = next((n for n, s in enumerate(self.sentences) if s.end > offer.start), 0)
        for sentence in self.sentences[max(0, order - BEFORE) : order + AFTER + 1]:
            if sentence.end - sentence.start <= Citation.MAX_QUOTE:
                yield sentence.start, sentence.end

    def stating_audience(self, offer: Offer, audience: str) -> tuple[int, int] | None:
        return self.first(offer, lambda read: audience in read.audience)

    def stating_places(self, offer: Offer) -> tuple[int, int] | None:
        count = offer.places_available
        return self.first(offer, lambda read: read.places_available == count)

    def first(self, offer: Offer, says: Callable[[Offer], bool]) -> tuple[int, int] | None:
        """The first of these sentences that, read alone, says so too."""
        spans = self.about(offer)
        return next((span for span in spans if any(map(says, self.read_alone(span)))), None)

    def read_alone(self, span: tuple[int, int]) -> list[Offer]:
        if span not in self.alone:
            piece = self.text[slice(*span)]
            self.alone[span] = offers(piece, language=self.language, published_on=self.published_on)
        return self.alone[span]

    def stating_day(self, day: date, offer: Offer) -> tuple[int, int] | None:
        """A deadline may stand anywhere in a call; the nearest sentence that names the day is cited."""
        near = sorted(self.sentences, key=lambda s: abs(s.start - offer.start))
        for sentence in near[:MOST_SEARCHED]:
            words = folded(self.text[sentence.start : sentence.end])
            for at, found in days(words.text, self.language.split("-")[0], self.published_on):
                if found == day:
                    return quoted(self.text, sentence, sentence.start + words.place(at))
        return None


def find_quote(text: str, quote: str, near: int = 0) -> tuple[int, int] | None:
    """Where words stand that somebody copied from a page: white space may have become other white
    space. The first place from `near` on, or else the first."""
    words = quote.split()
    said = re.compile(r"\s+".join(map(re.escape, words)))
    found = words and (said.search(text, near) or said.search(text))
    return found.span() if found else None


def same_words(one: str, other: str) -> bool:
    return one.split() == other.split()
