"""The page of one partnership, and how it keeps its promises."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from opportunities import wording
from opportunities.choices import Stage
from opportunities.models import Opportunity
from partnerships.models import Partnership, PartnershipChange, PartnershipCitation

from .changes import ChangeLine, lines_of
from .links import page
from .notes import FactLine, Notes, Value


@dataclass(frozen=True)
class PartnershipPage:
    item: Partnership

    @cached_property
    def notes(self) -> Notes:
        citations = PartnershipCitation.objects.filter(partnership=self.item)
        return Notes(citations.select_related("article__outlet"))

    @property
    def sources(self) -> int:
        """Independent ones: reprints count with what they reprint."""
        return len({citation.article.source_id for citation in self.notes.citations})

    @cached_property
    def facts(self) -> list[FactLine]:
        fact, item = PartnershipCitation.Fact, self.item
        lines = [
            self.line(fact.PARTIES, [party_value(party) for party in item.parties.all()]),
            self.line(
                fact.FRAMEWORK,
                [Value(g.name, page("grouping", g.slug)) for g in item.frameworks.all()],
            ),
            self.line(
                fact.SECTOR, [Value(s.name, page("sector", s.slug)) for s in item.sectors.all()]
            ),
            self.line(fact.STANDING, said(item.standing and item.get_standing_display())),
            self.line(fact.SINCE, said(item.since and wording.partial_date(item.since))),
        ]
        return [line for line in lines if line.values]

    def line(self, fact, values: list[Value]) -> FactLine:
        is_stated = values != not_stated()
        notes = self.notes.of(fact) if is_stated else []
        return FactLine(wording.capitalised(fact.label), values, notes, is_stated=is_stated)

    @cached_property
    def changes(self) -> list[ChangeLine]:
        return lines_of(PartnershipChange.objects.filter(partnership=self.item))


def not_stated() -> list[Value]:
    return [Value(_("not stated"))]


def said(text: str) -> list[Value]:
    return [Value(text)] if text else not_stated()


def party_value(party) -> Value:
    if party.country_id:
        return Value(party.name, page("country", party.country_id.lower()))
    return Value(party.name, page("grouping", party.grouping.slug))


@dataclass(frozen=True)
class Score:
    """How a partnership keeps its promises, over its public opportunities."""

    announced: int
    call_found: int
    open: int
    lapsed: int


def score_of(partnership: Partnership, now: datetime) -> Score:
    rows = (
        Opportunity.objects.visible()
        .filter(partnerships=partnership)
        .with_stage(now)
        .values_list("stage", "has_official_call")
    )
    found = [stage for stage, _called in rows]
    return Score(
        announced=found.count(Stage.ANNOUNCED),
        call_found=sum(called for _stage, called in rows),
        open=found.count(Stage.OPEN),
        lapsed=found.count(Stage.LAPSED),
    )
