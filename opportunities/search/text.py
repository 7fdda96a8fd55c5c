"""The one folding of words, for what is searched and what is asked alike. Pure."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
UNSPACED = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff]")  # Thai, Lao, Chinese, Japanese


def fold(text: str) -> str:
    """Case, accents and width do not separate words: Énergie, ENERGIE and ｅｎｅｒｇｉｅ are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Folded:
    """A text made ready to be asked for words."""

    def __init__(self, text: str):
        self.words = " " + " ".join(words_of(text))

    def holds(self, word: str) -> bool:
        """Does one of its words begin with this folded one? Scripts without spaces: does it stand
        anywhere?"""
        return (word if UNSPACED.search(word) else f" {word}") in self.words


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))
