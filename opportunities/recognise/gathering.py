"""The offers of a whole text: one for each thing offered, however often it is named. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from .called import called_for, mainly
from .deadlines import deadline_in
from .hosts import host_of
from .mentions import Mention, mentions
from .offer import Offer, Standing
from .reading import Reading, is_calling, read
from .sentences import CLOSING, FULL_STOPS, quoted
from .speakers import NOBODY, Speaker, speaker_of
from .standings import standing_of
from .vocabulary import vocabulary_of

LONGEST = 200_000
"""Characters that are read: the longest articles have a quarter of it."""
MOST_MENTIONS = 400
MOST_OF_A_KIND = 3
MANY, MANY_EXCHANGES = 4, 8
"""A text that names one kind in so many sentences describes one programme; exchanges are named more
often, for communiqués promise several."""
STOPS = FULL_STOPS + CLOSING + ".:："


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
    groups = grouped(found, reading)
    return [offer_of(reading, group, speakers) for group in groups]


# --- One thing, named several times


def grouped(found: list[Mention], reading: Reading) -> list[list[Mention]]:
    """The surest mention of each thing stands first in its group."""
    families = defaultdict(list)
    for mention in found:
        families[mention.family].append(mention)
    groups = [
        sorted(group, key=surest)
        for family in families.values()
        for group in things(below_title(family, reading), reading.is_call)
    ]
    if reading.is_call:
        groups.sort(key=lambda group: mainly(families[group[0].family], reading))
        groups = called_for(groups, reading)
    return sorted(groups, key=lambda group: group[0].sentence.start)


def surest(mention: Mention) -> tuple:
    return -mention.weight, mention.order


def below_title(family: list[Mention], reading: Reading) -> list[Mention]:
    """What a title says is said again below, if not always in the next sentence."""
    return [mention for mention in family if not is_title(mention, reading)] or family


def is_title(mention: Mention, reading: Reading) -> bool:
    """The first line, or one of the next that is no sentence, where the text goes on below."""
    below = reading.sentences[mention.order + 1 : mention.order + 2]
    if not below or below[0].paragraph == mention.sentence.paragraph:
        return False
    return mention.order == 0 or reading.folded.text[mention.sentence.end - 1] not in STOPS


def things(family: list[Mention], is_call: bool) -> Iterable[list[Mention]]:
    """A call speaks of one thing of a family; news may speak of several, each in its own sentence."""
    if is_call or len(family) >= (MANY_EXCHANGES if family[0].family == "learning" else MANY):
        return [family]
    return [[mention] for mention in sorted(family, key=surest)[:MOST_OF_A_KIND]]


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
    found = (deadline_in(text, *span, reading.words, reading.published_on) for span in spans)
    return next(filter(None, found), None)


def speakers_of(reading: Reading) -> Iterator[Speaker]:
    """Who spoke last in a paragraph goes on speaking to its end."""
    current, paragraph = NOBODY, -1
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            current, paragraph = NOBODY, sentence.paragraph
        said = speaker_of(reading.text, reading.folded, sentence, reading.words)
        current = said or current
        yield current
