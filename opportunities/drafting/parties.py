"""The partnership that an article was read to document."""

from collections import Counter
from collections.abc import Iterable, Sequence

from opportunities.recognise.sentences import quoted
from partnerships.ingestion.recognise import Mention, Recognised
from partnerships.models import Article, Country, Grouping, PartnershipCitation, Sector

from . import matching
from .passages import Basis, Passages
from .proposals import ProposedPartnership

MOST_SECTORS = 6
"""That are proposed as its own; the others are there to tick."""
Facts = PartnershipCitation.Fact


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
