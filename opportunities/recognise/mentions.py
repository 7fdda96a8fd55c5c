"""Sentences that name a kind of opportunity and promise, offer or describe it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

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
OF_PEOPLE = frozenset(["conference", "competition", "cultural-tour", "internship", "exchange"])
"""Kinds whose weak words say nothing unless young people, students, researchers or founders are named."""
PEOPLE = frozenset(["student", "researcher", "entrepreneur"])
SAME = "same"
"""Places of what was named last: “Another ten places will follow”."""
ENOUGH = 3
MOST_HITS = 20
MOST_KINDS = 3
"""In one sentence."""


WEIGHTS = {
    **{"offer": 2, "call": 2, "cancelled": 2},
    **{"future": 1, "apply": 1, "ongoing": 1, "until_now": 1, "earlier": 1},
}
"""How much each signal in its sentence says for a kind."""


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
    latest = "scholarship"
    for order, sentence in enumerate(sentences):
        seen = set()
        for mention in kinds_in(text, order, sentence, words):
            if mention.kind == SAME:
                mention = replace(mention, kind=latest)
            if mention.family not in seen and mention.weight >= ENOUGH and len(seen) < MOST_KINDS:
                seen.add(mention.family)
                latest = mention.kind
                yield mention


class Setting(NamedTuple):
    """What a sentence says around the words for a kind."""

    promise: int
    is_over: bool
    is_young: bool
    is_apt: bool
    """Does it speak of people or of learning?"""

    def tells(self, kind: str, strength: str, places: int | None) -> bool:
        """Is something offered or described, and not only named?"""
        is_counted = self.is_apt and places is not None
        if strength == "counted" or is_counted:
            return is_counted
        if strength == "weak" and not (self.is_young if kind in OF_PEOPLE else self.is_apt):
            return False
        if self.promise or places is not None or self.is_over and self.is_apt:
            return True
        return self.is_young and strength == "strong"

    def weight(self, strength: str, places: int | None) -> int:
        sure = 2 if strength == "strong" else 1
        return sure + self.promise + self.is_apt + 2 * (places is not None)


def kinds_in(text: str, order: int, sentence: Sentence, words: Vocabulary) -> list[Mention]:
    """Of each family the surest first."""
    span = sentence.start, sentence.end
    hits = named(words.kinds.find(text, *span))[:MOST_HITS]
    if not hits or words.signals["not_offered"].search(text, *span):
        return []
    audience = tuple(dict.fromkeys(label for (label, _), *_ in words.audiences.find(text, *span)))
    setting = setting_of(text, span, audience, words)
    promises = any(words.signals[name].search(text, *span) for name in ("offer", "future"))
    found, parts = [], clauses(text, *span)
    for (kind, strength), start, end in without_circumstances(text, hits, parts):
        places = places_near(text, *clause_of(parts, start), (start, end), words)
        if setting.tells(kind, strength, places):
            weight = setting.weight(strength, places)
            found.append(Mention(kind, sentence, order, start, end, weight, places, audience, promises))  # fmt: skip
    return sorted(found, key=lambda mention: -mention.weight)


def setting_of(text: str, span: tuple[int, int], audience: tuple, words: Vocabulary) -> Setting:
    is_young = bool(words.youth.search(text, *span)) or not PEOPLE.isdisjoint(audience)
    return Setting(
        promise=sum(w for name, w in WEIGHTS.items() if words.signals[name].search(text, *span)),
        is_over=any(words.signals[name].search(text, *span) for name in ("past", "earlier")),
        is_young=is_young,
        is_apt=is_young or bool(audience) or bool(words.learning.search(text, *span)),
    )


def named(hits: Iterator) -> list:
    """What is told only by what one does, and exchanges at large, count where nothing else is named;
    a stay without fees is no award beside it."""
    found = [hit for hit in hits if hit[0][1] != "none"]
    if any(strength == "strong" for (_, strength), *_ in found):
        found = [hit for hit in found if hit[0][1] != "counted" and hit[0] != ("exchange", "weak")]
    if any(FAMILIES.get(kind) == "learning" for (kind, _), *_ in found):
        found = [hit for hit in found if hit[0] != ("scholarship", "weak")]
    return found


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
