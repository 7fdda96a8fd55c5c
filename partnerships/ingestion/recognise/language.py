"""Which language a text is in: its script, letters that only some languages use, common words.

No model: `vocabulary/languages.toml` lists for each language its script, its own letters and the
small words that make up a third of any text. Pure.
"""

import re
import tomllib
from collections import Counter
from functools import cache

from .vocabulary import VOCABULARY
from .words import WORD

READ = 6_000
"""So many characters tell the language; a text that changes it is taken by its beginning."""
FAINTEST = 0.04
"""Common words in a hundred words below which no language of the script is told."""

SCRIPTS = {
    "latin": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "han": "\u3400-\u9fff\uf900-\ufaff",
    "kana": "\u3040-\u30ff",
    "hangul": "\uac00-\ud7a3\u1100-\u11ff",
    "devanagari": "\u0900-\u097f",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f",
    "kannada": "\u0c80-\u0cff",
    "malayalam": "\u0d00-\u0d7f",
    "sinhala": "\u0d80-\u0dff",
    "thai": "\u0e00-\u0e7f",
    "lao": "\u0e80-\u0eff",
    "burmese": "\u1000-\u109f",
    "georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "ethiopic": "\u1200-\u137f",
    "khmer": "\u1780-\u17ff",
    "mongolian": "\u1800-\u18af",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "armenian": "\u0530-\u058f",
    "hebrew": "\u0590-\u05ff",
}
ALONE = {
    **{"hangul": "ko", "bengali": "bn", "gurmukhi": "pa", "gujarati": "gu", "tamil": "ta"},
    **{"telugu": "te", "kannada": "kn", "malayalam": "ml", "sinhala": "si", "thai": "th"},
    **{"lao": "lo", "burmese": "my", "georgian": "ka", "ethiopic": "am", "khmer": "km"},
    **{"mongolian": "mn", "greek": "el", "armenian": "hy", "hebrew": "he"},
}
RUNS = {script: re.compile(f"[{letters}]") for script, letters in SCRIPTS.items()}
WEIGHT = {"han": 3.0, "kana": 3.0, "hangul": 2.0}
"""One character of these says as much as several letters."""
KANA_SHARE = 0.2
"""Half of a Japanese text is kana; a Chinese one has them in quoted names only."""


def language_of(text: str, *, stated: str = "") -> str:
    """`stated` is what a page says of itself: it decides only between languages as likely."""
    text = text[:READ]
    script = script_of(text)
    if script in ALONE:
        return ALONE[script]
    if script in ("han", "kana"):
        return "ja" if is_japanese(text) else "zh"
    if not script:
        return primary(stated)
    return primary(by_words(text, script, primary(stated)))


def primary(tag: str) -> str:
    """The primary subtag; "" for what is no tag: a page may state anything."""
    found = re.match("[a-z]{2,3}(?![a-z0-9])", tag.strip().lower())
    return found[0] if found else ""


def script_of(text: str) -> str:
    counts = {
        script: WEIGHT.get(script, 1.0) * len(letters.findall(text))
        for script, letters in RUNS.items()
    }
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def is_japanese(text: str) -> bool:
    kana, han = (len(RUNS[script].findall(text)) for script in ("kana", "han"))
    return kana > KANA_SHARE * (kana + han)


def by_words(text: str, script: str, stated: str) -> str:
    """The language whose common words and own letters stand in the text most often."""
    words = Counter(word.casefold() for word in WORD.findall(text))
    letters = Counter(text.lower())
    total = sum(words.values())
    scores = {
        language: score(table, words, letters) / total
        for language, table in tables().items()
        if table["script"] == script
    }
    if stated in scores:
        scores[stated] = scores[stated] * 1.3 + 0.01
    best = max(scores, key=scores.__getitem__, default="")
    if scores.get(best, 0) >= FAINTEST:
        return best
    return stated or best if scores.get(best, 0) > 0 else stated


def score(table: dict, words: Counter, letters: Counter) -> float:
    """A common word counts as one, a letter that few others use as a third, one that it never
    uses takes as much away."""
    common = sum(words[word] for word in table["common"])
    own = sum(letters[letter] for letter in table["letters"])
    foreign = sum(letters[letter] for letter in table["never"])
    return common + own / 3 - foreign / 3


@cache
def tables() -> dict[str, dict]:
    listed = tomllib.loads((VOCABULARY / "languages.toml").read_text(encoding="utf-8"))
    return {
        language: {
            "script": table["script"],
            "common": frozenset(table["common"].split()),
            "letters": table.get("letters", ""),
            "never": table.get("never", ""),
        }
        for language, table in listed.items()
    }
