"""How likely an article is to bring opportunities, from what is recognised in it. Pure.

The sum is simple so that an editor can follow it: partners and groupings count, offers count more, a
call most; partners and offers together are what we look for.
"""

from collections.abc import Iterable

from partnerships.ingestion.interest import Interest
from partnerships.ingestion.read import Reading
from partnerships.ingestion.recognise import Mention, recognise

from .recognise import Offer, Standing, offers

WORTH = {
    Standing.CALL: 4,
    Standing.ANNOUNCED: 3,
    Standing.ONGOING: 2,
    Standing.PAST: 1,
    Standing.CANCELLED: 1,
}
MOST_FOR_OFFERS = 9
ONE_PARTNER, PARTNERS = 1, 3
MOST_FOR_GROUPINGS = 2
TOGETHER = 2
MOST = MOST_FOR_OFFERS + PARTNERS + MOST_FOR_GROUPINGS + TOGETHER


def weigh(reading: Reading) -> Interest:
    said = recognise(reading.text, title=reading.title, language=reading.language)
    offered = offers(reading.text, language=said.language, published_on=reading.published_on)
    groupings, best = once(said.groupings), best_of_each_kind(offered)
    return Interest(
        score=score(said.partners, groupings, best),
        language=said.language,
        countries=once(said.countries),
        partners=said.partners,
        groupings=groupings,
        offers=tuple(best.items()),
    )


def score(
    partners: tuple[str, ...], groupings: tuple[str, ...], offered: dict[str, Standing]
) -> int:
    for_partners = (0, ONE_PARTNER, PARTNERS)[min(len(partners), 2)]
    for_offers = min(sum(WORTH[standing] for standing in offered.values()), MOST_FOR_OFFERS)
    for_groupings = min(len(groupings), MOST_FOR_GROUPINGS)
    both = TOGETHER if for_offers and len(partners) >= 2 else 0
    return for_partners + for_groupings + for_offers + both


def best_of_each_kind(found: list[Offer]) -> dict[str, Standing]:
    """A kind named ten times is one reason; in the order of the text."""
    best: dict[str, Standing] = {}
    for offer in found:
        known = best.setdefault(offer.kind, offer.standing)
        best[offer.kind] = max(known, offer.standing, key=WORTH.__getitem__)
    return best


def once(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.value for mention in mentions))
