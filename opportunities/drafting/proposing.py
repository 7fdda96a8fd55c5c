"""Reads an article and says what could be made of it. Reads tables, writes none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from opportunities.recognise import Offer, offers
from opportunities.recognise.offer import Role
from partnerships.ingestion.recognise import Recognised, recognise
from partnerships.models import Article

from . import matching
from .offering import Offers
from .parties import propose_partnership
from .passages import Passages
from .proposals import Proposal

MOST_OFFERS = 40
"""That are proposed; a text that names more is a list, to be read by hand."""


LONGEST_ARTICLE = 3
"""Le Kenya, In Kenya."""


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
        offers=proposing.of(list(said_by_people(found[:MOST_OFFERS], recognised, article.text))),
        left_off=len(found[MOST_OFFERS:]),
    )


def said_by_people(found: Sequence[Offer], recognised: Recognised, text: str) -> Iterator[Offer]:
    """“… from Kenya, said the minister”: a country is nobody's name, and the article itself tells it."""
    countries = {text[m.start : m.end].casefold() for m in recognised.countries}
    for offer in found:
        name = offer.speaker_name.casefold()
        article, _, rest = name.partition(" ")
        if name in countries or (len(article) <= LONGEST_ARTICLE and rest in countries):
            offer = replace(offer, speaker_role=Role.OUTLET, speaker_name="")
        yield offer
