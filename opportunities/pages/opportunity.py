"""The page of one opportunity: a card, and all the rest of what we know."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities import stages, wording
from opportunities.cards import Card, written_cards
from opportunities.choices import (
    Application,
    Audience,
    Cover,
    Fact,
    Format,
    Funding,
    Kind,
    Level,
    Stage,
)
from opportunities.facts import amount_fact
from opportunities.filters import Query
from opportunities.fit import NONE_THEIRS, Fit, RuleFit, fits_of
from opportunities.models import Deadline, EligibilityRule, Opportunity, Words
from opportunities.promises import over_on
from opportunities.search.moment import clock
from opportunities.similar import similar_to
from partnerships.models import Article, PartnershipCitation
from partnerships.names import language_name

from .changes import ChangeLine, lines_of
from .deadlines import DeadlineLine
from .links import page
from .notes import FactLine, Notes, Value, fact_key
from .sharing import ways_to_share

FIRST_ARTICLES = 3


@dataclass(frozen=True)
class OpportunityPage(Card):
    """A card, and all the rest of what its page says to somebody who told what is in `query`."""

    query: Query = Query()

    @cached_property
    def notes(self) -> Notes:
        return Notes(self.item.citations.all())

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

    @property
    def first_facts(self) -> list[FactLine]:
        """What a reader asks first; the notes they rest on stand beside the facts below."""
        missing = [Value(_("not stated"))]
        kind = [Value(Kind(self.item.kind).label)] if self.item.kind else []
        worth = [*self.coverage, *texts(wording.amount(self.item))]
        return [
            FactLine(_("What"), [*kind, *(Value(c.name) for c in self.places)] or missing),
            FactLine(_("For whom"), self.readers or missing),
            FactLine(_("Worth"), worth or missing),
            FactLine(_("Until when"), self.until_when),
        ]

    @property
    def readers(self) -> list[Value]:
        some = [Audience(a).label for a in self.item.audiences]
        some += [Level(level).label for level in self.item.levels]
        if many := len(self.item.rules.all()):
            said = ngettext("%(n)s rule on who may apply", "%(n)s rules on who may apply", many)
            return [*map(Value, map(str, some)), Value(said % {"n": many}, "#who")]
        return [Value(str(label)) for label in some]

    @property
    def coverage(self) -> list[Value]:
        if self.item.funding == Funding.NOT_STATED:
            return []
        return [Value(str(Funding(self.item.funding).label))]

    @property
    def until_when(self) -> list[Value]:
        if self.stage == Stage.OPEN:
            return [Value(self.until)]
        if self.stage == Stage.UPCOMING:
            deadline = self.next_deadline
            by = _("apply by %(date)s") % {"date": wording.day(deadline.on)} if deadline else ""
            return [Value(self.until), *texts(by or self.none_theirs)]
        if self.stage == Stage.CLOSED:
            return [
                Value(_("the last day was %(date)s") % {"date": wording.day(over_on(self.item))})
            ]
        if self.stage == Stage.CANCELLED:
            return [Value(_("cancelled"))]
        return [Value(_("no date: there is no call"))]

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
        label = wording.capitalised(fact.label)
        if values:
            others = self.other_values(fact, stated(self.item, fact))
            return FactLine(label, values, self.notes.of(fact), others)
        return FactLine(label, [Value(missing)], is_stated=False) if missing else None

    def other_values(self, fact: Fact, ours: set[str], which: int | None = None) -> list[str]:
        """What citations in force give for a fact with one value that is not what we state."""
        return [
            _("%(value)s, %(speaker)s")
            % {
                "value": wording.fact_value(fact, citation.value),
                "speaker": wording.speaker(citation),
            }
            for citation in self.notes.citations
            if fact_key(citation) == (fact, which)
            and citation.is_in_force
            and ours
            and citation.value not in {"", *ours}
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

    # --- When it is due, and for whom

    @cached_property
    def deadlines(self) -> list[DeadlineLine]:
        return [DeadlineLine(deadline, self) for deadline in self.item.deadlines.all()]

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.item.get_absolute_url()

    @property
    def ways_to_share(self) -> list[Value]:
        title = wording.one_line(wording.in_example(self.item, self.words.title))
        return ways_to_share(title, self.address)

    @property
    def has_dates(self) -> bool:
        """Whether its calendar holds anything that is still to come."""
        if self.stage not in {Stage.UPCOMING, Stage.OPEN}:
            return False
        return self.item.application in {Application.BY_DEADLINE, Application.NOT_NEEDED}

    @cached_property
    def next_deadline(self) -> Deadline | None:
        """Of those that are the reader's; if there is none, of all, but to who told a nationality no
        other day is named."""
        mine = [d for d in self.ahead if self.is_theirs(d)]
        return next(iter(mine if self.query.nationality else mine or self.ahead), None)

    @cached_property
    def ahead(self) -> list[Deadline]:
        return [d for d in self.item.deadlines.all() if d.closes_at > self.now]

    @property
    def none_theirs(self) -> str:
        return str(NONE_THEIRS) if self.ahead and not self.next_deadline else ""

    @property
    def until(self) -> str:
        return self.none_theirs if self.stage == Stage.OPEN and self.none_theirs else super().until

    def is_theirs(self, deadline: Deadline) -> bool:
        """As far as nationality goes; it is where none was told only if it is everybody's."""
        codes = {country.pk for country in deadline.countries.all()}
        return not codes or not codes.isdisjoint(self.query.nationality)

    def is_limited(self, deadline: Deadline) -> bool:
        return not self.is_theirs(deadline)

    # --- Who may apply

    @cached_property
    def fit(self) -> Fit | None:
        """None where the reader told nothing."""
        if not (self.query.tells_of_a_reader or self.query.level):
            return None
        return fits_of([self.item], self.query, self.now)[self.item.pk]

    @cached_property
    def rules(self) -> list["RuleLine"]:
        rules = list(self.item.rules.all())
        fits = self.fit.rules if self.fit else [None] * len(rules)
        return [RuleLine(rule, self, fits[place]) for place, rule in enumerate(rules)]

    @property
    def fee(self) -> "FeeLine | None":
        if self.item.funding != Funding.FEE:
            return None
        return FeeLine(self, self.fit.rules[-1] if self.fit else None)

    @cached_property
    def articles(self) -> list[Article]:
        """Those it rests on, as first cited; none that its owner had removed."""
        cited = {citation.article_id: citation.article for citation in self.notes.citations}
        return [article for article in cited.values() if not article.removed_on]

    @cached_property
    def beginnings(self) -> list[Article]:
        """Where the trail begins: what documents the partnerships, or where there is none, what the
        opportunity rests on itself."""
        if not self.partnerships:
            return self.articles
        citations = PartnershipCitation.objects.visible().filter(
            partnership__in=self.partnerships, article__removed_on=None
        )
        cited = {c.article_id: c.article for c in citations.select_related("article__outlet")}
        return list(cited.values())

    @property
    def trail_articles(self) -> list[Article]:
        return self.beginnings[:FIRST_ARTICLES]

    @property
    def more_articles(self) -> int:
        return max(0, len(self.beginnings) - FIRST_ARTICLES)

    @cached_property
    def similar(self) -> SafeString:
        """Cards."""
        moment = clock.moment_at(self.now)
        stamp = moment.shelf.stamp if moment else ""
        cards = written_cards(similar_to(self.item, self.now), self.now, stamp)
        return SafeString("".join(card.html for card in cards))

    @cached_property
    def changes(self) -> list[ChangeLine]:
        return lines_of(self.item.changes.all())


