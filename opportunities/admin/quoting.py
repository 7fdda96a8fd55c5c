"""Words that an editor copies from the text of an article, found again in it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opportunities.drafting.passages import find_quote
from partnerships.models import Citation


def quote_field(label) -> forms.CharField:
    widget = forms.Textarea({"class": "vLargeTextField", "rows": 2, "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget)


def located(text: str, copied: str, near: int = 0) -> tuple[int, str] | None:
    """(where, the very words); None where nothing was copied. Raises ValidationError."""
    if not copied.strip():
        return None
    span = find_quote(text, copied, near)
    if span is None:
        raise ValidationError(_("The article does not say this word for word."))
    start, end = span
    if end - start > Citation.MAX_QUOTE:
        raise ValidationError(_("A quote has 1 to 300 characters."))
    return start, text[start:end]
