"""The one folding of words, for what is searched and what is asked alike. Pure."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Case, accents and width do not separate words: Énergie, ENERGIE and ｅｎｅｒｇｉｅ are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))
