"""Writes what an editor decided: a partnership, drafts with their citations, further evidence.

All of it or nothing. What is drafted is not public; what is public already is changed through
`editorial`, with its reason on the record.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opportunities import editorial
from opportunities.choices import Application, Fact, Origin
from opportunities.models import (
    Deadline,
    Opportunity,
    OpportunityCitation,
    ReadOffer,
    Words,
)
from partnerships.address_words import free_address
from partnerships.models import (
    Article,
    Citation,
    Country,
    Partnership,
    PartnershipCitation,
    PartnershipParty,
)
from partnerships.names import in_language, territory_name

from . import matching
from .decisions import NEW, Action, NotDrafted, OfferDecision, PartnershipDecision
from .passages import Basis

Outcome = ReadOffer.Outcome


@dataclass
class Written:
    partnership: Partnership | None = None
    drafted: list[Opportunity] = field(default_factory=list)
    merged: list[Opportunity] = field(default_factory=list)
    discarded: int = 0
    published: list = field(default_factory=list)


def decide(
    article: Article,
    brings: PartnershipDecision,
    offers: Iterable[OfferDecision],
    *,
    by,
    may_change: Callable[[object], bool] = lambda item: True,
    publish: bool = False,
    also_publish: Iterable[Opportunity] = (),
    now: datetime | None = None,
) -> Written:
    """Raises NotDrafted. `may_change` tells what of what exists `by` may touch; `also_publish` are
    drafts of this article made earlier."""
    deciding = Deciding(article, by, may_change, now or timezone.now())
    with transaction.atomic():
        # One of two that were sent at once waits here, and then finds what the first has made.
        Article.objects.select_for_update().get(pk=article.pk)
        deciding.bring(brings)
        for offer in offers:
            deciding.take(offer)
        if publish and not deciding.problems:
            deciding.publish(also_publish)
        if deciding.problems:
            raise NotDrafted(deciding.problems)
    return deciding.written


class Deciding:
    def __init__(self, article: Article, by, may_change, now: datetime):
        self.article = article
        self.by = by
        self.may_change = may_change
        self.now = now
        self.problems: dict[str, dict[str, list[str]]] = {}
        self.keys: dict[int, str] = {}  # of the drafts, by pk
        self.parties: Basis | None = None
        self.before = matching.read_before(article)
        self.written = Written()

    @contextmanager
    def noting(self, key: str) -> Iterator[None]:
        """What was refused is kept for its place in the form, and the rest goes on being looked at."""
        try:
            with transaction.atomic():
                yield
        except ValidationError as refused:
            said = (
                refused.message_dict
                if hasattr(refused, "error_dict")
                else {NON_FIELD_ERRORS: refused.messages}
            )
            self.problems.setdefault(key, {}).update(said)

    # --- The partnership

    def bring(self, decision: PartnershipDecision) -> None:
        self.parties = next((b for b in decision.bases if b.fact == "parties"), None)
        with self.noting(NotDrafted.PARTNERSHIP):
            if decision.chosen == NEW:
                self.written.partnership = self.made_already(decision) or self.make(decision)
            elif decision.chosen:
                self.written.partnership = decision.chosen
                self.extend(decision.chosen, decision)

    def made_already(self, decision: PartnershipDecision) -> Partnership | None:
        """Sent twice: of the same parties, resting on this very article, by the same person."""
        codes = {party.pk for party in decision.parties if isinstance(party, Country)}
        rows = Partnership.objects.filter(citations__article=self.article, created_by=self.by)
        return next(
            (p for p in rows.distinct().for_names() if matching.parties_of(p)[0] == codes), None
        )

    def make(self, decision: PartnershipDecision) -> Partnership:
        if len(decision.parties) < 2:
            raise ValidationError({"parties": _("Name at least two parties.")})
        name = " ".join(map(english_name, decision.parties))
        partnership = Partnership(
            slug=free_address(Partnership, name, "partnership"),
            created_by=self.by,
            is_example=self.article.is_example,
        )
        partnership.full_clean()
        partnership.save()
        for party in decision.parties:
            kind = "country" if isinstance(party, Country) else "grouping"
            PartnershipParty.objects.create(partnership=partnership, **{kind: party})
        self.add_to(partnership, decision)
        return partnership

    def extend(self, partnership: Partnership, decision: PartnershipDecision) -> None:
        """Further evidence for one that is there; whoever may not change it only points at it."""
        if not self.may_change(partnership):
            return
        reason = _("Another article speaks of it.")
        with editorial.revise(partnership, by=self.by, reason=reason, article=self.article):
            self.add_to(partnership, decision)

    def add_to(self, partnership: Partnership, decision: PartnershipDecision) -> None:
        partnership.frameworks.add(*decision.frameworks)
        partnership.sectors.add(*decision.sectors)
        for basis in decision.bases:
            slugs = {
                "framework": {row.slug for row in decision.frameworks},
                "sector": {row.slug for row in decision.sectors},
            }
            if basis.fact == "parties" or basis.value in slugs[basis.fact]:
                self.cite(PartnershipCitation(partnership=partnership), basis)

    # --- The offers

    def take(self, offer: OfferDecision) -> None:
        if self.is_settled(offer):
            return
        with self.noting(offer.key):
            if offer.action == Action.DRAFT:
                made = self.draft(offer)
                self.written.drafted.append(made)
                self.remember(offer, Outcome.DRAFTED, made)
            elif offer.action == Action.MERGE:
                self.merge(offer)
                self.written.merged.append(offer.into)
                self.remember(offer, Outcome.MERGED, offer.into)
            else:
                self.written.discarded += 1
                self.remember(offer, Outcome.DISCARDED, None)

    def is_settled(self, offer: OfferDecision) -> bool:
        """Something stands already that was made of it, here or of a reprint."""
        where = self.article, offer.read_kind, offer.start, offer.quote
        return any(row.opportunity and matching.is_same_offer(row, *where) for row in self.before)

    def remember(self, offer: OfferDecision, outcome: str, opportunity: Opportunity | None) -> None:
        ReadOffer.objects.update_or_create(
            article=self.article,
            kind=offer.read_kind,
            start=offer.start,
            defaults={
                "quote": offer.quote,
                "outcome": outcome,
                "opportunity": opportunity,
                "by": self.by,
                "at": self.now,
            },
        )

    def draft(self, offer: OfferDecision) -> Opportunity:
        opportunity = Opportunity(
            slug=free_address(Opportunity, offer.title, offer.kind or "opportunity"),
            kind=offer.kind,
            audiences=tuple(offer.audiences),
            places_available=offer.places_available,
            host=offer.host if offer.host != offer.provider else None,
            provider=offer.provider,
            official_page=offer.official_page,
            application=self.application_of(offer),
            created_by=self.by,
            is_example=self.article.is_example,
        )
        opportunity.full_clean()
        opportunity.save()
        self.keys[opportunity.pk] = offer.key
        words = Words(
            opportunity=opportunity,
            language=offer.language,
            origin=Origin.ORIGINAL,
            title=offer.title,
            summary=offer.summary,
        )
        words.full_clean()
        words.save()
        opportunity.sectors.set(offer.sectors)
        if self.written.partnership:
            opportunity.partnerships.add(self.written.partnership)
            if self.parties:
                basis = self.parties._replace(
                    fact=Fact.PARTNERSHIP, value=self.written.partnership.slug
                )
                self.cite(OpportunityCitation(opportunity=opportunity), basis)
        self.cite_offer(opportunity, offer)
        return opportunity

    def application_of(self, offer: OfferDecision) -> str:
        return offer.application or (Application.BY_DEADLINE if offer.deadline else "")

    def cite_offer(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        """Every fact that still stands as it was read; a deadline that is cited is a row first."""
        if offer.is_official:
            self.call(opportunity, offer)
        if offer.deadline:
            self.add_deadline(opportunity, offer)
        for basis in offer.bases:
            if stands(basis, offer):
                value = offer.kind if basis.fact == Fact.KIND else basis.value
                said = OpportunityCitation(opportunity=opportunity)
                self.cite(said, basis._replace(value=value), offer)

    def call(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        basis = Basis(Fact.OFFICIAL_CALL, offer.start, offer.quote)
        self.cite(OpportunityCitation(opportunity=opportunity), basis, offer)

    def add_deadline(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        """Where another day stands already, both are shown until an editor settles it."""
        on = offer.deadline.isoformat()
        stated = opportunity.deadlines.filter(on=offer.deadline).first()
        other = stated or opportunity.deadlines.first()
        if other is None:
            stated = Deadline(opportunity=opportunity, on=offer.deadline)
            stated.full_clean(exclude=["closes_at"])
            stated.save()
        for basis in offer.bases:
            if (basis.fact, basis.value) == (Fact.DEADLINE, on):
                said = OpportunityCitation(opportunity=opportunity, deadline=stated or other)
                self.cite(said, basis._replace(value="" if stated else on), offer)

    # --- What is there already

    def merge(self, offer: OfferDecision) -> None:
        opportunity = Opportunity.objects.get(pk=offer.into.pk)
        reason = reason_for(offer)
        with editorial.revise(opportunity, by=self.by, reason=reason, article=self.article):
            if offer.is_cancelled:
                self.cite_as(Fact.CANCELLATION, opportunity, offer)
                return
            self.cite_as(Fact.EXISTENCE, opportunity, offer)
            if offer.is_official:
                self.move_on(opportunity, offer)
            if self.written.partnership and not opportunity.was_published:
                opportunity.partnerships.add(self.written.partnership)

    def cite_as(self, fact: str, opportunity: Opportunity, offer: OfferDecision) -> None:
        basis = Basis(fact, offer.start, offer.quote)
        self.cite(OpportunityCitation(opportunity=opportunity), basis, offer)

    def move_on(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        """The official call, and what one needs to follow it. What stands is not written over."""
        if offer.provider not in {opportunity.provider, opportunity.host}:
            if opportunity.provider is None:
                opportunity.provider = offer.provider
            elif opportunity.host is None:
                opportunity.host = offer.provider
        opportunity.official_page = opportunity.official_page or offer.official_page
        opportunity.application = opportunity.application or self.application_of(offer)
        opportunity.verified_on = self.now.astimezone(UTC).date()
        opportunity.full_clean()
        opportunity.save()
        self.call(opportunity, offer)
        if offer.deadline:
            self.add_deadline(opportunity, offer)

    # --- Citations

    def cite(self, citation: Citation, basis: Basis, offer: OfferDecision | None = None) -> None:
        """Checked against the stored copy; what is cited already is not cited twice."""
        citation.article = self.article
        citation.fact, citation.start, citation.quote = basis.fact, basis.start, basis.quote
        citation.value = basis.value
        citation.speaker_role, citation.speaker_name = self.speaker(offer, basis.fact)
        citation.full_clean()
        item = {
            f: getattr(citation, f) for f in ("opportunity", "partnership") if hasattr(citation, f)
        }
        same = type(citation).objects.filter(
            **item,
            article=self.article,
            fact=basis.fact,
            start=citation.start,
            quote=citation.quote,
            value=citation.value,
        )
        if not same.exists():
            citation.save()

    def speaker(self, offer: OfferDecision | None, fact: str) -> tuple[str, str]:
        if offer and fact == Fact.OFFICIAL_CALL:
            return Citation.Speaker.PROVIDER, offer.provider.name
        if offer is None or not offer.speaker_name:
            return Citation.Speaker.OUTLET, ""
        if offer.speaker_role == Citation.Speaker.OUTLET:
            return Citation.Speaker.OUTLET, ""
        return offer.speaker_role, offer.speaker_name

    # --- Before the public

    def publish(self, earlier: Iterable[Opportunity]) -> None:
        partnership = self.written.partnership
        if partnership and not partnership.is_visible:
            with self.noting(NotDrafted.PARTNERSHIP):
                editorial.publish(partnership, by=self.by, now=self.now)
                self.written.published.append(partnership)
        for opportunity in [*earlier, *self.written.drafted]:
            with self.noting(self.keys.get(opportunity.pk, f"done-{opportunity.pk}")):
                editorial.publish(opportunity, by=self.by, now=self.now)
                self.written.published.append(opportunity)


def stands(basis: Basis, offer: OfferDecision) -> bool:
    """Is this fact, as it was read, still what the editor states?"""
    now_is = {
        Fact.EXISTENCE: {""},
        Fact.KIND: {basis.value} if offer.kind else set(),
        Fact.AUDIENCE: set(offer.audiences),
        Fact.SECTOR: {sector.slug for sector in offer.sectors},
        Fact.PLACES_AVAILABLE: {str(offer.places_available)},
        Fact.HOST: {""} if offer.host else set(),
    }
    return basis.value in now_is.get(basis.fact, set())


def reason_for(offer: OfferDecision) -> str:
    if offer.is_cancelled:
        return _("A source says that it will not take place.")
    if offer.is_official:
        return _("The provider has called for it.")
    return _("Another article speaks of it.")


def english_name(party) -> str:
    return (
        territory_name(party.pk, "en")
        if isinstance(party, Country)
        else in_language(party.names, "en")
    )
