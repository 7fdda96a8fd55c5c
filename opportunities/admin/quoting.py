"""Words that an editor copies from the text of an article, found again in it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opportunities.drafting.passages import find_quote, same_words
from partnerships.models import Citation


def quote_field(label) -> forms.CharField:
    widget = forms.Textarea({"class": "vLargeTextField", "rows": 2, "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget)


LEAST_CHARACTERS, LEAST_WORDS = 15, 3
LEAST_IDEOGRAPHS = 6
"""Of a language that is written without spaces."""
IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def too_short(quote: str) -> bool:
    return (
        len(quote) < LEAST_CHARACTERS
        and len(quote.split()) < LEAST_WORDS
        and len(IDEOGRAPHS.findall(quote)) < LEAST_IDEOGRAPHS
    )


def located(text: str, copied: str, near: int = 0, read: str = "") -> tuple[int, str] | None:
    """(where, the very words); None where nothing was copied. Raises ValidationError. `read`: what
    was quoted unasked, and may be short."""
    if not copied.strip():
        return None
    span = find_quote(text, copied, near)
    if span is None:
        raise ValidationError(_("The article does not say this word for word."))
    start, end = span
    if end - start > Citation.MAX_QUOTE:
        raise ValidationError(_("A quote has 1 to 300 characters."))
    if too_short(text[start:end]) and not same_words(copied, read):
        raise ValidationError(_("Quote more: the words have to say it by themselves."))
    return start, text[start:end]
