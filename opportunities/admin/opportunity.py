from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from opportunities import stages
from opportunities.choices import Stage
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from opportunities.preview import preview_url

from .filters import ListedCountry, Need, StageFilter
from .forms import CitationFormSet, OpportunityForm, WordsForm, WordsFormSet
from .publishable import STANDING_FIELDS, PublishableAdmin
from .reading import ReadsArticles
from .saving import STANDING, DeskInline


class WordsInline(DeskInline, admin.StackedInline):
    model = Words
    form = WordsForm
    formset = WordsFormSet
    fields = [("language", "origin"), "title", "summary", "text"]
    answers_for = frozenset({"words", "title", "summary"})
    comes_first = True

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return 0 if obj else 1

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "summary":
            kwargs["widget"] = forms.Textarea({"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class CitationInline(DeskInline, admin.StackedInline):
    model = OpportunityCitation
    formset = CitationFormSet
    autocomplete_fields = ["article"]
    answers_for = frozenset({"citations"})
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("fact", "article"),
                    "quote",
                    ("speaker_role", "speaker_name"),
                    ("deadline", "rule"),
                ],
            },
        ),
        (
            _("Place in the text, other values, disagreement"),
            {"fields": ["start", "value", "set_aside_because"], "classes": ["collapse"]},
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return 0 if obj else 1

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in {"quote", "set_aside_because"}:
            kwargs["widget"] = forms.Textarea({"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class DeadlineInline(DeskInline, admin.StackedInline):
    model = Deadline
    fields = [("on", "at", "zone"), ("channel", "for_whom"), "countries"]
    autocomplete_fields = ["countries"]
    answers_for = frozenset({"deadlines"})


class RuleInline(DeskInline, admin.StackedInline):
    model = EligibilityRule
    answers_for = frozenset({"rules"})
    autocomplete_fields = ["countries", "groupings"]
    fieldsets = [
        (None, {"fields": ["kind", "text"]}),
        (
            _("People’s countries"),
            {"fields": [("attribute", "mode"), "countries", "groupings"]},
        ),
        (
            _("Age"),
            {"fields": [("age_min", "age_max", "age_reference", "age_on")]},
        ),
        (
            _("Study and language"),
            {"fields": ["levels", "fields", ("language", "language_level")]},
        ),
    ]


class StagedList(ChangeList):
    """With the columns that only a list needs: each row's stage and its next deadline."""

    def get_queryset(self, request, exclude_parameters=None):
        if "stage" not in self.root_queryset.query.annotations:
            now = timezone.now()
            coming = Deadline.objects.filter(opportunity=OuterRef("pk"), closes_at__gt=now)
            self.root_queryset = self.root_queryset.with_stage(now).annotate(
                next_deadline_on=Subquery(coming.order_by("closes_at").values("on")[:1])
            )
        return super().get_queryset(request, exclude_parameters)


@admin.register(Opportunity)
class OpportunityAdmin(ReadsArticles, PublishableAdmin):
    form = OpportunityForm
    inlines = [WordsInline, CitationInline, DeadlineInline, RuleInline]
    autocomplete_fields = ["provider", "host", "partnerships", "groupings", "places", "sectors"]
    readonly_fields = (*PublishableAdmin.readonly_fields, "stage_shown")
    fieldsets = [
        (None, {"fields": [("kind", "slug"), "sectors", "partnerships"]}),
        (
            _("Who and where"),
            {"fields": ["provider", "host", "places", "groupings", "audiences", "levels"]},
        ),
        (
            _("How and when"),
            {
                "fields": [
                    ("application", "official_page"),
                    ("format", "languages"),
                    ("opens_on", "starts_on", "ends_on", "zone"),
                ]
            },
        ),
        (
            _("Money and places"),
            {
                "fields": [
                    ("funding", "places_available"),
                    "covers",
                    ("amount_min", "amount_max", "currency", "amount_period"),
                ]
            },
        ),
        (_("Checked"), {"fields": ["verified_on"]}),
        (STANDING, {"fields": [("stage_shown", "is_example"), *STANDING_FIELDS]}),
    ]
    list_display = [
        "title", "kind", "stage_shown", "status", "next_deadline", "versions", "checked",
    ]  # fmt: skip
    list_filter = [
        Need,
        "status",
        StageFilter,
        "kind",
        ("sectors", admin.RelatedOnlyFieldListFilter),
        ListedCountry,
        "is_example",
    ]
    search_fields = ["slug", "words__title", "words__summary"]
    search_help_text = _("Words of the title or summary in any language, or of the address")
    date_hierarchy = "created_at"
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("words")

    def get_changelist(self, request, **kwargs):
        return StagedList

    # --- Columns

    @admin.display(description=_("title"), ordering="slug")
    def title(self, item) -> str:
        return str(item)

    @admin.display(description=_("stage"), ordering="stage")
    def stage_shown(self, item) -> str:
        stage = getattr(item, "stage", None) or item.stage_at()
        return format_html('<span class="stage stage-{}">{}</span>', stage, Stage(stage).label)

    @admin.display(description=_("next deadline"), ordering="next_deadline_on")
    def next_deadline(self, item):
        return item.next_deadline_on

    @admin.display(description=_("languages"))
    def versions(self, item) -> str:
        return ", ".join(words.language for words in item.words.all())

    @admin.display(description=_("verified on"), ordering="verified_on")
    def checked(self, item):
        now = timezone.now()
        if not item.is_visible or not stages.is_stale(
            item.stage, item.application, item.verified_on, now
        ):
            return item.verified_on
        return format_html('<span class="due">{} {}</span>', item.verified_on or "", _("check due"))

    # --- The page

    def named(self, form, formsets) -> str:
        words = next(formset for formset in formsets if formset.model is Words)
        titles = {
            form.cleaned_data["language"]: form.cleaned_data["title"] for form in words.kept_forms()
        }
        return titles.get("en") or next(filter(None, titles.values()), "")

    def fallback(self, item) -> str:
        return item.kind or super().fallback(item)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["preview_url"] = preview_url(obj) if obj and not obj.is_visible else ""
        return super().render_change_form(request, context, add, change, form_url, obj)
