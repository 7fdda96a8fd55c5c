"""What “Read an article” says of what it did, above the page that follows."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities.drafting import Written
from partnerships.ingestion.store import Stored

from .obtaining import looks_garbled


def say_what_was_found(request, stored: Stored) -> None:
    article = stored.article
    if stored.is_new and looks_garbled(article.text):
        messages.warning(
            request,
            _("Some of its characters came out wrong; compare the text, or paste it instead."),
        )
    if not stored.is_new:
        messages.warning(request, _("This article is here already; nothing was stored twice."))
    elif article.origin:
        messages.warning(
            request,
            _("This is a reprint of “%(article)s”; both count as one source.")
            % {"article": article.origin},
        )
    else:
        messages.success(request, _("The article is stored. Nothing of it is public yet."))


def say_what_was_written(request, written: Written) -> None:
    said = [
        (len(written.drafted), ngettext("%(n)d drafted.", "%(n)d drafted.", len(written.drafted))),
        (
            len(written.merged),
            ngettext("%(n)d added to.", "%(n)d added to.", len(written.merged)),
        ),
        (written.discarded, ngettext("%(n)d left out.", "%(n)d left out.", written.discarded)),
        (
            len(written.published),
            ngettext("%(n)d published.", "%(n)d published.", len(written.published)),
        ),
    ]
    lines = [words % {"n": count} for count, words in said if count]
    if lines or not written.waiting:
        messages.success(request, " ".join(lines) or _("Nothing new was made."))
    if count := len(written.waiting):
        waits = ngettext(
            "%(n)d row adds to something public; it waits for “Save and publish”.",
            "%(n)d rows add to something public; they wait for “Save and publish”.",
            count,
        )
        messages.warning(request, waits % {"n": count})
