"""Rules on study: levels (ISCED 2011), fields (ISCED-F 2013), languages (CEFR or another scale)."""

from dataclasses import dataclass
from typing import ClassVar

from opportunities.choices import Level, RuleKind

from .answers import DOES_NOT_MEET, MEETS, UNKNOWN, Answer, Why, best_answer, if_known
from .applicants import Applicant, Occasion

ISCED_OF = {
    Level.SECONDARY: {"2", "3"},
    Level.VOCATIONAL: {"3", "4", "5"},
    Level.BACHELOR: {"6"},
    Level.MASTER: {"7"},
    Level.DOCTORATE: {"8"},
}
"""The ISCED 2011 levels that a word of the address can mean; the other words are none of them."""

CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True)
class HeldRule:
    """The level held is one of these. Who holds a higher one mostly holds these too, but whether a
    higher one is still welcome the source does not say."""

    levels: frozenset[str]
    subject: ClassVar[str] = RuleKind.LEVEL_HELD.value

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        if not applicant.held:
            return UNKNOWN[Why.NOT_TOLD]
        if applicant.held in self.levels:
            return MEETS
        is_below = int(applicant.held) < min(map(int, self.levels), default=0)
        return DOES_NOT_MEET if is_below else UNKNOWN[Why.HIGHER]


@dataclass(frozen=True)
class SoughtRule:
    levels: frozenset[str]
    subject: ClassVar[str] = RuleKind.LEVEL_SOUGHT.value

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        if not applicant.sought:
            return UNKNOWN[Why.NOT_TOLD]
        return best_answer(self.answer_for(word) for word in sorted(applicant.sought))

    def answer_for(self, word: str) -> Answer:
        meant = ISCED_OF.get(word, set())
        if meant and meant <= self.levels:
            return MEETS
        return UNKNOWN[Why.PARTLY] if not meant or meant & self.levels else DOES_NOT_MEET


@dataclass(frozen=True)
class FieldRule:
    """A broad field (06) includes its narrow ones (061)."""

    fields: frozenset[str]
    subject: ClassVar[str] = RuleKind.FIELD.value

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        if not applicant.fields:
            return UNKNOWN[Why.NOT_TOLD]
        return best_answer(self.answer_for(mine) for mine in sorted(applicant.fields))

    def answer_for(self, mine: str) -> Answer:
        if any(mine.startswith(asked) for asked in self.fields):
            return MEETS
        if any(asked.startswith(mine) for asked in self.fields):
            return UNKNOWN[Why.PARTLY]
        return DOES_NOT_MEET


@dataclass(frozen=True)
class LanguageRule:
    """`level`: CEFR, another scale by name (HSK 4), or '' for any. Who names some languages has not
    said that they speak no other."""

    language: str
    level: str = ""
    subject: ClassVar[str] = RuleKind.LANGUAGE.value

    def answer(self, applicant: Applicant, occasion: Occasion) -> Answer:
        mine = [level for tag, level in applicant.languages if self.includes(tag)]
        return best_answer(map(self.answer_for, mine)) if mine else UNKNOWN[Why.NOT_TOLD]

    def includes(self, tag: str) -> bool:
        asked, mine = self.language.lower(), tag.lower()
        return mine == asked or mine.startswith(f"{asked}-")

    def answer_for(self, mine: str) -> Answer:
        asked, mine = self.level.upper(), mine.upper()
        if not asked or mine == asked:
            return MEETS
        if asked in CEFR and mine in CEFR:
            return if_known(CEFR.index(mine) >= CEFR.index(asked))
        return UNKNOWN[Why.SCALE if mine else Why.NOT_TOLD]
