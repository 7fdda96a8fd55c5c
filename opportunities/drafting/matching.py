"""What is here already: an article's own drafts, the partnership of the same parties, old promises."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from opportunities.models import Opportunity, ReadOffer
from opportunities.recognise import Offer
from partnerships.models import (
    Article,
    EditorialStatus,
    Organisation,
    Partnership,
    PartnershipCitation,
)

from .passages import same_words

MOST = 12


def family_of(article: Article) -> Q:
    """Articles with the same news: it, what it reprints, and their reprints."""
    first = article.origin_id or article.pk
    return Q(article=first) | Q(article__origin=first)


def owners_of(article: Article) -> list[Organisation]:
    """Organisations on one of whose official domains it stands."""
    host = article.host
    parts = host.split(".")
    domains = [".".join(parts[n:]) for n in range(len(parts))] if host else []
    named = Organisation.objects.filter(domains__domain__in=domains, is_example=article.is_example)
    return list(named.distinct().order_by("name"))


# --- Offers that were read before


def read_before(article: Article) -> list[ReadOffer]:
    """The article's own first."""
    rows = ReadOffer.objects.filter(family_of(article)).select_related("opportunity", "article")
    return sorted(
        rows.prefetch_related("opportunity__words"),
        key=lambda r: (r.article_id != article.pk, r.pk),
    )


def is_same_offer(row: ReadOffer, article: Article, kind: str, start: int, quote: str) -> bool:
    """In the article itself words may have been read differently since; of a reprint places say nothing."""
    made = row.opportunity.kind if row.opportunity else ""
    if kind not in {row.kind, made}:
        return False
    if row.article_id != article.pk:
        return same_words(row.quote, quote)
    return row.start < start + len(quote) and start < row.start + len(row.quote)


# --- Partnerships


def partnerships_like(article: Article, partners: Sequence[str]) -> list[Partnership]:
    """The one this article was read to document, then those of the same parties, then the nearest."""
    cited = set(
        PartnershipCitation.objects.filter(family_of(article)).values_list("partnership", flat=True)
    )
    near = Partnership.objects.exclude(status=EditorialStatus.WITHDRAWN).filter(
        Q(pk__in=cited) | Q(parties__country__in=partners), is_example=article.is_example
    )
    found = [
        (partnership, countries, groupings)
        for partnership in near.distinct().for_page().order_by("pk")
        for countries, groupings in [parties_of(partnership)]
        if partnership.pk in cited or len(countries & set(partners)) >= 2
    ]
    ranked = sorted(
        found,
        key=lambda row: (
            row[0].pk not in cited,
            not (row[1] == set(partners) and not row[2]),
            len(row[1] ^ set(partners)) + len(row[2]),
        ),
    )
    return [row[0] for row in ranked[:MOST]]


def parties_of(partnership: Partnership) -> tuple[set[str], set[int]]:
    parties = partnership.parties.all()
    return (
        {party.country_id for party in parties if party.country_id},
        {party.grouping_id for party in parties if party.grouping_id},
    )


def same_parties(partnership: Partnership, partners: Collection[str]) -> bool:
    return parties_of(partnership) == (set(partners), set())


# --- Old promises


def old_promises(
    article: Article,
    kinds: Collection[str],
    among: Collection[Partnership],
    partners: Sequence[str],
) -> list[Opportunity]:
    """Of these kinds, brought by these partnerships or taking place in one of the countries."""
    rows = (
        Opportunity.objects.exclude(status=EditorialStatus.WITHDRAWN)
        .filter(kind__in=kinds, is_example=article.is_example)
        .filter(Q(partnerships__in=among) | Q(places__in=partners, partnerships=None))
    )
    return list(
        rows.distinct().prefetch_related("words", "sectors").order_by("-updated_at", "-pk")[:200]
    )


def likeness(
    promise: Opportunity,
    offer: Offer,
    sectors: Collection[int],
    host: Organisation | None,
    owners: Collection[Organisation],
) -> int:
    """How much more than its kind and its partnership they have in common; below 0, too little."""
    theirs = {sector.pk for sector in promise.sectors.all()}
    shared = len(theirs & set(sectors))
    score = shared - (1 if theirs and sectors and not shared else 0)
    score += bool(set(promise.audiences) & set(offer.audience))
    organisations = {promise.provider_id, promise.host_id} - {None}
    score += 3 * bool(organisations & {o.pk for o in [host, *owners] if o})
    return score
