"""The rows themselves: a partnership, drafts with their citations, further evidence on what is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opportunities import editorial
from opportunities.choices import Application, Fact, Origin
from opportunities.models import Deadline, Opportunity, OpportunityCitation, Words
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

from .decisions import OfferDecision, PartnershipDecision
from .passages import Basis


@dataclass
class Writing:
    """What one article is written into, by one person at one instant. Each raises ValidationError."""

    article: Article
    by: object
    may_change: Callable[[object], bool]
    now: datetime
    partnership: Partnership | None = None
    parties: Basis | None = None
    """What the partnership rests on."""

    # --- The partnership

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
        """Further evidence for one that is there."""
        reason = _("Another article speaks of it.")
        with editorial.revise(partnership, by=self.by, reason=reason, article=self.article):
            self.add_to(partnership, decision)

    def adds_to(self, partnership: Partnership, decision: PartnershipDecision) -> bool:
        """Whoever may not change it only points at it."""
        return self.may_change(partnership) and not (
            set(decision.frameworks) <= set(partnership.frameworks.all())
            and set(decision.sectors) <= set(partnership.sectors.all())
            and all(
                self.cited(PartnershipCitation, basis, partnership=partnership)
                for basis in bases_of(decision)
            )
        )

    def add_to(self, partnership: Partnership, decision: PartnershipDecision) -> None:
        partnership.frameworks.add(*decision.frameworks)
        partnership.sectors.add(*decision.sectors)
        for basis in bases_of(decision):
            self.cite(PartnershipCitation(partnership=partnership), basis)

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
        if self.partnership:
            opportunity.partnerships.add(self.partnership)
            if self.parties:
                basis = self.parties._replace(fact=Fact.PARTNERSHIP, value=self.partnership.slug)
                self.cite(OpportunityCitation(opportunity=opportunity), basis)
        self.cite_offer(opportunity, offer)
        return opportunity

    def application_of(self, offer: OfferDecision) -> str:
        return offer.application or (Application.BY_DEADLINE if offer.deadline else "")

    def cite_offer(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        """Every fact that still stands as it was read; a deadline that is cited is a row first."""
        if offer.is_official:
            self.call(opportunity, offer)
        if offer.is_cancelled:
            self.cite_as(Fact.CANCELLATION, opportunity, offer)
        if offer.deadline:
            self.add_deadline(opportunity, offer)
        for basis in offer.bases:
            if stands(basis, offer):
                value = offer.kind if basis.fact == Fact.KIND else basis.value
                said = OpportunityCitation(opportunity=opportunity)
                self.cite(said, basis._replace(value=value), offer)

    def call(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        basis = offer.basis(Fact.OFFICIAL_CALL)
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
            if self.partnership and not opportunity.was_published:
                opportunity.partnerships.add(self.partnership)

    def cite_as(self, fact: str, opportunity: Opportunity, offer: OfferDecision) -> None:
        basis = offer.basis(fact)
        self.cite(OpportunityCitation(opportunity=opportunity), basis, offer)

    def move_on(self, opportunity: Opportunity, offer: OfferDecision) -> None:
        """The official call, and what one needs to follow it. What stands is not written over."""
        opportunity.provider = opportunity.provider or offer.provider
        if offer.provider not in {opportunity.provider, opportunity.host}:
            raise ValidationError(
                {
                    "is_call": _("%(owner)s neither provides nor hosts it.")
                    % {"owner": offer.provider}
                }
            )
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
        basis = basis._replace(start=citation.start, quote=citation.quote, value=citation.value)
        if not self.cited(type(citation), basis, **item):
            citation.save()

    def cited(self, citations: type[Citation], basis: Basis, **item) -> bool:
        return citations.objects.filter(**item, **basis._asdict(), article=self.article).exists()

    def speaker(self, offer: OfferDecision | None, fact: str) -> tuple[str, str]:
        if offer and fact == Fact.OFFICIAL_CALL:
            return Citation.Speaker.PROVIDER, offer.provider.name
        if offer is None or not offer.speaker_name:
            return Citation.Speaker.OUTLET, ""
        if offer.speaker_role == Citation.Speaker.OUTLET:
            return Citation.Speaker.OUTLET, ""
        return offer.speaker_role, offer.speaker_name


def bases_of(decision: PartnershipDecision) -> list[Basis]:
    """Of what it is, and of each framework and sector that was chosen."""
    slugs = {
        "framework": {row.slug for row in decision.frameworks},
        "sector": {row.slug for row in decision.sectors},
    }
    return [b for b in decision.bases if b.fact == "parties" or b.value in slugs[b.fact]]


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
