"""What was not recognised: the editor copies its sentence from the text."""

from django.utils.translation import gettext_lazy as _

from opportunities.choices import Fact
from opportunities.drafting import Action
from opportunities.drafting.passages import Basis

from .offer_forms import OfferForm, Shared
from .quoting import quote_field


class HandForm(OfferForm):
    is_by_hand = True
    quote = quote_field(_("Sentence, copied from the text"))

    def __init__(self, shared: Shared, prefix: str, data=None):
        initial = {"action": Action.DRAFT, "speaker_role": "outlet", "language": shared.language}
        super().__init__(shared, prefix, data, initial=initial)

    def clean(self) -> dict:
        data = super().clean()
        if self.has_changed() and not data.get("quote") and "quote" not in self.errors:
            self.add_error("quote", _("Copy the sentence it rests on."))
        if data.get("quote") and not data.get("kind") and data.get("action") == Action.DRAFT:
            self.add_error("kind", _("Choose a kind."))
        return data

    def words_read(self) -> tuple:
        kind = self.cleaned_data["kind"]
        start, quote = self.cleaned_data["quote"]
        bases = [Basis(Fact.EXISTENCE, start, quote), Basis(Fact.KIND, start, quote, kind)]
        return kind, start, quote, bases
