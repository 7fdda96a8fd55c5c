"""A text made ready: folded, in sentences, and whether as a whole it calls for applications. Pure."""

from datetime import date
from typing import NamedTuple

from .deadlines import ANY_DAY, deadline_in
from .folding import Folded, folded
from .sentences import Sentence, sentences
from .standings import calls
from .vocabulary import Vocabulary

HEAD = 5
"""Sentences in which a call says that it is one."""
FEWEST_APPLYING, PART_APPLYING = 4, 0.25
"""Sentences, and their part of the text, that speak of applying in a call that nowhere says it is one."""


class Reading(NamedTuple):
    text: str
    folded: Folded
    sentences: list[Sentence]
    """In the folded text."""
    words: Vocabulary
    published_on: date | None
    is_official: bool
    is_call: bool


def read(text: str, words: Vocabulary, published_on: date | None, is_official: bool) -> Reading:
    whole = folded(text)
    spans = [folded_span(whole, s) for s in sentences(text, words.abbreviations)]
    is_call = any(calls(whole.text, s.start, s.end, words) for s in spans[:HEAD])
    is_call = is_call or tells_how_to_apply(whole.text, spans, words, published_on)
    return Reading(text, whole, spans, words, published_on, is_official, is_call)


def tells_how_to_apply(text: str, spans: list[Sentence], words: Vocabulary, published_on: date | None) -> bool:  # fmt: skip
    """Does a good part of the text speak of applying, and until when, and is nothing called off?"""
    applying = [s for s in spans if words.signals["apply"].search(text, s.start, s.end)]
    if len(applying) < max(FEWEST_APPLYING, len(spans) * PART_APPLYING):
        return False
    if any(words.signals["cancelled"].search(text, s.start, s.end) for s in spans[:HEAD]):
        return False
    return deadline_in(text, 0, len(text), words, published_on or ANY_DAY) is not None


def folded_span(whole: Folded, sentence: Sentence) -> Sentence:
    if whole.places is None:
        return sentence
    return sentence._replace(start=whole.at(sentence.start), end=whole.at(sentence.end))


def is_calling(sentence: Sentence, reading: Reading) -> bool:
    return calls(reading.folded.text, sentence.start, sentence.end, reading.words)
