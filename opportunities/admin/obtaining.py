"""From what an editor gives to an article that is stored, or a sentence that says why not."""

import re

from django.urls import reverse
from django.utils.translation import gettext as _

from opportunities.drafting import propose
from partnerships.ingestion.refusals import Refused
from partnerships.models import Article

from .article_forms import SourceForm

FEWEST_BYTES = 80
"""In UTF-8, for a Chinese character says as much as three letters."""
GARBLED = re.compile("[ÂÃÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""UTF-8 that was read as Windows-1252."""
FEWEST_GARBLED = 3


def obtain(form: SourceForm, network):
    """Raises Refused."""
    from partnerships.ingestion import obtain  # noqa: PLC0415 - loads the HTTP client

    given = form.cleaned_data
    network = network or obtain.INTERNET
    if form.source == "address":
        return obtain.article_at(given["address"], network=network)
    if form.source == "text":
        read = obtain.article_pasted(given["text"])
    else:
        file = given["file"]
        read = obtain.article_uploaded(file.name, file.read(), network=network)
    if len(read.reading.text.encode()) < FEWEST_BYTES:
        raise Refused("short")
    return read.at(given["address"])


def looks_garbled(text: str) -> bool:
    return "\ufffd" in text or len(GARBLED.findall(text)) >= FEWEST_GARBLED


def take_for_call(article: Article) -> None:
    """A new one on an official page that calls for something; the editor sees and may correct it."""
    if propose(article).is_call:
        article.nature = Article.Nature.CALL
        article.save(update_fields=["nature"])


def nothing_to_read(article: Article) -> str:
    if article.removed_on:
        return _("This article was removed at its owner’s request; it is not read again.")
    return _("We have no copy of this article; fetch it again or paste its text.")


def read_address(article: Article) -> str:
    """Of the page on which its drafts are decided."""
    return f"{reverse('admin:opportunities_article_read')}?article={article.pk}"
