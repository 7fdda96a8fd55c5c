"""The forms that one written word takes in a text. Words are folded: й is и, ё is е. Pure."""

import re
from collections.abc import Callable, Iterable

SLAVIC_CASES = {
    # ending of the dictionary form: what may stand in its place, 0 for nothing; the longest is tried first
    "ия": "ия ии ию иеи иею",
    "ая": "ая ои ую ою",
    "ые": "ые ых ым ыми",
    "ие": "ие их им ими",
    "ии": "ии его ему им ем ия ию ием ого ому ом",
    "ыи": "ыи ого ому ым ом",
    "ое": "ое ого ому ым ом",
    "ство": "ство ства ству ством стве",
    "ова": "ова овов овам овами овах",
    "ец": "ец ца цу цом це",
    "а": "а ы и е у ои ою",
    "я": "я и е ю еи ею и",
    "и": "и я ю ем е и",  # also the folded й
    "ы": "ы 0 ам ами ах ов",
    "ь": "ь и ю ью я ем е",
}
UKRAINIAN_CASES = {
    "ія": "ія ії ію ією іі",
    "ська": "ська ської ську ською ськіи ськои",
    "а": "а и і у ою о",
    "я": "я і ю ею єю і",
    "и": "и і ю єм ї я ем",
    "ь": "ь і ю",
    "о": "о",
}
AFTER_CONSONANT = ("", "а", "у", "ом", "е", "ы")
AFTER_CONSONANT_UKRAINIAN = ("", "у", "ом", "і", "а", "ові")
UNCHANGED = {"мали", "чили", "того", "конго", "перу", "сша", "оаэ", "гаити", "бурунди", "джибути"}
UNCHANGED |= {"фиджи", "марокко", "зимбабве", "шри", "кабо", "коста", "пуэрто", "сан", "папуа"}
UNCHANGED |= {"малі", "чілі", "гаїті", "бурунді", "джибуті", "фіджі", "теркс", "и", "і", "та"}
SHORTEST = 4


def russian(word: str) -> Iterable[str]:
    return declined(word, SLAVIC_CASES, AFTER_CONSONANT)


def ukrainian(word: str) -> Iterable[str]:
    return declined(word, UKRAINIAN_CASES, AFTER_CONSONANT_UKRAINIAN)


def declined(word: str, cases: dict[str, str], bare: tuple[str, ...]) -> Iterable[str]:
    """The cases of a name in its dictionary form; what ends in another vowel does not change."""
    if word in UNCHANGED or len(word) < SHORTEST:
        return {word}
    for ending in sorted(cases, key=len, reverse=True):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return {word, *(stem + other.replace("0", "") for other in cases[ending].split())}
    if re.search("[бвгджзклмнпрстфхцчшщ]$", word):
        return {word, *(word + ending for ending in bare)}
    return {word}


def with_endings(endings: Iterable[str], *, bare: bool = True) -> Callable[[str], Iterable[str]]:
    """`algérien-` → algérien, algérienne …; `sirio` has no form `siri`, so it is not `bare`."""
    endings = ("", *endings) if bare else tuple(endings)
    return lambda word: {word + ending for ending in endings}


SHORTEST_OF_PEOPLE = 4
ONE_OF_A_PEOPLE = "а у ом е ы ев ам ами ах"


def one_of_a_people(adjective: str) -> set[str]:
    """кенийск- → кениец, кенийцы …; непальск- → непалец. What is no word is never met."""
    stem = adjective.removesuffix("ск")
    if stem == adjective or len(stem) < SHORTEST_OF_PEOPLE:
        return set()
    first = stem[:-1] if stem[-1] in "иь" else stem
    return {first + "ец", *(f"{stem}ц{ending}" for ending in ONE_OF_A_PEOPLE.split())}


def unchanged(word: str) -> Iterable[str]:
    return (word,)


DECLENSIONS = {"russian": russian, "ukrainian": ukrainian, "": unchanged}

# --- What a language glues to a word, taken off where the text is read

SHORTEST_LEFT = 3


def without_endings(pattern: str, fewest: int = SHORTEST_LEFT) -> Callable[[str], Iterable[str]]:
    """Kazakh, Turkish and the like: қазақстанның → қазақстан, and each shorter beginning that leaves
    endings alone. One compiled pattern of all endings in a row."""
    endings = re.compile(pattern)

    def readings(word: str) -> Iterable[str]:
        return [
            word[:length] for length in range(fewest, len(word)) if endings.fullmatch(word, length)
        ]

    return readings


def without_arabic_prefixes(word: str) -> Iterable[str]:
    """والصين → الصين; للصين → الصين; لمصر → مصر. The article stays: it tells المغرب from مغرب."""
    readings = []
    for prefix in ("وب", "ول", "وك", "و", "ف", "ب", "ك", "ل"):
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_LEFT:
            readings.append(word.removeprefix(prefix))
    for prefix in ("ولل", "لل"):
        if word.startswith(prefix):
            readings.append("ال" + word.removeprefix(prefix))
    return readings


def with_arabic_article(word: str) -> Iterable[str]:
    """جزائري-: of a country, of either gender, one or many, with the article or without."""
    forms = {word + ending for ending in ("", "ه", "ون", "ين", "ات", "ا", "تين", "تان", "ان")}
    return forms | {"ال" + form for form in forms}