@dataclass(frozen=True)
class RuleLine:
    rule: EligibilityRule
    page: OpportunityPage
    fit: RuleFit | None

    @property
    def words(self) -> str:
        return wording.rule_words(self.rule)

    @property
    def notes(self) -> list[int]:
        return self.page.notes.of(Fact.ELIGIBILITY, self.rule.pk)

    @property
    def is_unverified(self) -> bool:
        return not self.notes


@dataclass(frozen=True)
class FeeLine:
    page: OpportunityPage
    fit: RuleFit | None

    @property
    def amount(self) -> str:
        return wording.amount(self.page.item)

    @property
    def notes(self) -> list[int]:
        return self.page.notes.of(Fact.FUNDING)

    @property
    def is_unverified(self) -> bool:
        return not self.notes


def named(organisation) -> list[Value]:
    return texts(organisation.name if organisation else "")


def texts(value) -> list[Value]:
    return [] if value in (None, "") else [Value(str(value))]


def dates(on) -> list[Value]:
    return texts(wording.day(on) if on else "")


def stated(item: Opportunity, fact: Fact) -> set[str]:
    """What we state of a fact with one value, as a citation's `value` would put it."""
    said = {
        Fact.KIND: item.kind,
        Fact.PROVIDER: item.provider and item.provider.name,
        Fact.HOST: item.host and item.host.name,
        Fact.FORMAT: item.format,
        Fact.OPENS_ON: item.opens_on,
        Fact.STARTS_ON: item.starts_on,
        Fact.ENDS_ON: item.ends_on,
        Fact.FUNDING: item.funding,
        Fact.AMOUNT: amount_fact(item),
        Fact.PLACES_AVAILABLE: item.places_available,
        Fact.OFFICIAL_PAGE: item.official_page,
    }.get(fact)
    return set() if said in (None, "") else {str(said)}
