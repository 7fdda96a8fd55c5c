"""What a reader typed → the words, phrases and exclusions it asks for. Pure; never raises."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .text import is_unspaced, pairs, stem, tokens_of, words_in

MOST_WORDS = 12
SHORTEST_PREFIX = 3

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """Met by its very stem; a prefix also by any stem that begins with `beginning`.

    That is what was typed, not what stemming left of it: “bourse”, whose stem is “bour”, finds
    bourses but not Bourgogne, and “scholars” finds scholar and scholarship.
    """

    stem: str
    is_prefix: bool = False
    typed: str = ""

    @property
    def beginning(self) -> str:
        return self.typed or self.stem

    def is_met_by(self, stem: str) -> bool:
        return stem == self.stem or (self.is_prefix and stem.startswith(self.beginning))


@dataclass(frozen=True)
class Asked:
    """All words and all phrases, and nothing of `without`. A phrase is stems next to each other."""

    words: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Part:
    """The words of one stretch of the question that a blank or a quote ends."""

    words: tuple[Word, ...]
    is_quoted: bool
    is_excluded: bool

    @property
    def stems(self) -> Phrase:
        return tuple(word.stem for word in self.words)

    @property
    def is_phrase(self) -> bool:
        return self.is_quoted and len(self.words) > 1


PART = re.compile(r'((?<!\S)[-\u2212](?=["\w]))?(?:"([^"]*)"|([^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"'))


def read(q: str) -> Asked:
    """`a "b c" -d`: a word, a phrase, and what must not be there. Nothing else is syntax."""
    parts = list(within_limit(parts_of(with_paired_quotes(q))))
    wanted = [part for part in parts if not part.is_excluded]
    words: dict[str, Word] = {}
    for word in (word for part in wanted if not part.is_phrase for word in part.words):
        words.setdefault(word.stem, word)
    return Asked(
        words=tuple(words.values()),
        phrases=distinct(part.stems for part in wanted if part.is_phrase),
        without=distinct(part.stems for part in parts if part.is_excluded),
    )


def with_paired_quotes(q: str) -> str:
    """Every kind of quote as `"`; the last one is left out where it has no other half."""
    q = q.translate(QUOTES)
    if q.count('"') % 2 == 0:
        return q
    before, _quote, after = q.rpartition('"')
    return f"{before} {after}" if before[-1:].isalnum() else before + after


def parts_of(q: str) -> Iterator[Part]:
    for found in PART.finditer(q):
        minus, quoted, plain = found.groups()
        if minus or quoted is not None:
            words = phrase_in(plain if quoted is None else quoted)
            yield Part(words, is_quoted=quoted is not None, is_excluded=bool(minus))
        else:
            yield Part(words_asked(plain, found.end() == len(q)), False, False)


def words_asked(text: str, is_last: bool) -> tuple[Word, ...]:
    """The words of a stretch that is neither quoted nor excluded."""
    words = [plain_word(word) for token in tokens_of(text) for word in asked_in(token)]
    if is_last and words and may_go_on(text):
        words[-1] = as_typed_so_far(words[-1], tokens_of(text)[-1])
    return tuple(words)


def phrase_in(text: str) -> tuple[Word, ...]:
    """As a text holds it, but for the end: a run asked for may go on in the text."""
    *first, last = tokens_of(text) or [""]
    return tuple(
        plain_word(word)
        for word in [*(word for token in first for word in words_in(token)), *asked_in(last)]
        if word
    )


def asked_in(token: str) -> list[str]:
    return pairs(token) if token and is_unspaced(token) else [token]


def plain_word(word: str) -> Word:
    """A single character of a script without spaces is the beginning of a pair in the texts."""
    return Word(stem(word), is_prefix=len(word) == 1 and is_unspaced(word))


def as_typed_so_far(word: Word, typed: str) -> Word:
    if is_unspaced(typed) or len(typed) < SHORTEST_PREFIX:
        return word
    return Word(word.stem, is_prefix=True, typed="" if typed == word.stem else typed)


def may_go_on(text: str) -> bool:
    return unicodedata.category(text[-1])[0] in "LMN"


def within_limit(parts: Iterable[Part]) -> Iterator[Part]:
    room = MOST_WORDS
    for part in parts:
        if part.words and room:
            words = part.words[:room]
            room -= len(words)
            yield replace(part, words=words)


def distinct(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrases))
