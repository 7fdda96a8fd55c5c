"""Names that mislead: a man called Jordan, two Congos, a state of Georgia. Pure.

A doubtful name counts where something says that the country is meant: its people or capital
elsewhere in the text, a word such as “in” before it, another country beside it in a list. A name of
several countries (“Congo|CG”) goes to the one that the text names in full.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable

from .lexicon import Hit
from .vocabulary import NONE, settings_of
from .words import Word, fold, fold_keeping_accents

LISTED = re.compile(
    r"\s*(?:,|;|、|،)?\s*(?:(?:and|or|et|y|e|und|и|و|және|мен|与|和|及)\s+)?(?:the\s+)?\Z"
)
"""What stands between two names of one list."""
NEAR = 12
"""Characters between two names of one list."""
SENTENCE_ENDS = (
    ".",
    "!",
    "?",
    "…",
    "\n",
    ":",
    "•",
    "”",
    "»",
    "“",
    '"',
    "«",
    "*",
    "#",
    "–",
    "—",
    "|",
)


def settled(text: str, words: list[Word], hits: list[Hit], language: str) -> list[Hit]:
    """Only hits that name one country and mean it."""
    named = Counter(hit.value for hit in hits if hit.kind != NONE and not is_unsure(hit, language))
    around = Neighbours(text, words, hits, language)
    kept = []
    for hit in hits:
        if hit.kind == NONE:
            continue
        if is_doubtful(hit, language) and not around.mean(hit, named):
            continue
        if named[hit.value] < 2 and around.speak_against(hit):
            continue
        kept.append(hit._replace(value=one_of(hit.value.split("|"), named)))
    return [hit for hit in kept if hit.value]


def is_unsure(hit: Hit, language: str) -> bool:
    return "|" in hit.value or is_doubtful(hit, language)


def is_doubtful(hit: Hit, language: str) -> bool:
    return hit.form in settings_of(language).get("doubtful", [])


def one_of(values: list[str], named: Counter) -> str:
    """The one the text names most; the first where it names none, for the file puts the usual first."""
    return max(values, key=lambda value: named[value])


class Neighbours:
    """What stands beside a hit, and whether it speaks for the country."""

    def __init__(self, text: str, words: list[Word], hits: list[Hit], language: str):
        settings = settings_of(language)
        self.text, self.words = text, words
        self.at = {word.start: index for index, word in enumerate(words)}
        self.ends = {word.end: index for index, word in enumerate(words)}
        self.hits = hits
        self.covered = [(hit.start, hit.end) for hit in hits if hit.kind != NONE]
        self.sure = [
            (hit.start, hit.end)
            for hit in hits
            if hit.kind != NONE and not is_doubtful(hit, language)
        ]
        folding = fold_keeping_accents if settings.get("keeps_accents") else fold
        self.place_words = frozenset(map(folding, settings.get("place_words", [])))
        self.against: dict[str, list[str]] = settings.get("against", {})
        self.names_people = not settings.get("nouns_are_capital", False)
        self.folded = frozenset(word.folded for word in words)
        self.persons = frozenset(
            hit.form
            for hit in hits
            if is_doubtful(hit, language) and self.names_people and self.is_part_of_a_name(hit)
        )

    def mean(self, hit: Hit, named: Counter) -> bool:
        if self.names_people and self.is_part_of_a_name(hit):
            return False
        values = hit.value.split("|")
        if any(named[value] for value in values):
            return True
        if self.speak_against(hit) or hit.form in self.persons:
            return False
        return self.follows_place_word(hit) or self.is_in_list(hit)

    def speak_against(self, hit: Hit) -> bool:
        values = hit.value.split("|")
        return any(self.has(phrase) for value in values for phrase in self.against.get(value, []))

    def has(self, phrase: str) -> bool:
        return all(fold(part) in self.folded for part in phrase.split())

    def is_part_of_a_name(self, hit: Hit) -> bool:
        return self.has_capital_before(hit.start) or self.has_capital_after(hit.end)

    def has_capital_before(self, start: int) -> bool:
        index = self.at.get(start, 0) - 1
        if index < 0:
            return False
        word = self.words[index]
        if self.text[word.end : start] not in (" ", "-") or self.is_covered(word):
            return False
        return (
            word.raw[0].isupper()
            and not self.begins_sentence(word)
            and word.folded not in self.place_words
        )

    def has_capital_after(self, end: int) -> bool:
        index = self.ends.get(end, len(self.words)) + 1
        if index >= len(self.words):
            return False
        word = self.words[index]
        if self.text[end : word.start] not in (" ", "-") or self.is_covered(word):
            return False
        return word.raw[0].isupper() and word.raw[1:].lower() == word.raw[1:]

    def begins_sentence(self, word: Word) -> bool:
        before = self.text[max(0, word.start - 40) : word.start].rstrip(" \t'’(")
        return not before or before.endswith(SENTENCE_ENDS)

    def is_covered(self, word: Word) -> bool:
        index = bisect_right(self.covered, (word.start, len(self.text)))
        return index > 0 and word.start < self.covered[index - 1][1]

    def follows_place_word(self, hit: Hit) -> bool:
        index = self.at.get(hit.start, 0)
        before: Iterable[Word] = self.words[max(0, index - 2) : index]
        near = [word.folded for word in before if hit.start - word.start < 25]
        if not near:
            return False
        articles = {"the", "la", "le", "el", "os", "as", "o", "a", "l"}
        return near[-1] in self.place_words or (
            len(near) == 2 and near[1] in articles and near[0] in self.place_words
        )

    def is_in_list(self, hit: Hit) -> bool:
        index = bisect_left(self.sure, (hit.start, hit.end))
        beside = self.sure[max(0, index - 1) : index + 2]
        return any(
            LISTED.fullmatch(self.text[min(end, hit.end) : max(start, hit.start)])
            for start, end in beside
            if start != hit.start and max(start - hit.end, hit.start - end) < NEAR
        )
