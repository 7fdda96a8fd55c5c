"""The two steps of “Read an article” as forms: where it is, and what an editor makes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Application, Audience, Fact, Kind
from opportunities.drafting import (
    NEW,
    Action,
    NotDrafted,
    OfferDecision,
    PartnershipDecision,
    Proposal,
    ProposedOffer,
    ProposedPartnership,
)
from opportunities.drafting.passages import Basis, find_quote
from opportunities.editorial import Problems
from opportunities.models import Opportunity
from opportunities.preview import preview_url
from opportunities.recognise import Standing
from partnerships.models import Article, Citation, Country, Grouping, Partnership, Sector
from partnerships.names import sort_key
from partnerships.validators import validate_language, validate_plain_text

MOST_MENTIONED = 12
BY_HAND = 2
"""Rows for what was not recognised."""
AT_FIELD = {"sectors": "sector_1", "deadlines": "deadline", "closes_at": "deadline"}
LONG = {"class": "vLargeTextField"}


class DayInput(forms.DateInput):
    """The browser's own, which needs no script and writes ISO days."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class SourceForm(forms.Form):
    """An address, a text or a file; with a text or a file, the address says where it stands."""

    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"class": "vURLField", "inputmode": "url", "autofocus": True}),
        help_text=_("We fetch it. With a text or a file below, we only note where it stands."),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        widget=forms.Textarea({**LONG, "rows": 8, "dir": "auto"}),
        help_text=_("The first line is taken for its title."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_(".txt or .html"))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("text") and data.get("file"):
            self.add_error("file", _("Give a text or a file, not both."))
        elif not self.errors and not any(data.get(name) for name in ("address", "text", "file")):
            self.add_error("address", _("Give an address, a text or a file."))
        return data

    @property
    def source(self) -> str:
        """The field that what is read comes from."""
        return next(name for name in ("text", "file", "address") if self.cleaned_data.get(name))


