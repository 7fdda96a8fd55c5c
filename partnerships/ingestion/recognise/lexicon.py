"""Finds written forms in a text: by words where a script sets spaces, else by characters. Pure.

How a form is written in the data files:

    Chine          this word, with the endings of the language where it glues them on (Kazakh)
    algérien-      each of the endings that the language lists for words of people
    énergétiqu*    whatever it goes on with
    Chine, Alger   a capital in the file asks for a capital in the text; ONU for capitals alone
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from .words import Word, words_of

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff]")
"""A character of a script that sets no spaces: Thai, Lao, Burmese, Khmer, Chinese, kana."""
GAP = re.compile(r"[\s\-‐‑–—'‘’ʻʼ`´.()&«»\"“”„/:+]{0,3}\Z")
"""What may stand between two words of one name. No comma, which begins the next of a list, unless
the name is written with one."""
GAP_WITH_COMMA = re.compile(GAP.pattern.replace("[", "[,", 1))
SHORTEST_PREFIX = 2


class Hit(NamedTuple):
    value: str
    kind: str
    start: int
    end: int
    form: str


class Part(NamedTuple):
    """What may stand for one word of a form: one of these, or whatever begins with the prefix."""

    words: frozenset[str]
    prefix: str
    is_capital: bool

    def fits(self, readings: frozenset[str]) -> bool:
        if self.prefix:
            return any(reading.startswith(self.prefix) for reading in readings)
        return not self.words.isdisjoint(readings)


class Form(NamedTuple):
    parts: tuple[Part, ...]
    value: str
    kind: str
    written: str

    @property
    def rank(self) -> tuple[int, bool]:
        """Of two that fit the longer counts, then what stands for itself: Paraguay, paraguayo."""
        return len(self.parts), self.kind in ("none", "name")

    @property
    def gap(self) -> re.Pattern:
        return GAP_WITH_COMMA if "," in self.written else GAP

    @property
    def is_acronym(self) -> bool:
        letters = self.written.replace(".", "").replace(" ", "").replace("*", "")
        return 2 <= len(letters) <= 6 and letters.isupper() and letters.lower() != letters

    def fits_case(self, words: list[Word]) -> bool:
        if self.is_acronym:
            return all(word.raw.isupper() for word in words)
        return all(
            word.is_capital or not part.is_capital
            for word, part in zip(words, self.parts, strict=True)
        )


Inflect = Callable[[str], Iterable[str]]
Readings = Callable[[str], Iterable[str]]


class Lexicon:
    """`readings` takes from a folded word what its language glues to it."""

    def __init__(self, readings: Readings = lambda word: (word,), *, keeps_accents: bool = False):
        self.readings_of = readings
        self.keeps_accents = keeps_accents
        self.first: dict[str, list[Form]] = defaultdict(list)
        self.prefixes: dict[str, list[Form]] = defaultdict(list)
        self.unspaced: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        self.kept_readings: dict[str, frozenset[str]] = {}

    # --- Filling

    def add(self, written: str, value: str, kind: str, inflect: Inflect = lambda word: (word,)):
        """The first to add a form keeps it."""
        if UNSPACED.match(written):
            self.unspaced[written[0]].setdefault(written, (value, kind))
            return
        words = words_of(written, keeps_accents=self.keeps_accents)
        if not words:
            return
        parts = (
            *(part_of(word, written, with_itself(inflect)) for word in words[:-1]),
            part_of(words[-1], written, inflect),
        )
        form = Form(parts, value, kind, written)
        if parts[0].prefix:
            self.prefixes[parts[0].prefix].append(form)
        for word in parts[0].words:
            self.first[word].append(form)

    # --- Finding

    def find(self, text: str, words: list[Word]) -> list[Hit]:
        """Without overlaps: the leftmost of the longest, in the order of the text."""
        spaced = list(self.find_words(text, words)) if self.first or self.prefixes else []
        if not self.unspaced or not UNSPACED.search(text):
            return spaced
        return sorted([*spaced, *self.find_characters(text)], key=lambda hit: hit.start)

    def find_words(self, text: str, words: list[Word]) -> Iterator[Hit]:
        at = 0
        while at < len(words):
            best: Form | None = None
            for form in self.forms_beginning(words[at].folded):
                if (best is None or form.rank > best.rank) and self.fits(form, text, words, at):
                    best = form
            if best is None:
                at += 1
                continue
            width = len(best.parts)
            start, end = words[at].start, words[at + width - 1].end
            yield Hit(best.value, best.kind, start, end, best.written)
            at += width

    def forms_beginning(self, folded: str) -> Iterator[Form]:
        for reading in self.readings(folded):
            yield from self.first.get(reading, ())
        if self.prefixes:
            for reading in self.readings(folded):
                for length in range(len(reading), SHORTEST_PREFIX - 1, -1):
                    yield from self.prefixes.get(reading[:length], ())

    def fits(self, form: Form, text: str, words: list[Word], at: int) -> bool:
        here = words[at : at + len(form.parts)]
        if len(here) < len(form.parts) or not form.fits_case(here):
            return False
        return all(
            part.fits(self.readings(word.folded))
            for word, part in zip(here[1:], form.parts[1:], strict=True)
        ) and all(form.gap.match(text, a.end, b.start) for a, b in pairwise(here))

    def readings(self, folded: str) -> frozenset[str]:
        kept = self.kept_readings.get(folded)
        if kept is None:
            kept = frozenset([folded, *self.readings_of(folded)])
            if len(self.kept_readings) < 100_000:
                self.kept_readings[folded] = kept
        return kept

    def find_characters(self, text: str) -> Iterator[Hit]:
        at = 0
        longest = {c: max(map(len, forms)) for c, forms in self.unspaced.items()}
        while at < len(text):
            forms = self.unspaced.get(text[at])
            for width in range(longest[text[at]], 0, -1) if forms else ():
                piece = text[at : at + width]
                if piece in forms:
                    value, kind = forms[piece]
                    yield Hit(value, kind, at, at + width, piece)
                    at += width
                    break
            else:
                at += 1


def with_itself(inflect: Inflect) -> Inflect:
    """For the words before the last: cabo-verdian-, Российская Федерация."""
    return lambda word: (word, *inflect(word))


def part_of(word: Word, written: str, inflect: Inflect) -> Part:
    if written.startswith("*", word.end):
        return Part(frozenset(), word.folded, word.raw[0].isupper())
    return Part(frozenset(inflect(word.folded)), "", word.raw[0].isupper())
