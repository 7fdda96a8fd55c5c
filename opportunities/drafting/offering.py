"""Each offer that was read, with what its words say of it and what is here already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from opportunities.choices import Fact, Kind
from opportunities.models import Opportunity, ReadOffer
from opportunities.models.opportunity import MAX_SECTORS
from opportunities.recognise import Offer
from partnerships.models import Article, Organisation, Sector

from . import matching
from .passages import Basis
from .proposals import ProposedOffer
from .titles import language_of_words, numbered, summary_of, title_of

OF_KIND = {
    Kind.SCHOLARSHIP: ("education",),
    Kind.RESEARCH_GRANT: ("science",),
    Kind.FELLOWSHIP: ("education", "science"),
    Kind.TRAINING: ("education",),
    Kind.EXCHANGE: ("education",),
    Kind.CULTURAL_TOUR: ("tourism", "culture", "heritage"),
    Kind.FESTIVAL: ("culture",),
    Kind.ENTREPRENEURSHIP: ("entrepreneurship",),
}
"""What a kind is about where its sentence does not say; and what its own word says anyway."""
GENERIC = frozenset(slug for slugs in OF_KIND.values() for slug in slugs)


class Offers:
    """What all offers of one article share."""

    def __init__(self, article, recognised, passages, partnership, owners, before):
        self.article = article
        self.recognised = recognised
        self.passages = passages
        self.partnership = partnership
        self.owners = owners
        self.before = before
        self.sectors = {sector.slug: sector for sector in Sector.objects.all()}
        self.partners = [country.pk for country in partnership.parties]

    def of(self, found: Sequence[Offer]) -> list[ProposedOffer]:
        self.shared = Counter((offer.start, offer.end) for offer in found)
        self.hosts = hosts_named(found, self.article)
        exists = self.partnership.existing
        among = [
            p
            for p in self.partnership.likely
            if p == exists or matching.same_parties(p, self.partners)
        ]
        promises = matching.old_promises(
            self.article, {offer.kind for offer in found}, among, self.partners
        )
        own = {row.opportunity_id for row in self.before if row.article_id == self.article.pk}
        self.promises = [promise for promise in promises if promise.pk not in own]
        self.taken: set[int] = set()
        return told_apart([self.proposed(n, offer) for n, offer in enumerate(found, start=1)])

    def proposed(self, number: int, offer: Offer) -> ProposedOffer:
        named = self.sectors_named(offer)
        sectors = named or [
            self.sectors[s] for s in OF_KIND.get(offer.kind, ())[:1] if s in self.sectors
        ]
        sectors = sectors or list(self.partnership.sectors[:1])
        host = self.hosts.get(offer.host.casefold())
        words_in = language_of_words(self.recognised.language)
        is_native = words_in == self.recognised.language.split("-")[0]
        likely, is_alike = self.likely(offer, named, host)
        return ProposedOffer(
            number=number,
            offer=offer,
            language=words_in,
            title=title_of(
                offer.kind,
                words_in,
                sectors=[s for s in named[:1] if s.slug not in GENERIC],
                host=offer.host if is_native else "",
                partners=self.partners,
            ),
            summary=summary_of(offer, self.recognised.language, words_in),
            sectors=sectors,
            host=host,
            bases=self.bases(offer, named, host),
            before=self.before_of(offer),
            likely=likely,
            is_alike=is_alike,
        )

    def before_of(self, offer: Offer) -> ReadOffer | None:
        where = self.article, offer.kind, offer.start, offer.quote
        return next((row for row in self.before if matching.is_same_offer(row, *where)), None)

    def sectors_named(self, offer: Offer) -> list[Sector]:
        """In its sentence and said of its own noun: what no other sector holds first, then what the
        kind is about anyway. A wide sector that is named only once may be a word in passing."""
        inside = [
            self.sectors[m.value]
            for m in self.recognised.sectors
            if offer.start <= m.start
            and m.end <= offer.end
            and m.value in self.sectors
            and (
                self.shared[offer.start, offer.end] == 1
                or self.passages.noun_of(m.start, m.end, offer) == offer.kind
            )
        ]
        own = OF_KIND.get(offer.kind, ())
        special = [s for s in inside if s.slug not in GENERIC and (s.parent_id or self.is_sure(s))]
        fitting = [s for s in inside if s.slug in own]
        return list(dict.fromkeys([*special, *fitting]))[:MAX_SECTORS]

    def is_sure(self, sector: Sector) -> bool:
        return sum(m.value == sector.slug for m in self.recognised.sectors) > 1

    def likely(self, offer: Offer, sectors, host) -> tuple[list[Opportunity], bool]:
        """The best is given away once: two internships of one article are two."""
        ids = [sector.pk for sector in sectors]
        ranked = sorted(
            (
                (matching.likeness(promise, offer, ids, host, self.owners), promise)
                for promise in self.promises
                if promise.kind == offer.kind and promise.pk not in self.taken
            ),
            key=lambda pair: -pair[0],
        )
        is_alike = bool(ranked) and ranked[0][0] >= 0 and not self.before_of(offer)
        if is_alike:
            self.taken.add(ranked[0][1].pk)
        return [promise for _score, promise in ranked[: matching.MOST]], is_alike

    def bases(self, offer: Offer, sectors: Sequence[Sector], host) -> list[Basis]:
        own = offer.start, offer.end
        basis = self.passages.basis
        found = [basis(Fact.EXISTENCE, own), basis(Fact.KIND, own, offer.kind)]
        found += [basis(Fact.SECTOR, own, sector.slug) for sector in sectors]
        found += [
            basis(Fact.AUDIENCE, span, audience)
            for audience in offer.audience
            if (span := self.passages.stating_audience(offer, audience))
        ]
        if offer.places_available and (span := self.passages.stating_places(offer)):
            found.append(basis(Fact.PLACES_AVAILABLE, span, str(offer.places_available)))
        if offer.deadline and (span := self.passages.stating_day(offer.deadline, offer)):
            found.append(basis(Fact.DEADLINE, span, offer.deadline.isoformat()))
        if host:
            found.append(basis(Fact.HOST, own))
        return found


def told_apart(proposed: Iterable[ProposedOffer]) -> list[ProposedOffer]:
    """The second of one title says so: among drafts nothing else tells two internships apart."""
    seen: Counter[str] = Counter()
    found = []
    for one in proposed:
        seen[one.title] += 1
        found.append(replace(one, title=numbered(one.title, seen[one.title])))
    return found


def hosts_named(found: Iterable[Offer], article: Article) -> dict[str, Organisation]:
    """Organisations we know by the very name that was read; none is made here."""
    names = {offer.host.casefold() for offer in found} - {""}
    if not names:
        return {}
    known = Organisation.objects.filter(is_example=article.is_example)
    return {o.name.casefold(): o for o in known if o.name.casefold() in names}
