"""The one folding of words, for what is searched and what is asked alike. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import add

MAX_WORD = 40
"""A word is cut here: no real one is longer, and an index need not hold what nobody types."""

# --- Characters: what does not separate two words


def fold(text: str) -> str:
    """Case, accents, width and look-alike letters do not separate words: Énergie, ENERGIE and
    ｅｎｅｒｇｉｅ are one, and so are қазақ and казак, أحمد and احمد."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.replace("´", "'")).casefold()
    text = CHANGED.sub(change, unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", text)  # Hangul syllables and voiced kana as one character


def change(found: re.Match) -> str:
    return CHANGES[found[0]]


LETTERS = {
    # Latin letters that have no accent to drop
    **{"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"},
    **{"ħ": "h", "ŋ": "n", "ŧ": "t", "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k"},
    # Ukrainian, Kazakh and its neighbours, for keyboards that lack them; ё, й, ї lose their accent
    **{"і": "и", "є": "е", "ґ": "г", "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о"},
    **{"ұ": "у", "ү": "у", "һ": "х", "ҳ": "х", "ҷ": "ч", "җ": "ж"},
    # Arabic and Persian; alef, waw and yeh lose their hamza as an accent
    **{"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه"},
    "ـ": "",
    **dict.fromkeys("’‘‛′ʼʻʹ＇", "'"),
    "\u200b": " ",  # zero-width space
    **dict.fromkeys("–—“”„«»•·", " "),  # so that most Latin texts end as ASCII, which is quick
}
KEPT_CLASSES = {0, 7, 8, 9, *range(84, 133)}
"""Combining classes that spell: vowel signs, nukta, kana voicing, virama, tones of Southeast Asia."""
INVISIBLE_MARKS = set(map(chr, [0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)]))
"""The grapheme joiner and variation selectors."""


def is_dropped(c: str) -> bool:
    """Is it no part of how a word is spelt: an accent, or a character nobody sees?"""
    category = unicodedata.category(c)
    return (
        category in {"Cf", "Me"}
        or c in INVISIBLE_MARKS
        or (category == "Mn" and unicodedata.combining(c) not in KEPT_CLASSES)
    )


def is_spelling_mark(c: str) -> bool:
    return unicodedata.category(c) in {"Mn", "Mc"} and not is_dropped(c)


def ranges(characters: Iterable[str]) -> str:
    """Characters in code order → the inside of a regular expression's class."""
    spans: list[list[int]] = []
    for code in map(ord, characters):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


BASIC_PLANE = [chr(code) for code in range(0x80, 0x10000)]
CHANGES = (
    {c: str(unicodedata.decimal(c)) for c in BASIC_PLANE if c.isdecimal()}
    | {c: "" for c in BASIC_PLANE if is_dropped(c)}
    | {chr(code): "" for code in range(0xE0001, 0xE01F0)}  # tags and variation selectors
    | LETTERS
)
CHANGED = re.compile(f"[{ranges(sorted(CHANGES))}]")


