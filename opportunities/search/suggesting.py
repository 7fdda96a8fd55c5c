"""What was typed, spelt as the nearest words we have: offered where nothing was found."""

import re

from opportunities.models import Words

from .asking import read
from .matching import ANYWHERE, Held, read_postings
from .moment import Moment
from .reading import terms_from
from .spelling import nearest
from .terms import searched
from .text import stem, stems_of
from .waiting import WaitingWords

MOST_KNOWN = 7_000
WORD = re.compile(r"\w+")


def nearest_question(q: str, moment: Moment) -> str:
    """'' where every word is one of ours, or none is near."""
    asked = read(q)
    held = Held(asked, moment)
    spelt = q
    for word in asked.words:
        if not held.word(word) and (better := nearest_word(word.stem, moment)):
            spelt = respelt(spelt, word.stem, better)
    return spelt if spelt != q else ""


def respelt(q: str, wanted: str, better: str) -> str:
    return WORD.sub(lambda one: better if stems_of(one[0]) == [wanted] else one[0], q)


def nearest_word(wanted: str, moment: Moment) -> str:
    """A whole word: of a name, or of the title of something that has the nearest stem."""
    names = moment.shelf.tables.names.words()
    near = nearest(wanted, {*known_stems(wanted, moment.shelf.waiting), *map(stem, names)})
    if not near:
        return ""
    named = (name for name in names if stem(name) == near)
    return next(named, "") or written(near, moment.shelf.waiting)


def known_stems(wanted: str, waiting: WaitingWords) -> list[str]:
    """Those of our texts that begin with the same letter."""
    return [
        term[2:]
        for field in ANYWHERE
        for term in terms_from(f"{field}:{wanted[:1]}", MOST_KNOWN, waiting)
    ]


def written(near: str, waiting: WaitingWords) -> str:
    """A word of our texts with this stem, as it is written there."""
    found = read_postings([f"{field}:{near}" for field in ANYWHERE], waiting)
    ids = [pk for bits in found.values() for pk in bits[:5]]
    versions = Words.objects.filter(opportunity__in=ids)
    for texts in versions.values_list("title", "summary", "text"):
        for word in WORD.findall(" ".join(map(searched, texts))):
            if stems_of(word) == [near]:
                return word.lower()
    return ""
