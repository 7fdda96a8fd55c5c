"""Who says a sentence, where the text names one: by the words beside a word of saying. Pure."""

import re
from typing import NamedTuple

from .folding import Folded
from .offer import Role
from .sentences import Sentence
from .vocabulary import Vocabulary

PARTICLES = frozenset(
    [
        "de",
        "du",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "von",
        "van",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ben",
        "y",
        "и",
    ]
)
EASTERN_NAME = re.compile(
    r"(?:\A|[。，；：、”\s])([\u4e00-\u9fff·]{2,8}?)(?:还|也|再次|同时|首先|最后|并|在\S{0,12})?\Z"
)
WORD = re.compile(r"[^\W\d_](?:[\w'’.\-]*\w)?")
NEAREST = 4
"""Words that may stand between a name and what it is said with: has also, in his turn."""
LONGEST_NAME = 5


class Speaker(NamedTuple):
    role: Role
    name: str


NOBODY = Speaker(Role.OUTLET, "")


def speaker_of(text: str, folded: Folded, span: Sentence, words: Vocabulary) -> Speaker | None:
    """None where the sentence itself names none. `span` is in the folded text."""
    for found in words.speaking.finditer(folded.text, span.start, span.end):
        before = text[folded.place(span.start) : folded.place(found.start())]
        after = text[folded.place(found.end()) : folded.place(span.end)]
        name = eastern(before, words) or name_beside(before, after, words)
        if name and not is_common(name, words):
            return Speaker(role_of(name, words), name)
    return None


def role_of(name: str, words: Vocabulary) -> Role:
    """A university that speaks offers it itself; people named in such news speak for a state."""
    return Role.PROVIDER if words.hosts.search(name.casefold()) else Role.OFFICIAL


def name_beside(before: str, after: str, words: Vocabulary) -> str:
    """“…”, said Minister Li Wei · Li Wei, the minister, said …"""
    if before.rstrip().endswith(tuple(',"”»’')):
        return name_after(after, words) or name_before(before)
    return name_before(before) or name_after(after, words)


def is_common(name: str, words: Vocabulary) -> bool:
    """“The University said”: an institution's word alone names nobody."""
    return " " not in name and bool(words.hosts.fullmatch(name.casefold()))


def eastern(before: str, words: Vocabulary) -> str:
    """習近平主席 is 習近平: a title stands behind the name."""
    found = EASTERN_NAME.search(before)
    if not found:
        return ""
    title = words.titles.search(found[1])
    return found[1][: title.start()] if title and title.start() else found[1]


def name_before(before: str) -> str:
    """Capitalised words that end at most four words before; an apposition between commas is left out."""
    if not any(c.isupper() for c in before):
        return ""
    if before.rstrip().endswith(","):
        before = before.rstrip()[:-1].rpartition(",")[0] or before
        head = re.split(r",", before)[0]
        before = head
    tokens = before.split()
    for distance in range(min(NEAREST, len(tokens)) + 1):
        run = capitals(tokens[: len(tokens) - distance])
        if run:
            return run
    return ""


def capitals(tokens: list[str]) -> str:
    """The run of capitalised words at the end; a lone word that begins the sentence is no name
    unless nothing stands before it that could be one."""
    run: list[str] = []
    for token in reversed(tokens):
        bare = token.strip("\"“”«»()'’")
        if not bare or token[-1] in ",;:" or len(run) == LONGEST_NAME:
            break
        if not (bare[0].isupper() or (run and bare.lower() in PARTICLES)):
            break
        run.insert(0, bare)
    while run and run[0].lower() in PARTICLES and not run[0][0].isupper():
        run.pop(0)
    return " ".join(run) if is_name(run) else ""


def is_name(run: list[str]) -> bool:
    return bool(run) and len("".join(run)) >= 4 and not (len(run) == 1 and len(run[0]) < 4)


def name_after(after: str, words: Vocabulary) -> str:
    """… said Minister Ivan Petrov, … заявил министр Иван Петров"""
    tokens = after.split()
    while tokens and not tokens[0].strip('"“”«»(')[:1].isupper():
        if len(after.split()) - len(tokens) >= NEAREST:
            return ""
        tokens.pop(0)
    run = []
    for token in tokens[:LONGEST_NAME]:
        bare = token.strip('"“”«»().,;:')
        if not (bare[:1].isupper() or (run and bare.lower() in PARTICLES)):
            break
        run.append(bare)
        if token[-1] in ".,;:":
            break
    return " ".join(run) if len(run) >= 2 else ""
