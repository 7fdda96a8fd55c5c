"""The reference tables; outlets are in `outlets_admin`. What decides a stage is edited in `opportunities.admin`."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.models import (
    REFERENCE,
    Country,
    Grouping,
    Membership,
    Region,
    Sector,
    Version,
)
from partnerships.names import sort_key
from partnerships.validators import validate_language


class NamesField(forms.CharField):
    """A dict of words by language, written one a line: `fr: Chine et Kazakhstan`."""

    widget = forms.Textarea

    def __init__(self, *args, encoder=None, decoder=None, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or _("One a line, as in “fr: Énergie”.")
        super().__init__(*args, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, dict):
            return "\n".join(f"{language}: {name}" for language, name in value.items())
        return value

    def to_python(self, value) -> dict[str, str]:
        lines = filter(None, map(str.strip, super().to_python(value).splitlines()))
        return dict(map(self.parsed, lines))

    def parsed(self, line: str) -> tuple[str, str]:
        language, colon, name = map(str.strip, line.partition(":"))
        if not (language and colon and name):
            raise ValidationError(
                _("“%(line)s” is no language, colon and name, as in “fr: Énergie”.")
                % {"line": line}
            )
        if language not in settings.ALL_LANGUAGES:
            validate_language(language)
        return language, name

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial or "") != (data or "").replace("\r\n", "\n").strip()


class NamesByLanguage:
    formfield_overrides = {
        models.JSONField: {
            "form_class": NamesField,
            "widget": forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
        }
    }


class FoundByName:
    """Names are CLDR's or stand in JSON, so a search matches them here: the tables are small."""

    search_fields = ["pk"]  # what is searched is below; Django asks for some field to show the box

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(pk__in=self.found(queryset, search_term)), False

    @staticmethod
    def found(rows, search_term: str) -> list:
        """Keys of the rows with every word in one of their names or codes."""
        wanted = sort_key(search_term).split()
        return [
            row.pk for row in rows if all(word in sort_key(searched_text(row)) for word in wanted)
        ]


def searched_text(row) -> str:
    codes = [row.pk, getattr(row, "iso3", ""), getattr(row, "abbreviation", "")]
    names = [row.name, getattr(row, "slug", ""), *getattr(row, "names", {}).values()]
    return " ".join(map(str, codes + names))


class ProtectsItsUsers:
    """What something names through a link table is not deleted from under it."""

    def users_of(self, row) -> list:
        """Rows of any model that hold this one in a many-to-many field."""
        held_by = [
            relation
            for relation in row._meta.get_fields(include_hidden=True)
            if relation.auto_created and relation.many_to_many
        ]
        return [
            user
            for relation in held_by
            for user in relation.related_model._base_manager.filter(**{relation.field.name: row})
        ]

    def get_deleted_objects(self, objs, request):
        *found, protected = super().get_deleted_objects(objs, request)
        users = {user for row in objs for user in self.users_of(row)}
        named = [format_html("{}: {}", user._meta.verbose_name, user) for user in users]
        return *found, [*protected, *named]


class TellsWorkers:
    """What is edited here is kept in memory by every worker: each hears that it moved."""

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        Version.objects.bump(REFERENCE)

    def delete_model(self, request, obj) -> None:
        super().delete_model(request, obj)
        Version.objects.bump(REFERENCE)

    def delete_queryset(self, request, queryset) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            Version.objects.bump(REFERENCE)


class ReferenceAdmin(
    TellsWorkers, NamesByLanguage, FoundByName, ProtectsItsUsers, admin.ModelAdmin
):
    """A table others name by `fixed`: its code or address word stays once it is there."""

    fixed = "slug"

    def get_readonly_fields(self, request, obj=None):
        return [self.fixed] if obj else []


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    fixed = "code"
    fields = ["code", "parent"]
    list_display = ["name", "code", "parent"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    fixed = "iso2"
    fields = ["iso2", "iso3", "numeric", "region"]
    list_display = ["name", "iso2", "iso3", "numeric", "region"]
    list_filter = [("region", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["region"]
    autocomplete_fields = ["region"]


class MembershipInline(admin.TabularInline):
    model = Membership
    fields = ["country", "status", "since", "until", "is_verified", "source", "read_on"]
    autocomplete_fields = ["country"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country", "grouping")


@admin.register(Grouping)
class GroupingAdmin(ReferenceAdmin):
    fields = [
        "slug", "kind", "abbreviation", "names", "definitions", "website", "source", "read_on",
    ]  # fmt: skip
    inlines = [MembershipInline]
    list_display = ["name", "abbreviation", "kind", "read_on"]
    list_filter = ["kind"]


@admin.register(Sector)
class SectorAdmin(ReferenceAdmin):
    fields = ["slug", "parent", "position", "names"]
    list_display = ["name", "slug", "parent", "position"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
