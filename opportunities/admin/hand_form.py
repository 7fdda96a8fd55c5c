"""What was not recognised: the editor copies its sentence from the text."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Fact
from opportunities.drafting import Action
from opportunities.drafting.passages import Basis, find_quote
from partnerships.models import Citation

from .offer_forms import LONG, OfferForm, Shared


class HandForm(OfferForm):
    quote = forms.CharField(
        label=_("Sentence, copied from the text"),
        required=False,
        widget=forms.Textarea({**LONG, "rows": 2, "dir": "auto"}),
    )

    def __init__(self, shared: "Shared", prefix: str, data=None):
        initial = {"action": Action.DRAFT, "speaker_role": "outlet", "language": shared.language}
        super().__init__(shared, prefix, data, initial=initial)
        self.order_fields(["quote"])
        self.span: tuple[int, int] | None = None

    def clean_quote(self) -> str:
        copied = self.cleaned_data["quote"]
        text = self.shared.article.text
        self.span = find_quote(text, copied)
        if copied.strip() and not self.span:
            raise ValidationError(_("The article does not say this word for word."))
        quote = text[slice(*self.span)] if self.span else ""
        if len(quote) > Citation.MAX_QUOTE:
            raise ValidationError(_("A quote has 1 to 300 characters."))
        return quote

    def clean(self) -> dict:
        data = super().clean()
        if self.has_changed() and not data.get("quote") and "quote" not in self.errors:
            self.add_error("quote", _("Copy the sentence it rests on."))
        if data.get("quote") and not data.get("kind") and data.get("action") == Action.DRAFT:
            self.add_error("kind", _("Choose a kind."))
        return data

    def words_read(self) -> tuple:
        data = self.cleaned_data
        bases = [
            Basis(Fact.EXISTENCE, self.span[0], data["quote"]),
            Basis(Fact.KIND, self.span[0], data["quote"], data["kind"]),
        ]
        return data["kind"], self.span[0], data["quote"], bases
