"""What an article was read to say, as drafts to decide on. Reads tables, writes none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import pgettext_lazy

from opportunities.choices import Fact, Kind
from opportunities.models import Opportunity, ReadOffer
from opportunities.models.opportunity import MAX_SECTORS
from opportunities.recognise import Offer, Standing, offers
from opportunities.recognise.sentences import quoted
from partnerships.ingestion.recognise import Mention, Recognised, recognise
from partnerships.models import (
    Article,
    Country,
    Grouping,
    Organisation,
    Partnership,
    PartnershipCitation,
    Sector,
)

from . import matching
from .decisions import Action
from .passages import Basis, Passages
from .titles import language_of_words, summary_of, title_of

MOST_OFFERS = 40
"""That are proposed; a text that names more is a list, to be read by hand."""
MOST_SECTORS = 6
"""Of a partnership that are proposed as its own; the others are there to tick."""
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
STANDINGS = {
    Standing.CALL: pgettext_lazy("standing", "call"),
    Standing.ANNOUNCED: pgettext_lazy("standing", "announced"),
    Standing.ONGOING: pgettext_lazy("standing", "under way"),
    Standing.PAST: pgettext_lazy("standing", "past"),
    Standing.CANCELLED: pgettext_lazy("standing", "cancelled"),
}
GENERIC = frozenset(slug for slugs in OF_KIND.values() for slug in slugs)
Facts = PartnershipCitation.Fact


@dataclass(frozen=True)
class ProposedPartnership:
    likely: Sequence[Partnership]
    """The best first."""
    parties: Sequence[Country]
    mentioned: Sequence[Country]
    """Named in the text, but not read to be parties."""
    frameworks: Sequence[Grouping]
    groupings: Sequence[Grouping]
    sectors: Sequence[Sector]
    other_sectors: Sequence[Sector]
    bases: Sequence[Basis]
    is_read_before: bool

    @property
    def existing(self) -> Partnership | None:
        """The one this article documents already, or the one of exactly these parties."""
        best = self.likely[0] if self.likely else None
        partners = [country.pk for country in self.parties]
        return (
            best
            if best and (self.is_read_before or matching.same_parties(best, partners))
            else None
        )

    @property
    def is_new(self) -> bool:
        return not self.existing and not self.is_read_before and len(self.parties) >= 2


@dataclass(frozen=True)
class ProposedOffer:
    number: int
    offer: Offer
    language: str
    title: str
    summary: str
    sectors: Sequence[Sector]
    host: Organisation | None
    bases: Sequence[Basis]
    before: ReadOffer | None
    likely: Sequence[Opportunity]
    """Old promises of its kind, the likeliest first."""
    is_alike: bool
    """Whether the first of them is probably the same."""

    @property
    def key(self) -> str:
        return f"{self.offer.kind}-{self.offer.start}"

    @property
    def is_done(self) -> bool:
        """There is something made of it, which is edited where it stands."""
        return bool(self.before and self.before.opportunity)

    @property
    def audiences(self) -> tuple[str, ...]:
        return tuple(basis.value for basis in self.bases if basis.fact == Fact.AUDIENCE)

    @property
    def kind_label(self) -> str:
        return Kind(self.offer.kind).label

    @property
    def standing_label(self) -> str:
        return STANDINGS[self.offer.standing]

    @property
    def is_cancelled(self) -> bool:
        return self.offer.standing == Standing.CANCELLED

    @property
    def action(self) -> Action:
        """What is proposed: nothing is made again that somebody left out."""
        if self.before or self.offer.standing == Standing.PAST:
            return Action.DISCARD
        if self.is_alike:
            return Action.MERGE
        return Action.DISCARD if self.is_cancelled else Action.DRAFT


@dataclass(frozen=True)
class Proposal:
    article: Article
    recognised: Recognised
    owners: Sequence[Organisation]
    partnership: ProposedPartnership
    offers: Sequence[ProposedOffer]
    left_off: int

    @property
    def language(self) -> str:
        return self.article.language or self.recognised.language

    @cached_property
    def is_call(self) -> bool:
        """An official page on which something is called for."""
        standings = {proposed.offer.standing for proposed in self.offers}
        return bool(self.owners) and Standing.CALL in standings


def propose(article: Article) -> Proposal:
    recognised = recognise(article.text, title=article.title, language=article.language)
    owners = matching.owners_of(article)
    found = offers(
        article.text,
        language=recognised.language,
        published_on=article.published_on,
        is_official=bool(owners),
    )
    passages = Passages(article.text, recognised.language, article.published_on)
    before = matching.read_before(article)
    partnership = propose_partnership(article, recognised, passages, bool(before))
    proposing = Offers(article, recognised, passages, partnership, owners, before)
    return Proposal(
        article=article,
        recognised=recognised,
        owners=owners,
        partnership=partnership,
        offers=proposing.of(found[:MOST_OFFERS]),
        left_off=len(found[MOST_OFFERS:]),
    )


# --- The partnership


def propose_partnership(
    article: Article, recognised: Recognised, passages: Passages, is_read_before: bool
) -> ProposedPartnership:
    named = Country.objects.in_bulk(values(recognised.countries))
    countries = {code: named[code] for code in values(recognised.countries) if code in named}
    groupings = rows_by_slug(Grouping, recognised.groupings)
    sectors = rows_by_slug(Sector, recognised.sectors)
    likely = matching.partnerships_like(article, recognised.partners)
    counted = [slug for slug, _n in Counter(m.value for m in recognised.sectors).most_common()]
    counted = [sectors[slug] for slug in counted if slug in sectors]
    held = {sector.parent_id for sector in counted}  # a wide one goes without saying
    chosen = [sector for sector in counted if sector.pk not in held][:MOST_SECTORS]
    return ProposedPartnership(
        likely=likely,
        parties=[country for code, country in countries.items() if code in recognised.partners],
        mentioned=[c for code, c in countries.items() if code not in recognised.partners],
        frameworks=[g for g in groupings.values() if g.kind != Grouping.Kind.LIST],
        groupings=list(groupings.values()),
        sectors=chosen,
        other_sectors=[sector for sector in counted if sector not in chosen],
        bases=partnership_bases(recognised, passages),
        is_read_before=is_read_before,
    )


def partnership_bases(recognised: Recognised, passages: Passages) -> list[Basis]:
    """A sentence that names the parties together, and the very words for the rest."""
    named = [m for m in recognised.countries if m.value in recognised.partners]
    return [
        *([parties_basis(named, passages)] if named else []),
        *first_words(Facts.FRAMEWORK, recognised.groupings, passages),
        *first_words(Facts.SECTOR, recognised.sectors, passages),
    ]


def parties_basis(named: Sequence[Mention], passages: Passages) -> Basis:
    """The shortest quotable stretch of a sentence that names most of them."""
    best = None
    for sentence in passages.sentences:
        inside = [m for m in named if sentence.start <= m.start < sentence.end]
        for mention in inside[:1]:
            start, end = quoted(passages.text, sentence, mention.start)
            countries = {m.value for m in inside if start <= m.start and m.end <= end}
            rank = (-len(countries), end - start)
            if best is None or rank < best[0]:
                best = rank, (start, end)
    span = best[1] if best else (named[0].start, named[0].end)
    return passages.basis(Facts.PARTIES, span)


def first_words(fact: str, mentions: Iterable[Mention], passages: Passages) -> list[Basis]:
    first = {}
    for mention in mentions:
        first.setdefault(mention.value, mention)
    return [passages.basis(fact, (m.start, m.end), value) for value, m in first.items()]


def values(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.value for mention in mentions))


def rows_by_slug(model, mentions: Iterable[Mention]) -> dict:
    """In the order of the text."""
    wanted = values(mentions)
    rows = {row.slug: row for row in model.objects.filter(slug__in=wanted)}
    return {slug: rows[slug] for slug in wanted if slug in rows}


# --- The offers


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
        return [self.proposed(n, offer) for n, offer in enumerate(found, start=1)]

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


def hosts_named(found: Iterable[Offer], article: Article) -> dict[str, Organisation]:
    """Organisations we know by the very name that was read; none is made here."""
    names = {offer.host.casefold() for offer in found} - {""}
    if not names:
        return {}
    known = Organisation.objects.filter(is_example=article.is_example)
    return {o.name.casefold(): o for o in known if o.name.casefold() in names}