class ArticleForm(forms.ModelForm):
    """What decides how it is read and what it may be cited for."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        validators=[validate_plain_text],
        help_text=_("Where something public rests on it; readers see the reason."),
    )

    class Meta:
        model = Article
        fields = ["title", "nature", "outlet", "language", "published_on"]
        widgets = {"published_on": DayInput}


class ProblemForm(forms.Form):
    def show(self, problems: Problems) -> None:
        """What was refused, at its field or else above the row."""
        for key, messages in problems.items():
            field = AT_FIELD.get(key, key)
            self.add_error(field if field in self.fields else None, messages)


class PartnershipForm(ProblemForm):
    chosen = forms.ChoiceField(label=_("Partnership"), required=False)
    slug = forms.CharField(label=_("Another, by its address word"), required=False, max_length=120)
    parties = forms.MultipleChoiceField(
        label=_("Parties of a new one"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_parties = forms.MultipleChoiceField(label=_("Other countries"), required=False)
    frameworks = forms.MultipleChoiceField(
        label=_("Frameworks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, proposed: ProposedPartnership, data=None):
        existing = proposed.existing
        super().__init__(
            data,
            prefix=NotDrafted.PARTNERSHIP,
            initial={
                "chosen": existing.pk if existing else NEW if proposed.is_new else "",
                "parties": [party_value(country) for country in proposed.parties],
                "frameworks": [g.slug for g in proposed.frameworks if proposed.is_new],
                "sectors": [s.slug for s in proposed.sectors if proposed.is_new],
            },
        )
        self.proposed = proposed
        self.sectors = {s.slug: s for s in [*proposed.sectors, *proposed.other_sectors]}
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
        self.fields["frameworks"].choices = [(slug, g.name) for slug, g in self.groupings.items()]
        self.fields["sectors"].choices = [(slug, s.name) for slug, s in self.sectors.items()]

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
            bases=self.proposed.bases,
        )


def party_value(party: Country | Grouping) -> str:
    return f"country:{party.pk}" if isinstance(party, Country) else f"grouping:{party.slug}"


def partnership_label(partnership: Partnership) -> str:
    return f"{partnership.name} ({partnership.get_status_display()})"


def opportunity_label(opportunity: Opportunity) -> str:
    return f"{opportunity} ({opportunity.get_status_display()})"


class OfferForm(ProblemForm):
    """One offer, as it was read and as the editor wants it."""

    action = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    into = forms.ChoiceField(label=_("Add it to"), required=False)
    into_slug = forms.CharField(
        label=_("Another, by its address word"), required=False, max_length=120
    )
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

    FOLDED = (
        "audiences", "places_available", "deadline", "speaker_role", "speaker_name", "language",
    )  # fmt: skip
    CALLING = ("is_call", "official_page", "application")
    proposed: ProposedOffer | None = None

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
            field = "into"
        if found is None:
            self.add_error(field, _("Choose what it is to be added to."))
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
        )


class ReadOfferForm(OfferForm):
    def __init__(self, shared: "Shared", proposed: ProposedOffer, data=None):
        self.proposed = proposed
        self.shared = shared
        offer = proposed.offer
        slugs = [sector.slug for sector in proposed.sectors]
        targets = self.targets()
        action = proposed.action
        if action == Action.MERGE and not (targets and targets[0] == proposed.likely[0]):
            action = Action.DISCARD if proposed.is_cancelled else Action.DRAFT
        super().__init__(
            shared,
            proposed.key,
            data,
            initial={
                "action": action,
                "into": str(targets[0].pk) if targets else "",
                "kind": offer.kind,
                "title": proposed.title,
                "summary": proposed.summary,
                **{f"sector_{n}": slug for n, slug in enumerate(slugs, start=1)},
                "audiences": proposed.audiences,
                "places_available": offer.places_available,
                "deadline": offer.deadline,
                "language": proposed.language,
                "speaker_role": offer.speaker_role if offer.speaker_name else "outlet",
                "speaker_name": offer.speaker_name,
                "is_call": offer.standing == Standing.CALL,
                "official_page": shared.article.address,
                "application": Application.BY_DEADLINE if offer.deadline else "",
            },
        )

    def targets(self) -> Sequence[Opportunity]:
        return [o for o in self.proposed.likely if self.shared.may_change(o)]

    def actions(self) -> list:
        merge = _("Add to another, as further evidence")
        if self.proposed.is_cancelled:
            merge = _("Cancels another")
        return [
            (Action.DRAFT, _("A new draft")),
            (Action.MERGE, merge),
            (Action.DISCARD, _("Leave it out")),
        ]

    def words_read(self) -> tuple:
        offer = self.proposed.offer
        return offer.kind, offer.start, offer.quote, self.proposed.bases


class HandForm(OfferForm):
    """What was not recognised: the editor copies the sentence."""

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


class DoneForm(ProblemForm):
    """What was drafted from this article before; it is edited where it stands."""

    publish = forms.BooleanField(label=_("Publish it too"), required=False, initial=True)

    @property
    def preview_url(self) -> str:
        return preview_url(self.proposed.before.opportunity)


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


class ReadingForms:
    """Everything of the second step, read from one POST."""

    def __init__(self, proposal: Proposal, may_change, data=None):
        self.shared = Shared(proposal, may_change)
        self.proposal = proposal
        self.partnership = PartnershipForm(proposal.partnership, data)
        self.rows = [self.row(proposed, data) for proposed in proposal.offers]
        self.by_hand = [HandForm(self.shared, f"hand-{n}", data) for n in range(BY_HAND)]

    def row(self, proposed: ProposedOffer, data) -> "ReadOfferForm | DoneForm":
        if proposed.is_done:
            form = DoneForm(data, prefix=f"done-{proposed.before.opportunity_id}")
            form.proposed = proposed
            return form
        return ReadOfferForm(self.shared, proposed, data)

    @property
    def open_rows(self) -> list[ReadOfferForm]:
        return [row for row in self.rows if isinstance(row, ReadOfferForm)]

    @property
    def used_by_hand(self) -> list[HandForm]:
        return [form for form in self.by_hand if form.has_changed()]

    def all(self) -> Iterator[ProblemForm]:
        yield self.partnership
        yield from self.rows
        yield from self.by_hand

    def are_valid(self) -> bool:
        forms = [self.partnership, *self.rows, *self.used_by_hand]
        return all([form.is_valid() for form in forms])

    def decisions(self) -> list[OfferDecision]:
        return [form.decision() for form in [*self.open_rows, *self.used_by_hand]]

    def also_publish(self) -> list[Opportunity]:
        done = [row for row in self.rows if isinstance(row, DoneForm)]
        items = {
            row.proposed.before.opportunity_id: row.proposed.before.opportunity
            for row in done
            if row.cleaned_data["publish"]
        }
        return [o for o in items.values() if not o.was_published and self.shared.may_change(o)]

    def show(self, problems: dict[str, Problems]) -> None:
        for form in self.all():
            if form.prefix in problems:
                form.show(problems[form.prefix])

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.all() if form not in self.unused)

    @property
    def unused(self) -> list[HandForm]:
        return [form for form in self.by_hand if not form.has_changed()]
