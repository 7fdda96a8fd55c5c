"""Invented words of eight languages whose frequencies fall as those of real ones do (Zipf). Pure.

Invented, so that no word is the name of a country or a sector by chance; with the letters, accents,
articles and endings that folding has to deal with.
"""

from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random

SLOTS = 1 << 19
"""How often all words together stand in a pool: an even choice from it is a Zipf-like one."""

PHRASES = 200

# language → beginnings, middles and ends of syllables
SYLLABLES = {
    "en": ("b c d f g h l m n p r s t v w br cl dr gr pl pr st tr sh ch", "a e i o u ea ou", " n r l t m d st nd"),
    "fr": ("b c ç d f g j l m n p qu r s t v bl br cl tr", "a â e é è ê i î o ô u œu ai au", " r l n t c x ne le"),
    "es": ("b c d f g j l m n ñ p r s t v br cr tr", "a á e é i í o ó u ú ie ue", " n r l s d"),
    "pt": ("b c ç d f g j l lh m n nh p r s t v br tr", "a ã á e é ê i o õ ó u ei ou", " r l m s"),
    "ru": ("б в г д ж з к л м н п р с т ф х ц ч ш щ", "а е ё и о у ы э ю я", " й л м н р с т ть"),
    "kk": ("б ғ д ж з қ к л м н ң п р с т ш", "а ә е и о ө ұ ү ы і", " й қ л н р с т"),
    "ar": ("أ ب ت ج ح د ر س ش ص ط ع غ ف ق ك ل م ن ه", "ا و ي ى", " ب د ر ل م ن ة ء"),
}  # fmt: skip
SYLLABLE_COUNTS = ((2, 3, 4), (40, 45, 15))

# language → a word in its other usual form
INFLECTED = {
    "en": "{}s",
    "fr": "l’{}",
    "es": "{}s",
    "pt": "{}s",
    "ru": "{}ами",
    "kk": "{}лар",
    "ar": "ال{}",
}

HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 1_500)]
HAN_LENGTHS = ((2, 3, 4), (75, 18, 7))


@dataclass(frozen=True)
class Vocabulary:
    """`words` by falling frequency; `pool` to choose from evenly; `phrases` of three words."""

    language: str
    words: tuple[str, ...]
    pool: tuple[str, ...]
    phrases: tuple[str, ...]
    joint: str


class Speech:
    """Versions of words in one language, one after the other; drawn in bulk, for speed."""

    DRAWN = 1 << 14

    def __init__(self, vocabulary: Vocabulary, rng: Random):
        self.vocabulary, self.rng = vocabulary, rng
        self.words: list[str] = []

    def version(self) -> tuple[str, str, str]:
        """A title, a summary and a text of about 8, 25 and 60 words; some say a set phrase."""
        chance = self.rng.random()
        last = 86 + int(chance * 16)
        if len(self.words) < last:
            self.words = self.drawn()
        said, self.words[-last:] = self.words[-last:], []
        if chance < 0.15:
            said[int(chance * 200)] = self.vocabulary.phrases[int(self.rng.random() ** 2 * PHRASES)]
        join, middle = self.vocabulary.joint.join, (33 + last) // 2
        text = f"{join(said[33:middle])}.\n\n{join(said[middle:])}."
        return shortened(join(said[:8]), 150), shortened(join(said[8:33]), 300), text

    def drawn(self) -> list[str]:
        """Random bytes as numbers below SLOTS: a tenth of the time of as many calls."""
        below = int.from_bytes((SLOTS - 1).to_bytes(4, "little") * self.DRAWN, "little")
        drawn = int.from_bytes(self.rng.randbytes(4 * self.DRAWN), "little") & below
        numbers = memoryview(drawn.to_bytes(4 * self.DRAWN, "little")).cast("I")
        return list(map(self.vocabulary.pool.__getitem__, numbers))


def shortened(text: str, most: int) -> str:
    """Without its last words, where it is too long for its column."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] or text[:most]


@cache
def vocabulary(language: str, size: int = 50_000) -> Vocabulary:
    rng = Random(f"words of {language}")
    words = invented_words(language, rng, size)
    joint = "" if language == "zh" else " "
    phrases = (joint.join(rng.choices(words[50:3_000], k=3)) for _ in range(PHRASES))
    return Vocabulary(
        language, words, pool_of(words, INFLECTED.get(language)), tuple(phrases), joint
    )


def invented_words(language: str, rng: Random, size: int) -> tuple[str, ...]:
    syllables, ends, lengths = parts_of(language)
    words: dict[str, None] = {}
    while len(words) < size:
        drawn = rng.choices(syllables, k=4 * size), rng.choices(ends, k=size)
        for number, length in enumerate(rng.choices(*lengths, k=size)):
            first = 4 * number
            words["".join(drawn[0][first : first + length]) + drawn[1][number]] = None
    return tuple(islice(words, size))


def parts_of(language: str) -> tuple[list[str], list[str], tuple]:
    """Beginnings and middles together, ends, and how many of the first a word has."""
    if language == "zh":
        return skewed(HAN), [""], HAN_LENGTHS
    first, middle, last = (parts.split(" ") for parts in SYLLABLES[language])
    return [one + other for one in first for other in middle], last, SYLLABLE_COUNTS


def skewed(letters: list[str]) -> list[str]:
    """The first many times as often as the last, as characters are used."""
    return [letter for rank, letter in enumerate(letters) for _ in range(1 + 300 // (rank + 10))]


def pool_of(words: tuple[str, ...], inflected: str | None) -> tuple[str, ...]:
    """SLOTS words: that of rank r about SLOTS ÷ r ÷ ln(size) times, one in three in its other form."""
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    share = SLOTS / sum(weights)
    pool: list[str] = []
    for word, weight in zip(words, weights, strict=True):
        times = max(1, round(weight * share))
        others = times // 3 if inflected else 0
        pool += [word] * (times - others)
        if others:
            pool += [inflected.format(word)] * others
    pool += pool[: max(0, SLOTS - len(pool))]
    return tuple(pool[:SLOTS])