# --- Words


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order.

    A run of a script without spaces gives its overlapping pairs, then its last character alone: so
    that every character of it begins a word (哈萨克 → 哈萨, 萨克, 克).
    """
    tokens = tokens_of(text)
    if max(tokens, default="") < FIRST_UNSPACED:  # the last in order tells for all
        return tokens
    return [word for token in tokens for word in words_in(token)]


def words_in(token: str) -> list[str]:
    return [*pairs(token), token[-1]] if is_unspaced(token) and len(token) > 1 else [token]


def pairs(run: str) -> list[str]:
    """哈萨克 → 哈萨, 萨克; a single character is itself."""
    return list(map(add, run, run[1:])) or [run]


def tokens_of(text: str) -> list[str]:
    """The folded words in order, a run of a script without spaces being one of them."""
    folded = without_glue(fold(text))
    if folded.isascii():
        return ASCII_WORD.findall(folded)
    folded = without_article(folded.replace("_", " "))
    if not UNSPACED.search(folded):
        return WORD.findall(folded)
    tokens = ANY_LENGTH.findall(UNSPACED_RUN.sub(r" \g<0> ", folded))
    return [token if is_unspaced(token) else token[:MAX_WORD] for token in tokens]


def without_glue(folded: str) -> str:
    """l’énergie is énergie, Kazakhstan’s is Kazakhstan, U.S. is US."""
    if "'" in folded:
        folded = POSSESSIVE.sub("", ELISION.sub("", folded))
        if "qu'" in folded:
            folded = LONG_ELISION.sub("", folded)
    return INITIALS.sub(joined, folded) if INITIAL.search(folded) else folded


def without_article(folded: str) -> str:
    return ARABIC_ARTICLE.sub("", folded) if "ال" in folded or "لل" in folded else folded


def joined(initials: re.Match) -> str:
    return initials[0].replace(".", "")


def is_unspaced(token: str) -> bool:
    """Is it written in a script that sets no spaces between words?"""
    return token[0] >= FIRST_UNSPACED and UNSPACED.match(token) is not None


UNSPACED_BLOCKS = [
    range(0x0E00, 0x0F00),  # Thai, Lao
    range(0x1000, 0x10A0),  # Burmese
    range(0x1780, 0x1800),  # Khmer
    range(0x2E80, 0x3100),  # radicals, kana
    range(0x31F0, 0x3200),  # kana for Ainu
    range(0x3400, 0xA000),  # Chinese characters
    range(0xA9E0, 0xAA00),  # more Burmese
    range(0xAA60, 0xAA80),
]
FIRST_UNSPACED = chr(UNSPACED_BLOCKS[0].start)
UNSPACED_CLASS = (
    ranges(
        c
        for block in UNSPACED_BLOCKS
        for c in map(chr, block)
        if c.isalnum() or is_spelling_mark(c)
    )
    + "\U00020000-\U0003ffff"
)
MARKS = ranges(filter(is_spelling_mark, BASIC_PLANE))

UNSPACED = re.compile(f"[{UNSPACED_CLASS}]")
UNSPACED_RUN = re.compile(f"[{UNSPACED_CLASS}]+")
ASCII_WORD = re.compile(f"([a-z0-9]{{1,{MAX_WORD}}})[a-z0-9]*")
WORD = re.compile(rf"([\w{MARKS}]{{1,{MAX_WORD}}})[\w{MARKS}]*")
ANY_LENGTH = re.compile(rf"[\w{MARKS}]+")

LETTER = r"[^\W\d_]"
# Each begins with what is rarest to be found quickly; what stands before it is looked back at.
ELISION = re.compile(rf"[cdjlmnst]'(?<!\w..)(?={LETTER})")
LONG_ELISION = re.compile(rf"\b(?:jus|lors|puis|quel|quoi)?qu'(?={LETTER})")
POSSESSIVE = re.compile(r"'s\b(?<=\w's)")
INITIAL = re.compile(r"\.\w\b")
INITIALS = re.compile(rf"\b{LETTER}(?:\.{LETTER})+\b")
ARABIC_ARTICLE = re.compile("\\b(?:[وبكف]?ال|و?لل)(?=[\u0621-\u064a]{3})")


# --- Inflection


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without its commonest endings, told by its script alone.

    Number and case no longer separate: bourse and bourses, study and studies, грант and гранты,
    منحة and منح. The price is that a few words which have nothing to do with each other become one
    (course and cours, Ростов and рост); nothing is known of derivation (grant, granted stay two).
    Endings go until none is left, so a stem is its own stem.
    """
    while (shorter := shortener_of(word[-1:])(word)) != word:
        word = shorter
    return word


def stems_of(text: str) -> list[str]:
    """What a text is indexed by and a question is asked by: the stems of its words, in order."""
    return list(map(stem, words_of(text)))


def shortener_of(letter: str) -> Callable[[str], str]:
    """What takes one ending off a word with this last letter."""
    if "a" <= letter <= "z":
        return without_latin_ending
    if "а" <= letter <= "я":
        return without_cyrillic_ending
    if "\u0621" <= letter <= "\u064a":
        return without_arabic_ending
    return str


def without_latin_ending(word: str) -> str:
    """The plural of English, French, Spanish and Portuguese; a silent e; study is studi as studies is."""
    if PORTUGUESE_PLURAL.search(word):
        return word[:-3] + "ao"
    if word[-1] == "y" and len(word) >= 4:
        return word[:-1] + "i"
    return LATIN_ENDING.sub("", word)


def without_cyrillic_ending(word: str) -> str:
    """A Kazakh plural or a Russian case."""
    return CYRILLIC_ENDING.sub("", word)


def without_arabic_ending(word: str) -> str:
    return ARABIC_ENDING.sub("", word)


def endings(leaving: int, written: str) -> str:
    """Any of these at the end of a word that keeps so many letters; a search finds the longest."""
    return rf"(?<=\w{{{leaving}}})(?:{written})\Z"


PORTUGUESE_PLURAL = re.compile(r"\w[cins]oes\Z")  # inscrições, missões, regiões
LATIN_ENDING = re.compile(
    "|".join(
        [
            r"(?<=eau)x\Z",
            r"(?<=\w\w\w[^s])s\Z",
            r"(?<=\w\w[b-df-hj-np-rtvxyz])s\Z",  # jobs, labs; not news, pais, less
            r"(?<=\wee)s\Z",
            endings(4, "e"),
        ]
    )
)
CYRILLIC_ENDING = re.compile(
    "|".join(
        [
            endings(4, "лар|лер|дар|дер|тар|тер"),
            endings(4, "ами|ями|ому|ему|ого|его|ыми|ими|ах|ях|ам|ям|ом|ем|ым|им|ов|ев"),
            endings(4, "иями|иях|иям|ием|иеи|ия|ие|ии|ию|ья|ье|ьи|ью"),
            endings(4, "ая|яя|ое|ее|ые|ыи|ои|еи|ую|юю|ою|ею|их|ых"),
            endings(3, "[аеиоуыьюя]"),
        ]
    )
)
ARABIC_ENDING = re.compile(endings(3, "ه|ات|ين|ون"))
