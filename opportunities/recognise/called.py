"""What a call for applications offers: one thing, and little beside it. Pure."""

from dataclasses import replace

from .mentions import Mention
from .reading import Reading, is_calling

MOST_BESIDE = 2


def called_for(groups: list[list[Mention]], reading: Reading) -> list[list[Mention]]:
    """First what is called for, then what stands apart from it, or else the first thing named."""
    if not groups:
        return []
    main, *others = groups
    told = with_calling_sentence(sorted(main, key=first_told), reading)
    again = [[mention] for mention in main if mention.places_available and mention is not told[0]]
    others = again[:1] + others
    apart = [group for group in others if is_apart(group[0], told[0], reading)]
    return [told, *(apart[:MOST_BESIDE] or others[:1])]


def is_apart(mention: Mention, main: Mention, reading: Reading) -> bool:
    """Has it places of its own, a call of its own, or is it called off?"""
    if mention.places_available and mention.places_available != main.places_available:
        return True
    span = mention.sentence.start, mention.sentence.end
    is_off = reading.words.signals["cancelled"].search(reading.folded.text, *span)
    return bool(is_off) or is_calling(mention.sentence, reading)


def with_calling_sentence(group: list[Mention], reading: Reading) -> list[Mention]:
    """What a call offers rests on the sentence that calls, if that comes first, even if it says no
    more than “applications are open until 9 January”."""
    first = group[0]
    for order, sentence in enumerate(reading.sentences[: first.order]):
        if order and is_calling(sentence, reading):
            return [replace(first, sentence=sentence, order=order, start=sentence.start), *group]
    return group


def first_told(mention: Mention) -> tuple:
    """A call says first what it offers, and then much of what comes with it."""
    return not mention.promises, mention.order


def mainly(family: list[Mention], reading: Reading) -> tuple:
    """What a call is for is named in its title or where it calls, and most often."""
    is_named = any(not m.order or is_calling(m.sentence, reading) for m in family)
    return not is_named, -len(family)
