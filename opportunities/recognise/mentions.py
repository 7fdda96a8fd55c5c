"""Sentences that name a kind of opportunity and promise, offer or describe it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from .numbers import places_near
from .sentences import Sentence, clauses
from .vocabulary import Vocabulary

FAMILIES = {
    "scholarship": "award",
    "research-grant": "award",
    "fellowship": "award",
    "exchange": "learning",
    "training": "learning",
}
"""Kinds whose borders are soft: one sentence offers one of a family."""
CIRCUMSTANCES = frozenset(["exchange", "training", "internship", "conference", "entrepreneurship"])
"""What a scholarship may be for, without being offered beside it."""
OF_PEOPLE = frozenset(
    ["conference", "competition", "cultural-tour", "volunteering", "internship", "exchange"]
)
"""Kinds whose weak words say nothing unless young people, students, researchers or founders are named."""
PEOPLE = frozenset(["student", "researcher", "entrepreneur"])
ENOUGH = 3
MOST_HITS = 20
MOST_KINDS = 3
"""In one sentence."""


@dataclass(frozen=True, slots=True)
class Mention:
    kind: str
    sentence: Sentence
    order: int
    """Of the sentence in the text."""
    start: int
    end: int
    weight: int
    places_available: int | None
    audience: tuple[str, ...]
    promises: bool
    """Does its sentence offer or foretell, and not only describe?"""

    @property
    def family(self) -> str:
        return FAMILIES.get(self.kind, self.kind)


def mentions(text: str, sentences: list[Sentence], words: Vocabulary) -> Iterator[Mention]:
    for order, sentence in enumerate(sentences):
        seen = set()
        for mention in kinds_in(text, order, sentence, words):
            if mention.family not in seen and mention.weight >= ENOUGH and len(seen) < MOST_KINDS:
                seen.add(mention.family)
                yield mention


def kinds_in(text: str, order: int, sentence: Sentence, words: Vocabulary) -> list[Mention]:
    """Of each family the surest first."""
    span = sentence.start, sentence.end
    hits = [hit for hit in words.kinds.find(text, *span) if hit[0][1] != "none"][:MOST_HITS]
    if not hits or words.signals["not_offered"].search(text, *span):
        return []
    audience = tuple(dict.fromkeys(label for (label, _), *_ in words.audiences.find(text, *span)))
    is_young = bool(words.youth.search(text, *span)) or not PEOPLE.isdisjoint(audience)
    is_apt = is_young or bool(audience) or bool(words.learning.search(text, *span))
    promise = weight_of_signals(text, span, words)
    promises = any(words.signals[name].search(text, *span) for name in ("offer", "future"))
    is_over = any(words.signals[name].search(text, *span) for name in ("past", "earlier"))
    found, parts = [], clauses(text, *span)
    for (kind, strength), start, end in without_circumstances(text, hits, parts):
        if strength == "weak" and not (is_young if kind in OF_PEOPLE else is_apt):
            continue
        places = places_near(text, *clause_of(parts, start), (start, end), words)
        if not promise and places is None and not (is_over and is_apt):
            continue
        weight = (2 if strength == "strong" else 1) + promise + is_apt + 2 * (places is not None)
        found.append(Mention(kind, sentence, order, start, end, weight, places, audience, promises))
    return sorted(found, key=lambda mention: -mention.weight)


def clause_of(parts: list[tuple[int, int]], at: int) -> tuple[int, int]:
    return next(part for part in parts if part[0] <= at < part[1])


def without_circumstances(text: str, hits: list, parts: list[tuple[int, int]]) -> Iterator:
    """In “scholarships for exchange students” and in “a camp for volunteers” one thing is offered;
    in “scholarships and internships” two are, each beside the other."""
    told: dict[tuple[int, int], tuple[str, int]] = {}
    for (kind, strength), start, end in hits:
        clause, family = clause_of(parts, start), FAMILIES.get(kind, kind)
        said, at = told.get(clause, (family, start))
        if said != family and is_told_by(said, kind) and not is_beside(text[at:start]):
            continue
        if strength == "strong" or family == "award":
            told[clause] = family, end
        yield (kind, strength), start, end


def is_told_by(family: str, kind: str) -> bool:
    """Would this kind, further on in a clause of that family, only describe what is offered there?"""
    return kind in CIRCUMSTANCES if family == "award" else FAMILIES.get(kind) == "learning"


def is_beside(between: str) -> bool:
    """Are the two joined by a word or a sign, and not one of them said of the other?"""
    if not between.strip():
        return False
    return len(between.split()) <= 2 if " " in between else len(between) <= 2


WEIGHTS = {"offer": 2, "future": 1, "call": 2, "apply": 1, "ongoing": 1, "cancelled": 2}


def weight_of_signals(text: str, span: tuple[int, int], words: Vocabulary) -> int:
    said = sum(
        weight for name, weight in WEIGHTS.items() if words.signals[name].search(text, *span)
    )
    return said
