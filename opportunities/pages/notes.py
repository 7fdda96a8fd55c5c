"""The numbered passages at the foot of a page, and the facts that point to them.

A citation whose words stand inside a longer passage said by the same voice has no note of its own:
the longer one shows it, and names the words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from opportunities import wording
from partnerships.models import Article, Citation


@dataclass
class Note:
    """One passage of one article in one voice, and all it is cited for on this page."""

    number: int
    article: Article
    quote: str
    speaker: str
    set_aside: str
    supports: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Value:
    text: str
    url: str = ""


@dataclass(frozen=True)
class FactLine:
    """A stated fact, the notes it rests on, and what other sources in force say instead."""

    label: str
    values: list[Value]
    notes: list[int] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    is_stated: bool = True

    @property
    def is_unverified(self) -> bool:
        return self.is_stated and not self.notes


class Notes:
    """Numbers the passages of some citations in the order they are first cited."""

    def __init__(self, citations: Iterable[Citation]):
        self.citations = list(citations)
        self.by_passage: dict[tuple, Note] = {}
        self.by_fact: dict[tuple, list[int]] = {}
        longest_first = sorted(self.citations, key=lambda citation: -len(citation.quote))
        self.holders: dict[tuple, list[Citation]] = {}
        for citation in longest_first:
            self.holders.setdefault(voice_of(citation), []).append(citation)
        for citation in self.citations:
            self.add(citation)

    def __iter__(self):
        return iter(self.by_passage.values())

    def of(self, fact: str, which: int | None = None) -> list[int]:
        return self.by_fact.get((fact, which), [])

    def add(self, citation: Citation) -> None:
        whole = self.whole_passage(citation)
        note = self.note_of(whole)
        label = citation.get_fact_display()
        if whole.quote != citation.quote:
            label = _("%(fact)s (“%(words)s”)") % {"fact": label, "words": citation.quote}
        for known, new in (
            (note.supports, label),
            (self.by_fact.setdefault(fact_key(citation), []), note.number),
        ):
            if new not in known:
                known.append(new)

    def whole_passage(self, citation: Citation) -> Citation:
        """The longest passage of the same voice that holds this one; itself if none does."""
        return next(
            other for other in self.holders[voice_of(citation)] if stands_inside(citation, other)
        )

    def note_of(self, citation: Citation) -> Note:
        passage = (*voice_of(citation), citation.start, citation.quote)
        if passage not in self.by_passage:
            self.by_passage[passage] = Note(
                number=len(self.by_passage) + 1,
                article=citation.article,
                quote=citation.quote,
                speaker=wording.speaker(citation),
                set_aside=citation.set_aside_because,
            )
        return self.by_passage[passage]


def voice_of(citation: Citation) -> tuple:
    """Who says it where, and whether it still counts: what is not the same is not one note."""
    return (
        citation.article_id,
        citation.speaker_role,
        citation.speaker_name,
        citation.set_aside_because,
    )


def stands_inside(citation: Citation, other: Citation) -> bool:
    if citation.start is None or other.start is None:
        return citation.quote == other.quote
    return other.start <= citation.start and citation.end <= other.end


def fact_key(citation: Citation) -> tuple[str, int | None]:
    which = getattr(citation, "deadline_id", None) or getattr(citation, "rule_id", None)
    return citation.fact, which
