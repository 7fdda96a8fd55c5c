"""Reads an article and says what could be made of it. Reads tables, writes none."""

from opportunities.recognise import offers
from partnerships.ingestion.recognise import recognise
from partnerships.models import Article

from . import matching
from .offering import Offers
from .parties import propose_partnership
from .passages import Passages
from .proposals import Proposal

MOST_OFFERS = 40
"""That are proposed; a text that names more is a list, to be read by hand."""


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
