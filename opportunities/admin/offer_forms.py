"""What becomes of each offer: read from the article, or marked by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Application, Audience, Kind
from opportunities.drafting import Action, OfferDecision, Proposal, ProposedOffer
from opportunities.drafting.passages import Basis
from opportunities.models import Opportunity
from partnerships.models import Article, Citation, EditorialStatus, Sector
from partnerships.validators import validate_language, validate_plain_text

from .article_forms import DayInput
from .partnership_form import ProblemForm
from .quoting import located, quote_field

LONG = {"class": "vLargeTextField"}


@dataclass
class Shared:
    """What the rows of one page have in common, asked for once."""

    proposal: Proposal
    may_change: Callable[[object], bool]

    @property
    def article(self) -> Article:
        return self.proposal.article

    @property
    def language(self) -> str:
        return self.proposal.language or "en"

    @property
    def provider(self):
        """Whose official page it is, where it is a call."""
        is_call = self.article.nature == Article.Nature.CALL
        return self.proposal.owners[0] if is_call and self.proposal.owners else None

    @cached_property
    def sectors(self) -> dict[str, Sector]:
        return {sector.slug: sector for sector in Sector.objects.select_related("parent")}

    @cached_property
    def sector_choices(self) -> list[tuple[str, str]]:
        def path(sector: Sector) -> tuple:
            return (sector.parent or sector).position, bool(sector.parent), sector.position

        ordered = sorted(self.sectors.values(), key=path)
        return [("", "–")] + [
            (sector.slug, f"– {sector.name}" if sector.parent else sector.name)
            for sector in ordered
        ]


def opportunity_label(opportunity: Opportunity) -> str:
    return f"{opportunity} ({opportunity.get_status_display()})"


class TargetField(forms.ChoiceField):
    """What it offered may be gone by now; `OfferForm.target` says so, where it matters."""

    def valid_value(self, value: str) -> bool:
        return True


class OfferForm(ProblemForm):
    """One offer, as it was read and as the editor wants it."""

    action = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    into = TargetField(label=_("Add it to"), required=False)
    into_slug = forms.CharField(
        label=_("Another, by its address word"), required=False, max_length=120
    )
    quote = quote_field(_("Quote"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "–"), *Kind.choices])
    title = forms.CharField(
        label=_("Title"),
        required=False,
        widget=forms.TextInput({"class": "vTextField", "dir": "auto"}),
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea({**LONG, "rows": 3, "dir": "auto"}),
    )
    sector_1 = forms.ChoiceField(label=_("Sectors"), required=False)
    sector_2 = forms.ChoiceField(label=_("Second sector"), required=False)
    sector_3 = forms.ChoiceField(label=_("Third sector"), required=False)
    audiences = forms.MultipleChoiceField(
        label=_("For"),
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    places_available = forms.IntegerField(
        label=_("Places available"), required=False, min_value=1, max_value=2**31 - 1
    )
    deadline = forms.DateField(label=_("Deadline"), required=False, widget=DayInput)
    language = forms.CharField(
        label=_("Language of title and summary"),
        required=False,
        max_length=12,
        validators=[validate_language],
    )
    speaker_role = forms.ChoiceField(label=_("Said by"), choices=Citation.Speaker.choices)
    speaker_name = forms.CharField(
        label=_("Name and office"), required=False, max_length=200, validators=[validate_plain_text]
    )
    is_call = forms.BooleanField(label=_("This is the official call"), required=False)
    official_page = forms.URLField(
        label=_("Official page"), required=False, max_length=2000, assume_scheme="https"
    )
    application = forms.ChoiceField(
        label=_("Application"), required=False, choices=[("", "–"), *Application.choices]
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    FOLDED = (
        "quote", "audiences", "places_available", "deadline", "speaker_role", "speaker_name",
        "language",
    )  # fmt: skip
    CALLING = ("is_call", "official_page", "application")
    proposed: ProposedOffer | None = None
    is_by_hand = False

    def __init__(self, shared: "Shared", prefix: str, data=None, **options):
        super().__init__(data, prefix=prefix, **options)
        self.shared = shared
        for name in ("sector_1", "sector_2", "sector_3"):
            self.fields[name].choices = shared.sector_choices
        self.fields["into"].choices = [
            ("", "–"), *((str(o.pk), opportunity_label(o)) for o in self.targets()),
        ]  # fmt: skip
        self.fields["action"].choices = self.actions()
        if not shared.provider:
            for name in self.CALLING:
                del self.fields[name]

    @property
    def key(self) -> str:
        return self.prefix

    @property
    def has_folded_errors(self) -> bool:
        return self.is_bound and any(name in self.errors for name in self.FOLDED)

    @property
    def folded_values(self) -> str:
        """What was read and stands folded away, in a few words."""
        audiences = self["audiences"].value() or ()
        said = [
            self["places_available"].value(),
            self["deadline"].value(),
            *(Audience(a).label for a in audiences if a in Audience.values),
            self["speaker_name"].value(),
        ]
        return " · ".join(str(value) for value in said if value)

    def targets(self) -> Sequence[Opportunity]:
        return ()

    def actions(self) -> list:
        return [
            (Action.DRAFT, _("A new draft")),
            (Action.MERGE, _("Add to another")),
            (Action.DISCARD, _("Leave it out")),
        ]

    def clean_quote(self) -> tuple[int, str] | None:
        offer = self.proposed.offer if self.proposed else None
        near, read = (offer.start, offer.quote) if offer else (0, "")
        return located(self.shared.article.text, self.cleaned_data["quote"], near, read)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("action") == Action.MERGE:
            data["target"] = self.target(data)
        if data.get("speaker_role") != Citation.Speaker.OUTLET and not data.get("speaker_name"):
            self.add_error("speaker_name", _("Name who says it, or choose the press."))
        return data

    def target(self, data: dict) -> Opportunity | None:
        slug = data.get("into_slug")
        if slug:
            found = Opportunity.objects.filter(slug=slug).first()
            field = "into_slug"
        else:
            found = next((o for o in self.targets() if str(o.pk) == data.get("into")), None)
            field = "into" if self.targets() or data.get("into") else "into_slug"
        if found is None and field == "into" and data["into"]:
            self.add_error(field, _("What was chosen here is no longer offered; choose again."))
        elif found is None:
            self.add_error(field, _("Choose what it is to be added to."))
        elif found.status == EditorialStatus.WITHDRAWN:
            self.add_error(field, _("This one was withdrawn; nothing can be added to it."))
        elif not self.shared.may_change(found):
            self.add_error(field, _("You may not change this one."))
            return None
        return found

    # --- What was decided

    def words_read(self) -> tuple[str, int, str, Sequence[Basis]]:
        """(kind as read, where, the quote, what each fact rests on)"""
        raise NotImplementedError

    def decision(self) -> OfferDecision:
        data = self.cleaned_data
        read_kind, start, quote, bases = self.words_read()
        slugs = [data[f"sector_{n}"] for n in (1, 2, 3)]
        is_press = data["speaker_role"] == Citation.Speaker.OUTLET
        provider = self.shared.provider if data.get("is_call") else None
        return OfferDecision(
            key=self.key,
            action=Action(data["action"]),
            read_kind=read_kind,
            start=start,
            quote=quote,
            shown=data["quote"],
            kind=data["kind"],
            title=data["title"],
            summary=data["summary"],
            language=data["language"] or "en",
            sectors=[self.shared.sectors[slug] for slug in dict.fromkeys(slugs) if slug],
            audiences=data["audiences"],
            places_available=data["places_available"],
            deadline=data["deadline"],
            host=self.proposed.host if self.proposed else None,
            speaker_role=data["speaker_role"],
            speaker_name="" if is_press else data["speaker_name"],
            into=data.get("target"),
            is_cancelled=bool(self.proposed and self.proposed.is_cancelled),
            provider=provider,
            official_page=data["official_page"] if provider else "",
            application=data["application"] if provider else "",
            bases=bases,
            is_by_hand=self.is_by_hand,
        )
