"""Articles for tests of drafting, and the decision to take every proposal as it is."""

from datetime import date

from opportunities.drafting import (
    NEW,
    NotDrafted,
    OfferDecision,
    PartnershipDecision,
    Written,
    decide,
    propose,
)
from tests.factories import ArticleFactory, UserFactory

NEWS = (
    "Kenya and Morocco agree on a partnership in green energy\n\n"
    "Kenya and Morocco signed a partnership agreement on green energy in Rabat on Monday.\n\n"
    "Morocco will offer 40 scholarships to Kenyan students from next year, the minister said. "
    "Internships in solar energy projects will also be offered to young engineers.\n\n"
    "A festival of music from both countries is planned for the summer."
)


def article(text=NEWS, **options):
    return ArticleFactory(text=text, **{"title": text.partition("\n")[0][:300]} | options)


def proposed_partnership(proposal) -> PartnershipDecision:
    proposed = proposal.partnership
    if proposed.existing:
        return PartnershipDecision(proposed.existing, bases=proposed.bases)
    if not proposed.is_new:
        return PartnershipDecision()
    return PartnershipDecision(
        NEW, proposed.parties, proposed.frameworks, proposed.sectors, proposed.bases
    )


def as_proposed(proposal, proposed, **changed) -> OfferDecision:
    offer = proposed.offer
    is_official = proposal.is_call and offer.standing == "call"
    return OfferDecision(
        **dict(
            key=proposed.key,
            action=proposed.action,
            read_kind=offer.kind,
            start=offer.start,
            quote=offer.quote,
            kind=offer.kind,
            title=proposed.title,
            summary=proposed.summary,
            language=proposed.language,
            sectors=proposed.sectors,
            audiences=proposed.audiences,
            places_available=offer.places_available,
            deadline=offer.deadline,
            host=proposed.host,
            speaker_role=offer.speaker_role,
            speaker_name=offer.speaker_name,
            into=proposed.likely[0] if proposed.is_alike else None,
            is_cancelled=proposed.is_cancelled,
            provider=proposal.owners[0] if is_official else None,
            official_page=proposal.article.address if is_official else "",
            bases=proposed.bases,
        )
        | changed
    )


def take_all(article, *, by=None, publish=False, **changed) -> Written:
    """`changed` is what the editor writes over in every offer."""
    proposal = propose(article)
    try:
        return decide(
            article,
            proposed_partnership(proposal),
            [as_proposed(proposal, offer, **changed) for offer in proposal.offers],
            by=by or UserFactory(role="Editor"),
            publish=publish,
        )
    except NotDrafted as refused:
        raise AssertionError(refused.problems) from refused


def on(day: str) -> date:
    return date.fromisoformat(day)
