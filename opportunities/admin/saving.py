"""Saving as one step under `editorial`, with every refusal shown at its field."""

from contextlib import AbstractContextManager

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from opportunities.editorial import Problems

from .forms import DeskForm, DeskFormSet, problems_in
from .rights import FollowsParent
from .verbs import VerbAdmin

STANDING = _("Where it stands")  # names the fields nobody edits; a row that is being added has none


def problems_of(request) -> Problems:
    """What `editorial` refused when this request was first tried."""
    return getattr(request, "desk_problems", {})


class DeskInline(FollowsParent):
    """An inline that shows the problems named in `answers_for`."""

    formset = DeskFormSet
    answers_for: frozenset[str] = frozenset()
    comes_first = False  # before the row's own fields
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        problems = problems_of(request)
        formset.problems = {key: problems[key] for key in problems if key in self.answers_for}
        return formset


class DeskAdmin(VerbAdmin):
    """Saves a row and what belongs to it together, so that one reason and one refusal cover both."""

    form = DeskForm
    change_form_template = "admin/desk_change_form.html"
    why_fields: tuple[str, ...] = ("reason",)

    # --- What a kind of row says for itself

    def revision(self, request, form) -> AbstractContextManager:
        """`editorial.revise…` of a row that exists."""
        raise NotImplementedError

    def readers_see(self, item) -> bool:
        """Whether readers could see a difference."""
        raise NotImplementedError

    def complete(self, request, form, formsets) -> None:
        """Fill in what the editor left to us, before anything is saved."""

    def changes_of(self, item):
        """Lines of the record of changes."""
        raise NotImplementedError

    # --- Saving

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What is refused is rolled back whole, and the same form comes back saying why."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, IntegrityError) as refused:
            request.desk_problems = problems_in(refused)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change) -> None:
        """Nothing yet: `save_related` saves the row and what belongs to it in one revision."""

    def save_related(self, request, form, formsets, change) -> None:
        self.complete(request, form, formsets)
        if change:
            with self.revision(request, form):
                self.save_whole(request, form, formsets, change)
        else:
            self.save_whole(request, form, formsets, change)
        self.perform_pressed(request, form.instance)

    def save_whole(self, request, form, formsets, change) -> None:
        super().save_model(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)

    # --- The form

    @admin.display(description=_("created by"))
    def creator(self, item) -> str:
        """A name, not a link: most may not open accounts."""
        return str(item.created_by or "–")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        problems = problems_of(request)
        elsewhere = {key for inline in self.inlines for key in inline.answers_for}
        form.problems = {key: problems[key] for key in problems if key not in elsewhere}
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None:
            fieldsets = [fieldset for fieldset in fieldsets if fieldset[0] != STANDING]
        if obj and self.has_change_permission(request, obj) and self.asks_why(request, obj):
            fieldsets.append(
                (_("Why this change"), {"fields": self.why_fields, "classes": ["why"]})
            )
        return fieldsets

    def asks_why(self, request, obj) -> bool:
        return "reason" in problems_of(request) or self.readers_see(obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {
            "verbs": self.offered(request, obj),
            "changes": self.changes_of(obj) if obj else [],
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)
