"""A text as words with their places. Folding is per word, so spans stay those of the text. Pure."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

KEPT_CLASSES = {0, 7, 8, 9, *range(84, 133)}
"""Combining classes that spell: vowel signs, nukta, voicing, virama. The others are accents."""
LETTERS = str.maketrans(
    {
        **{
            "ı": "i",
            "ł": "l",
            "ø": "o",
            "đ": "d",
            "æ": "ae",
            "œ": "oe",
            "ə": "a",
            "ɛ": "e",
            "ɔ": "o",
        },
        **{"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ـ": ""},
    }
)


class Word(NamedTuple):
    folded: str
    start: int
    end: int
    raw: str

    @property
    def is_capital(self) -> bool:
        """Caseless scripts count as capital: nothing in them says that a word is no name."""
        return not self.raw[0].islower()


def marks() -> str:
    codes = (
        code
        for code in range(0x300, 0x10000)
        if unicodedata.category(chr(code)) in {"Mn", "Mc"} or code in (0x200C, 0x200D)
    )
    return "".join(map(chr, codes))


WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?|[^\W_](?:[^\W_]|[{marks()}])*")


def words_of(text: str, *, keeps_accents: bool = False) -> list[Word]:
    folding = fold_keeping_accents if keeps_accents else fold
    return [
        Word(folding(found[0]), found.start(), found.end(), found[0])
        for found in WORD.finditer(text)
    ]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Case, accents, vowel points and the dots of initials do not separate words."""
    word = word.replace(".", "").replace("\u200c", "").replace("\u200d", "")
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.replace("İ", "I")).casefold()
    return unicodedata.normalize("NFC", "".join(filter(is_spelt, decomposed)).translate(LETTERS))


def is_spelt(c: str) -> bool:
    return unicodedata.category(c) != "Mn" or unicodedata.combining(c) in KEPT_CLASSES


@lru_cache(maxsize=50_000)
def fold_keeping_accents(word: str) -> str:
    """For Vietnamese, where nothing but accents separates most words."""
    return unicodedata.normalize("NFC", word.replace(".", "")).casefold()
