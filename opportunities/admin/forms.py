"""Forms that take what `editorial` refused and show it where it belongs."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Origin
from opportunities.editorial import Problems
from opportunities.models import OpportunityChange
from partnerships.models import Article
from partnerships.validators import validate_plain_text


def problems_in(refused: ValidationError | IntegrityError) -> Problems:
    """What was refused, by field."""
    if isinstance(refused, IntegrityError):
        return {
            NON_FIELD_ERRORS: [gettext("Two rows say the same, or somebody saved one just now.")]
        }
    if hasattr(refused, "error_dict"):
        return refused.message_dict
    return {NON_FIELD_ERRORS: refused.messages}


class ReasonForm(forms.Form):
    """Why something is taken from the public."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField", "autofocus": True}),
        help_text=_("Readers see the reason."),
        validators=[validate_plain_text],
    )


class DeskForm(forms.ModelForm):
    """A row's own fields, and why it changes where readers could see a difference.

    `problems` are what `editorial` refused when this very form was first saved.
    """

    problems: Problems = {}

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Readers see what changed and why."),
        validators=[validate_plain_text],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave empty to have it made from the title.")

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self.initial.get("slug", "")

    def clean(self) -> dict:
        super().clean()
        for key, messages in self.problems.items():
            self.add_error(key if key in self.fields else None, messages)
        return self.cleaned_data


class RestedForm(DeskForm):
    """Of what rests on articles: the change may rest on one too."""

    resting_on = forms.ModelChoiceField(
        Article.objects.all(),
        label=_("According to"),
        required=False,
        widget=AutocompleteSelect(OpportunityChange._meta.get_field("article"), admin.site),
        help_text=_("The article that says so, where one does."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()


class OpportunityForm(RestedForm):
    def clean_kind(self) -> str:
        """Said here for the field's sake: the database would refuse it without naming one."""
        kind = self.cleaned_data["kind"]
        if self.instance.was_published and not kind:
            raise ValidationError(_("Choose a kind."))
        return kind


class DeskFormSet(BaseInlineFormSet):
    """Rows that belong to one item, and what `editorial` refused about them."""

    problems: Problems = {}

    def clean(self) -> None:
        super().clean()
        if self.problems:
            raise ValidationError([m for messages in self.problems.values() for m in messages])

    def kept_forms(self) -> list[forms.ModelForm]:
        """Those that will be rows once this is saved."""
        return [
            form
            for form in self.forms
            if (form.instance.pk or form.has_changed())
            and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]


class WordsForm(forms.ModelForm):
    # Private in Django, which offers no other way: a constraint is left out of a form's checks only
    # where one of its fields is excluded, and here the field stays in the form.
    def _get_validation_exclusions(self) -> set[str]:
        """One original: a rule about all rows of the set, which checks it."""
        return super()._get_validation_exclusions() | {"origin"}


class WordsFormSet(DeskFormSet):
    def originals(self) -> list[forms.ModelForm]:
        return [f for f in self.kept_forms() if f["origin"].value() == Origin.ORIGINAL]

    def clean(self) -> None:
        """A missing title or summary is named at the original's own field."""
        originals = self.originals()
        if len(originals) > 1:
            originals[1].add_error(
                "origin", _("One version is the original; the others are translations.")
            )
        if originals:
            at_fields = {key: self.problems[key] for key in self.problems if key != "words"}
            for key, messages in at_fields.items():
                originals[0].add_error(key, messages)
            self.problems = {k: m for k, m in self.problems.items() if k not in at_fields}
        super().clean()

    def save(self, commit=True):
        """A former original steps down first: the database allows one at a time."""
        new = [form.instance.pk for form in self.originals()]
        self.instance.words.filter(origin=Origin.ORIGINAL).exclude(pk__in=filter(None, new)).update(
            origin=Origin.HUMAN
        )
        return super().save(commit)


class CitationFormSet(DeskFormSet):
    """A citation of a deadline or a rule can name only this opportunity's own."""

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for field, rows in (("deadline", "deadlines"), ("rule", "rules")):
            if field in form.fields:
                form.fields[field].queryset = self.own(rows)
                form.fields[field].help_text = _("Save a new one first; then it can be named here.")

    def own(self, rows: str):
        related = getattr(type(self.instance), rows).rel.related_model.objects
        return related.filter(opportunity=self.instance) if self.instance.pk else related.none()
