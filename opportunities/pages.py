"""What the page of one opportunity, partnership or article says: its facts, each with its notes.

A note is one quoted passage with its number on the page; a fact names the notes it rests on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import (
    Article,
    Change,
    Citation,
    Partnership,
    PartnershipChange,
    PartnershipCitation,
)
from partnerships.names import language_name

from . import stages, wording
from .cards import Card
from .choices import Audience, Cover, Fact, Format, Funding, Kind, Level, Stage
from .facts import Snapshot, facts_of
from .models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)


@dataclass
class Note:
    """One passage of one article, and all it is cited for on this page."""

    number: int
    article: Article
    quote: str
    speaker: str
    supports: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Value:
    text: str
    url: str = ""


@dataclass(frozen=True)
class FactLine:
    label: str
    values: list[Value]
    notes: list[int]
    others: list[str]

    @property
    def is_unverified(self) -> bool:
        return not self.notes


class Notes:
    """Numbers the passages of some citations in the order they are first cited."""

    def __init__(self, citations: Iterable[Citation]):
        self.citations = list(citations)
        self.by_passage: dict[tuple, Note] = {}
        self.by_fact: dict[object, list[int]] = {}
        for citation in self.citations:
            self.add(citation)

    def add(self, citation: Citation) -> None:
        passage = (citation.article_id, citation.start, citation.quote)
        if passage not in self.by_passage:
            self.by_passage[passage] = Note(
                len(self.by_passage) + 1,
                citation.article,
                citation.quote,
                wording.speaker(citation),
            )
        note = self.by_passage[passage]
        label = citation.get_fact_display()
        if label not in note.supports:
            note.supports.append(label)
        if citation.set_aside_because:
            note.set_aside.append(citation.set_aside_because)
        numbers = self.by_fact.setdefault(fact_key(citation), [])
        if note.number not in numbers:
            numbers.append(note.number)

    def __iter__(self):
        return iter(self.by_passage.values())

    def of(self, fact: str, which: int | None = None) -> list[int]:
        return self.by_fact.get((fact, which), [])


def fact_key(citation: Citation) -> tuple[str, int | None]:
    which = getattr(citation, "deadline_id", None) or getattr(citation, "rule_id", None)
    return citation.fact, which


MAX_CHANGES = 10
SINGLE = {
    Fact.KIND,
    Fact.PROVIDER,
    Fact.HOST,
    Fact.FORMAT,
    Fact.OPENS_ON,
    Fact.STARTS_ON,
    Fact.ENDS_ON,
    Fact.FUNDING,
    Fact.AMOUNT,
    Fact.PLACES_AVAILABLE,
    Fact.OFFICIAL_PAGE,
    Fact.DEADLINE,
}
"""Facts with one value: a citation that gives another one disagrees."""


class OpportunityPage(Card):
    """A card, and all the rest of what its page says."""

    @cached_property
    def notes(self) -> Notes:
        return Notes(self.item.citations.all())

    @cached_property
    def in_force(self) -> Snapshot:
        return facts_of(self.item)

    @property
    def original(self) -> Words:
        """As first written: what deadlines and rules say in words is in that language."""
        return self.item.words_in(None) or self.words

    @property
    def existence(self) -> list[int]:
        return self.notes.of(Fact.OFFICIAL_CALL) or self.notes.of(Fact.EXISTENCE)

    @property
    def apply_url(self) -> str:
        return self.item.official_page if self.stage == Stage.OPEN else ""

    @property
    def silence_since(self):
        """The day up to which no call was found."""
        lapsed = stages.lapses_at(self.item.stage_facts().evidence_on).date()
        return max(filter(None, [lapsed, self.item.verified_on]))

    @cached_property
    def facts(self) -> list[FactLine]:
        item = self.item
        lines = [
            self.line(
                Fact.KIND, [Value(Kind(item.kind).label, self.kind_url)] if item.kind else []
            ),
            self.line(Fact.SECTOR, [Value(s.name, page("sector", s.slug)) for s in self.sectors]),
            self.line(
                Fact.PARTNERSHIP,
                [Value(p.name, page("partnership", p.slug)) for p in self.partnerships],
            ),
            self.line(Fact.AUDIENCE, [Value(Audience(a).label) for a in item.audiences]),
            self.line(
                Fact.PLACE,
                [Value(c.name, page("country", c.pk.lower())) for c in self.places],
                missing=_("not stated"),
            ),
            self.line(Fact.PROVIDER, named(item.provider), missing=_("not stated")),
            self.line(Fact.HOST, named(item.host)),
            self.line(Fact.LEVEL, [Value(Level(level).label) for level in item.levels]),
            self.line(Fact.FORMAT, [Value(Format(item.format).label)] if item.format else []),
            self.line(Fact.LANGUAGE, [Value(language_name(tag)) for tag in item.languages]),
            self.line(Fact.FUNDING, self.funding, missing=_("not stated")),
            self.line(Fact.AMOUNT, texts(wording.amount(item))),
            self.line(Fact.PLACES_AVAILABLE, texts(item.places_available)),
            self.line(Fact.OPENS_ON, dates(item.opens_on)),
            self.line(Fact.STARTS_ON, dates(item.starts_on)),
            self.line(Fact.ENDS_ON, dates(item.ends_on)),
            self.line(Fact.OFFICIAL_PAGE, self.official_page),
        ]
        return [line for line in lines if line]

    def line(self, fact: Fact, values: list[Value], missing: str = "") -> FactLine | None:
        if not values:
            values = [Value(missing)] if missing else []
            return FactLine(capitalised(fact.label), values, [0], []) if values else None
        return FactLine(
            capitalised(fact.label), values, self.notes.of(fact), self.other_values(fact)
        )

    def other_values(self, fact: Fact, which: int | None = None) -> list[str]:
        """What citations in force give for a single-valued fact that is not what we state."""
        said = [
            citation
            for citation in self.notes.citations
            if fact_key(citation) == (fact, which) and citation.is_in_force and citation.value
        ]
        if fact not in SINGLE or not said:
            return []
        ours = self.in_force.get((fact.value, str(which or "")), "")
        return [
            _("%(value)s, %(speaker)s") % {"value": c.value, "speaker": wording.speaker(c)}
            for c in said
            if c.value != ours
        ]

    @property
    def kind_url(self) -> str:
        return f"{reverse('opportunities:list')}?kind={self.item.kind}"

    @property
    def funding(self) -> list[Value]:
        if self.item.funding == Funding.NOT_STATED:
            return []
        covers = [Cover(cover).label for cover in self.item.covers]
        label = str(Funding(self.item.funding).label)
        if not covers:
            return [Value(label)]
        covered = _("%(funding)s: %(covers)s") % {
            "funding": label,
            "covers": wording.listed(covers),
        }
        return [Value(covered)]

    @property
    def official_page(self) -> list[Value]:
        """Shown only where an official call is cited: a promise has no page to apply on."""
        address = self.item.official_page
        return [Value(address, address)] if address and self.item.official_calls else []

    @cached_property
    def deadlines(self) -> list["DeadlineLine"]:
        return [DeadlineLine(deadline, self) for deadline in self.item.deadlines.all()]

    @cached_property
    def rules(self) -> list["RuleLine"]:
        return [RuleLine(rule, self) for rule in self.item.rules.all()]

    @property
    def changes(self) -> list["ChangeLine"]:
        lines = (ChangeLine(change) for change in self.item.changes.all())
        return [line for line in lines if line.change.fact != "status"][:MAX_CHANGES]


@dataclass(frozen=True)
class ChangeLine:
    """A line of the record as readers see it. What it names may be hidden or removed by now, so of a
    source or a partnership they read only that it changed, when and why."""

    change: Change

    @property
    def label(self) -> str:
        return capitalised(wording.fact_label(self.change.fact))

    @property
    def shows_values(self) -> bool:
        return self.change.fact not in {"source", Fact.PARTNERSHIP}


@dataclass(frozen=True)
class DeadlineLine:
    deadline: Deadline
    page: OpportunityPage

    @property
    def time(self) -> str:
        return wording.deadline_time(self.deadline)

    @property
    def left(self) -> str:
        return wording.days_left(self.deadline.closes_at, self.page.now)

    @property
    def countries(self) -> str:
        return wording.listed(country.name for country in self.deadline.countries.all())

    @property
    def notes(self) -> list[int]:
        return self.page.notes.of(Fact.DEADLINE, self.deadline.pk)

    @property
    def others(self) -> list[str]:
        return self.page.other_values(Fact.DEADLINE, self.deadline.pk)


@dataclass(frozen=True)
class RuleLine:
    rule: EligibilityRule
    page: OpportunityPage

    @property
    def words(self) -> str:
        return wording.rule_words(self.rule)

    @property
    def notes(self) -> list[int]:
        return self.page.notes.of(Fact.ELIGIBILITY, self.rule.pk)


@dataclass(frozen=True)
class PartnershipPage:
    item: Partnership

    @cached_property
    def notes(self) -> Notes:
        citations = PartnershipCitation.objects.filter(partnership=self.item)
        return Notes(citations.select_related("article__outlet"))

    @cached_property
    def facts(self) -> list[FactLine]:
        fact, item = PartnershipCitation.Fact, self.item
        standing = item.get_standing_display() if item.standing else _("not stated")
        since = wording.partial_date(item.since) if item.since else _("not stated")
        lines = [
            self.line(fact.PARTIES, [self.party(party) for party in item.parties.all()]),
            self.line(
                fact.FRAMEWORK,
                [Value(g.name, page("grouping", g.slug)) for g in item.frameworks.all()],
            ),
            self.line(
                fact.SECTOR, [Value(s.name, page("sector", s.slug)) for s in item.sectors.all()]
            ),
            self.line(fact.STANDING, [Value(standing)], is_stated=bool(item.standing)),
            self.line(fact.SINCE, [Value(since)], is_stated=bool(item.since)),
        ]
        return [line for line in lines if line.values]

    def line(self, fact, values: list[Value], *, is_stated=True) -> FactLine:
        notes = self.notes.of(fact) if is_stated else [0]
        return FactLine(capitalised(fact.label), values, notes, [])

    def party(self, party) -> Value:
        if party.country_id:
            return Value(party.name, page("country", party.country_id.lower()))
        return Value(party.name, page("grouping", party.grouping.slug))

    @cached_property
    def changes(self) -> list[ChangeLine]:
        lines = PartnershipChange.objects.filter(partnership=self.item).exclude(fact="status")
        return [ChangeLine(change) for change in lines[:MAX_CHANGES]]


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


@dataclass(frozen=True)
class ArticlePage:
    """An article's shown passages, and what public things rest on each."""

    item: Article

    @cached_property
    def notes(self) -> Notes:
        own = {"article": self.item}
        partnerships = PartnershipCitation.objects.visible().filter(**own)
        opportunities = OpportunityCitation.objects.visible().filter(**own)
        return Notes(
            [*partnerships.select_related("article"), *opportunities.select_related("article")]
        )

    @cached_property
    def partnerships(self) -> list[Partnership]:
        ids = PartnershipCitation.objects.filter(article=self.item).values("partnership")
        return list(Partnership.objects.visible().filter(pk__in=ids).for_names())

    @property
    def opportunities(self) -> QuerySet[Opportunity]:
        ids = OpportunityCitation.objects.filter(article=self.item).values("opportunity")
        rows = Opportunity.objects.visible().filter(pk__in=ids).for_card()
        return rows.order_by("-published_at", "-pk")

    @property
    def contact(self) -> str:
        return settings.CONTACT_EMAIL


def page(name: str, *args: str) -> str:
    return reverse(f"opportunities:{name}", args=args)


def named(organisation) -> list[Value]:
    return texts(organisation.name if organisation else "")


def texts(value) -> list[Value]:
    return [] if value in (None, "") else [Value(str(value))]


def dates(on) -> list[Value]:
    return texts(wording.day(on) if on else "")


def capitalised(label: str) -> str:
    return str(label)[:1].upper() + str(label)[1:]
