"""What was typed, spelt as the nearest words we have: offered where nothing was found."""

import re

from opportunities.models import Posting, Words

from .asking import read
from .matching import Held, read_postings
from .memory import NOTHING
from .moment import Moment
from .spelling import nearest
from .terms import searched
from .text import stem, stems_of

MOST_KNOWN = 20_000
WORD = re.compile(r"\w+")


def nearest_question(q: str, moment: Moment) -> str:
    """'' where every word is one of ours, or none is near."""
    asked = read(q)
    held = Held(asked, moment)
    spelt = q
    for word in asked.words:
        if not held.word(word, "w") and (better := nearest_word(word.stem, moment)):
            spelt = respelt(spelt, word.stem, better)
    return spelt if spelt != q else ""


def respelt(q: str, wanted: str, better: str) -> str:
    return WORD.sub(lambda one: better if stems_of(one[0]) == [wanted] else one[0], q)


def nearest_word(wanted: str, moment: Moment) -> str:
    """A whole word: of a name, or of the title of something that has the nearest stem."""
    names = moment.shelf.tables.names.words()
    near = nearest(wanted, {*known_stems(wanted), *map(stem, names)})
    if not near:
        return ""
    named = (name for name in names if stem(name) == near)
    return next(named, "") or written(near)


def known_stems(wanted: str) -> list[str]:
    """Those of our texts that begin with the same letter."""
    first = f"w:{wanted[:1]}"
    terms = Posting.objects.filter(term__gte=first.encode(), term__lt=f"{first}\U0010ffff".encode())
    rows = terms.values_list("term", flat=True)[:MOST_KNOWN]
    return list({bytes(term).decode()[2:] for term in rows})


def written(near: str) -> str:
    """A word of our texts with this stem, as it is written there."""
    term = f"w:{near}"
    ids = list(read_postings([term]).get(term, NOTHING)[:5])
    versions = Words.objects.filter(opportunity__in=ids)
    for texts in versions.values_list("title", "summary", "text"):
        for word in WORD.findall(" ".join(map(searched, texts))):
            if stems_of(word) == [near]:
                return word.lower()
    return ""
