"""The offers of a whole text: one for each thing offered, however often it is named. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from .days import days
from .folding import Folded, folded
from .hosts import host_of
from .mentions import Mention, mentions
from .offer import Offer, Standing
from .sentences import CLOSING, FULL_STOPS, Sentence, quoted, sentences
from .speakers import NOBODY, Speaker, speaker_of
from .standings import calls, standing_of
from .vocabulary import Vocabulary, vocabulary_of

LONGEST = 200_000
"""Characters that are read: the longest articles have a quarter of it."""
MOST_MENTIONS = 400
HEAD = 3
"""Sentences in which a call says that it is one."""
NEAR = 1
"""Sentences of one kind no further apart speak of one thing."""
MOST_OF_A_KIND = 3
MANY, MANY_EXCHANGES = 4, 8
"""A text that names one kind in so many sentences describes one programme; exchanges are named more
often, for communiqués promise several."""
MOST_IN_A_CALL = 2
DEADLINE_WITHIN = 80
STOPS = FULL_STOPS + CLOSING + "."


class Reading(NamedTuple):
    text: str
    folded: Folded
    sentences: list[Sentence]
    """In the folded text."""
    words: Vocabulary
    published_on: date | None
    is_official: bool
    is_call: bool


def offers(
    text: str, *, language: str, published_on: date | None = None, is_official: bool = False
) -> list[Offer]:
    """In the order of the text; empty for a language without vocabulary.

    `is_official`: the text stands on a page of the provider or host.
    """
    words = vocabulary_of(language.split("-")[0].lower())
    if words is None:
        return []
    reading = read(text[:LONGEST], words, published_on, is_official)
    found = list(islice(mentions(reading.folded.text, reading.sentences, words), MOST_MENTIONS))
    speakers = list(speakers_of(reading))
    groups = with_calling_sentence(grouped(found, reading), reading)
    return [offer_of(reading, group, speakers) for group in groups]


def read(text: str, words: Vocabulary, published_on: date | None, is_official: bool) -> Reading:
    whole = folded(text)
    spans = [folded_span(whole, s) for s in sentences(text, words.abbreviations)]
    head = spans[:HEAD]
    is_call = any(calls(whole.text, s.start, s.end, words) for s in head)
    return Reading(text, whole, spans, words, published_on, is_official, is_call)


def folded_span(whole: Folded, sentence: Sentence) -> Sentence:
    if whole.places is None:
        return sentence
    return sentence._replace(start=whole.at(sentence.start), end=whole.at(sentence.end))


# --- One thing, named several times


def grouped(found: list[Mention], reading: Reading) -> list[list[Mention]]:
    """The surest mention of each thing stands first in its group."""
    families = defaultdict(list)
    for mention in found:
        families[mention.family].append(mention)
    groups = [
        sorted(group, key=lambda m: (-m.weight, m.order))
        for family in families.values()
        for group in things(below_title(family, reading), reading.is_call)
    ]
    if reading.is_call:
        groups = sorted(groups, key=lambda group: -group[0].weight)[:MOST_IN_A_CALL]
    return sorted(groups, key=lambda group: group[0].sentence.start)


def with_calling_sentence(groups: list[list[Mention]], reading: Reading) -> list[list[Mention]]:
    """What a call offers rests on the sentence that calls, even if that says no more than
    “applications are open until 9 January”."""
    if not reading.is_call or not groups:
        return groups
    surest = max(groups, key=lambda group: group[0].weight)
    best = surest[0]
    if is_calling(best.sentence, reading):
        return groups
    for order, sentence in enumerate(reading.sentences):
        if order and is_calling(sentence, reading):
            calling = replace(best, sentence=sentence, order=order, start=sentence.start)
            changed = [[calling, *group] if group is surest else group for group in groups]
            return sorted(changed, key=lambda group: group[0].sentence.start)
    return groups


def is_calling(sentence: Sentence, reading: Reading) -> bool:
    return calls(reading.folded.text, sentence.start, sentence.end, reading.words)


def below_title(family: list[Mention], reading: Reading) -> list[Mention]:
    """What a title says is said again below, if not always in the next sentence."""
    return [mention for mention in family if not is_title(mention, reading)] or family


def is_title(mention: Mention, reading: Reading) -> bool:
    """The first line, or one of the next that is no sentence, where the text goes on below."""
    below = reading.sentences[mention.order + 1 : mention.order + 2]
    if mention.order >= HEAD or not below or below[0].paragraph == mention.sentence.paragraph:
        return False
    return mention.order == 0 or reading.folded.text[mention.sentence.end - 1] not in STOPS


def things(family: list[Mention], is_call: bool) -> Iterable[list[Mention]]:
    """A call speaks of one thing of a family; news may speak of several, each in its own place."""
    if is_call or len(family) >= (MANY_EXCHANGES if family[0].family == "learning" else MANY):
        return [family]
    groups: list[list[Mention]] = []
    for mention in family:
        if groups and is_same(groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return sorted(groups, key=lambda group: -max(m.weight for m in group))[:MOST_OF_A_KIND]


def is_same(a: Mention, b: Mention) -> bool:
    return b.order - a.order <= NEAR and not (a.promises and b.promises)


# --- What is said of it


def offer_of(reading: Reading, group: list[Mention], speakers: list[Speaker]) -> Offer:
    best = group[0]
    place = reading.folded.place
    sentence = best.sentence._replace(
        start=place(best.sentence.start), end=place(best.sentence.end)
    )
    start, end = quoted(reading.text, sentence, place(best.start))
    deadline = deadline_of(reading, best)
    speaker = speakers[best.order]
    return Offer(
        kind=best.kind,
        standing=standing_in(reading, best, deadline),
        quote=reading.text[start:end],
        start=start,
        end=end,
        places_available=next((m.places_available for m in group if m.places_available), None),
        deadline=deadline,
        host=host_of(reading.text, reading.folded, best.sentence, reading.words),
        audience=tuple(dict.fromkeys(a for mention in group for a in mention.audience)),
        speaker_role=speaker.role,
        speaker_name=speaker.name,
    )


def standing_in(reading: Reading, best: Mention, deadline: date | None) -> Standing:
    standing = standing_of(
        reading.folded.text,
        best.sentence.start,
        best.sentence.end,
        reading.words,
        is_call=reading.is_call or is_called_below(reading, best),
        is_official=reading.is_official,
        published_on=reading.published_on,
    )
    is_over = deadline and reading.published_on and deadline < reading.published_on
    return Standing.PAST if standing == Standing.CALL and is_over else standing


def is_called_below(reading: Reading, best: Mention) -> bool:
    """Do the next two sentences say that one may apply?"""
    following = reading.sentences[best.order + 1 : best.order + 3]
    return any(is_calling(sentence, reading) for sentence in following)


def deadline_of(reading: Reading, best: Mention) -> date | None:
    """The day after a word for a deadline: in its sentence or the next two, in a call anywhere."""
    text = reading.folded.text
    last = min(best.order + 2, len(reading.sentences) - 1)
    spans = [(best.sentence.start, reading.sentences[last].end)]
    if reading.is_call or reading.is_official:
        spans.append((0, len(text)))
    for start, end in spans:
        for word in reading.words.deadline.finditer(text, start, end):
            piece = text[word.start() : min(end, word.end() + DEADLINE_WITHIN)]
            found = days(piece, reading.words.language, reading.published_on)
            if found:
                return found[0][1]
    return None


def speakers_of(reading: Reading) -> Iterator[Speaker]:
    """Who spoke last in a paragraph goes on speaking to its end."""
    current, paragraph = NOBODY, -1
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            current, paragraph = NOBODY, sentence.paragraph
        said = speaker_of(reading.text, reading.folded, sentence, reading.words)
        current = said or current
        yield current
