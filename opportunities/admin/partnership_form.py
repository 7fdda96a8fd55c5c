"""What becomes of the partnership that an article was read to document."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opportunities.drafting import NEW, NotDrafted, PartnershipDecision, ProposedPartnership
from opportunities.drafting.passages import Basis
from opportunities.editorial import Problems
from partnerships.models import Country, Grouping, Partnership, PartnershipCitation
from partnerships.names import sort_key

from .quoting import located, quote_field

Facts = PartnershipCitation.Fact
MOST_MENTIONED = 12
AT_FIELD = {"sectors": "sector_1", "deadlines": "deadline", "closes_at": "deadline"}


class ProblemForm(forms.Form):
    def show(self, problems: Problems) -> None:
        """What was refused, at its field or else above the row."""
        for key, messages in problems.items():
            field = AT_FIELD.get(key, key)
            self.add_error(field if field in self.fields else None, messages)

    def now_seen(self, name: str, value: str) -> None:
        """What the editor is told now is known to the form when it is sent again."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value


class OfferedField(forms.MultipleChoiceField):
    """What the partnership got meanwhile is no longer offered, and may still be sent."""

    default_error_messages = {
        "invalid_choice": _("What was chosen here is no longer offered; choose again.")
    }
    known = ()

    def valid_value(self, value: str) -> bool:
        return value in self.known


class PartnershipForm(ProblemForm):
    chosen = forms.ChoiceField(label=_("Partnership"), required=False)
    slug = forms.CharField(label=_("Another, by its address word"), required=False, max_length=120)
    quote = quote_field(_("Sentence that names the parties"))
    parties = forms.MultipleChoiceField(
        label=_("Parties of a new one"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_parties = forms.MultipleChoiceField(label=_("Other countries"), required=False)
    frameworks = OfferedField(
        label=_("Frameworks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = OfferedField(label=_("Sectors"), required=False, widget=forms.CheckboxSelectMultiple)

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, proposed: ProposedPartnership, text: str, data=None):
        existing = proposed.existing
        super().__init__(
            data,
            prefix=NotDrafted.PARTNERSHIP,
            initial={
                "chosen": existing.pk if existing else NEW if proposed.is_new else "",
                "seen": existing.pk if existing else "",
                "quote": proposed.parties_quote,
                "parties": [party_value(country) for country in proposed.parties],
                "frameworks": [g.slug for g in proposed.frameworks if proposed.is_new],
                "sectors": [s.slug for s in proposed.sectors if proposed.is_new],
            },
        )
        self.proposed = proposed
        self.text = text
        has = {*existing.frameworks.all(), *existing.sectors.all()} if existing else set()
        named = [*proposed.sectors, *proposed.other_sectors]
        self.sectors = {sector.slug: sector for sector in named}
        self.groupings = {g.slug: g for g in proposed.groupings}
        self.countries = {country.pk: country for country in Country.objects.all()}
        named = [*proposed.parties, *proposed.mentioned[:MOST_MENTIONED], *proposed.groupings]
        self.fields["chosen"].choices = [
            (NEW, _("A new one")),
            *((p.pk, partnership_label(p)) for p in proposed.likely),
            ("", _("None")),
        ]
        self.fields["parties"].choices = [(party_value(party), party.name) for party in named]
        self.fields["more_parties"].choices = sorted(
            ((pk, country.name) for pk, country in self.countries.items()),
            key=lambda choice: sort_key(choice[1]),
        )
        self.fields["frameworks"].choices = [
            (slug, g.name) for slug, g in self.groupings.items() if g not in has
        ]
        self.fields["sectors"].choices = [
            (slug, s.name) for slug, s in self.sectors.items() if s not in has
        ]

        self.fields["frameworks"].known = self.groupings
        self.fields["sectors"].known = self.sectors

    def clean_quote(self) -> tuple[int, str] | None:
        return located(self.text, self.cleaned_data["quote"], read=self.proposed.parties_quote)

    def clean_slug(self) -> Partnership | None:
        slug = self.cleaned_data["slug"]
        found = Partnership.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise ValidationError(_("No partnership has this address word."))
        return found

    def party(self, value: str) -> Country | Grouping:
        kind, _colon, code = value.partition(":")
        return self.countries[code] if kind == "country" else self.groupings[code]

    def decision(self) -> PartnershipDecision:
        data = self.cleaned_data
        likely = {str(p.pk): p for p in self.proposed.likely}
        parties = [self.party(value) for value in data["parties"]]
        parties += [self.countries[code] for code in data["more_parties"]]
        return PartnershipDecision(
            chosen=data["slug"] or likely.get(data["chosen"]) or data["chosen"] or None,
            parties=list(dict.fromkeys(parties)),
            frameworks=[self.groupings[slug] for slug in data["frameworks"]],
            sectors=[self.sectors[slug] for slug in data["sectors"]],
            bases=self.bases(),
            unseen=self.unseen(),
        )

    def unseen(self) -> Partnership | None:
        existing = self.proposed.existing
        if existing is None or self.cleaned_data["seen"] == str(existing.pk):
            return None
        self.now_seen("seen", str(existing.pk))
        return existing

    def bases(self) -> list[Basis]:
        """As they were read, the sentence that names the parties as the editor has it."""
        others = [basis for basis in self.proposed.bases if basis.fact != Facts.PARTIES]
        quote = self.cleaned_data["quote"]
        return [Basis(Facts.PARTIES, *quote), *others] if quote else others


def party_value(party: Country | Grouping) -> str:
    return f"country:{party.pk}" if isinstance(party, Country) else f"grouping:{party.slug}"


def partnership_label(partnership: Partnership) -> str:
    return f"{partnership.name} ({partnership.get_status_display()})"
