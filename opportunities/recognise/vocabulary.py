"""The words of one language, from its file in `vocabulary/`, as patterns over folded text. Pure.

How a word is written there:

    bourse         this word; case and accents do not matter
    stipendi*      whatever it goes on with
    will … offer   up to five other words between
    奖学金          found anywhere: the script sets no spaces

In Arabic, و ف ب ل ك and the article may stand before any word and are not written.

Of the kinds, `strong` words tell an offer, `weak` ones beside people or learning, `counted` ones where
it is said how many; `same` there are places of what was named last. `none` only looks like an offer.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opportunities.search.text import MARKS, UNSPACED

from .folding import folded

FOLDER = Path(__file__).parent / "vocabulary"
SIGNALS = (
    *("offer", "future", "call", "apply", "past", "earlier", "ongoing", "until_now", "cancelled"),
    "not_offered",
)
"""`earlier` names a time that is over, and so decides where `past` only hints; `until_now` a time
that reaches to today: what was completed in it is past, what only goes on is ongoing."""
LETTER = rf"[\w{MARKS}]"
INDIC = re.compile("[\u0900-\u0dff]")
"""Scripts whose vowel signs are marks; elsewhere the long class of marks would only cost time."""
GLUED = "(?:[وفبلك]{0,2}(?:ال|لل)?)"
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds any of many forms, the longest first, and says which label it has."""

    pattern: re.Pattern
    numbered: re.Pattern
    """The same with a group for each form; slower by far, so only asked where one was found."""
    labels: tuple[tuple[str, str], ...]

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[tuple[str, str], int, int]]:
        for found in self.pattern.finditer(text, start, end):
            form = self.numbered.match(text, found.start(), end)
            yield self.labels[form.lastindex - 1], found.start(), found.end()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    language: str
    kinds: Finder
    """Labels: (kind, "strong") · (kind, "weak") · (kind, "counted") for what tells one only where it
    is said how many · ("", "none") for what only looks like one."""
    signals: dict[str, re.Pattern]
    audiences: Finder
    youth: re.Pattern
    learning: re.Pattern
    places: re.Pattern
    units: re.Pattern
    numbers: dict[str, int]
    multipliers: dict[str, int]
    deadline: re.Pattern
    speaking: re.Pattern
    titles: re.Pattern
    hosts: re.Pattern
    abbreviations: frozenset[str]


@cache
def vocabulary_of(language: str) -> Vocabulary | None:
    """None for a language without a file."""
    path = FOLDER / f"{language}.toml"
    if not language.isalpha() or not path.exists():
        return None
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    signals = words.get("signals", {})
    return Vocabulary(
        language=language,
        kinds=finder(kind_words(words)),
        signals={name: any_of(signals.get(name, ())) for name in SIGNALS},
        audiences=finder(labelled(words.get("audiences", {}))),
        youth=any_of(words.get("youth", ())),
        learning=any_of(words.get("learning", ())),
        places=any_of(words.get("places", ())),
        units=any_of(words.get("units", ())),
        numbers=folded_keys(words.get("numbers", {})),
        multipliers=folded_keys(words.get("multipliers", {})),
        deadline=any_of(words.get("deadline", ())),
        speaking=any_of(words.get("speaking", ())),
        titles=any_of(words.get("titles", ())),
        hosts=any_of(words.get("hosts", ())),
        abbreviations=frozenset(a.lower().rstrip(".") for a in words.get("abbreviations", ())),
    )


def kind_words(words: dict) -> Iterator[tuple[str, tuple[str, str]]]:
    for strength in ("strong", "weak", "counted"):
        for kind, forms in words.get(strength, {}).items():
            yield from ((form, (kind, strength)) for form in forms)
    yield from ((form, ("", "none")) for form in words.get("none", ()))


def labelled(groups: dict[str, list[str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, forms in groups.items():
        yield from ((form, (name, "")) for form in forms)


def folded_keys(numbers: dict[str, int]) -> dict[str, int]:
    return {folded(word).text: value for word, value in numbers.items()}


def finder(forms: Iterable[tuple[str, tuple[str, str]]]) -> Finder:
    ordered = sorted(forms, key=lambda form: -len(form[0]))
    if not ordered:
        return Finder(NOTHING, NOTHING, ())
    patterns = [pattern_of(form) for form, _ in ordered]
    return Finder(
        any_of(form for form, _ in ordered),
        re.compile(guarded("|".join(f"({p})" for p in patterns), ordered[0][0])),
        tuple(label for _, label in ordered),
    )


def any_of(forms: Iterable[str]) -> re.Pattern:
    ordered = sorted(forms, key=len, reverse=True)
    if not ordered:
        return NOTHING
    return re.compile(guarded("|".join(map(pattern_of, ordered)), ordered[0]))


def guarded(written: str, example: str) -> str:
    """Not inside a longer word, where the script sets spaces."""
    if UNSPACED.search(example):
        return written
    letter, glued = letter_of(example), GLUED if is_arabic(example) else ""
    return f"(?<!{letter}){glued}(?:{written})(?!{letter})"


def letter_of(example: str) -> str:
    return LETTER if INDIC.search(example) else r"\w"


def is_arabic(written: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in written)


def pattern_of(written: str) -> str:
    unspaced, letter = UNSPACED.search(written) is not None, letter_of(written)
    parts = folded(written.replace("…", " … ")).text.split()
    pattern = ""
    for part, before in zip(parts, ["", *parts], strict=False):
        if part == "…":
            pattern += "[^。!?,;\n]{0,14}" if unspaced else rf"(?:[\s'\-]+{letter}+){{0,5}}?"
            continue
        if before:
            pattern += r"\s*" if unspaced else r"[\s'\-]{1,3}"
            pattern += GLUED if is_arabic(part) else ""
        pattern += re.escape(part.rstrip("*")) + (f"{letter}*" if part.endswith("*") else "")
    return pattern
