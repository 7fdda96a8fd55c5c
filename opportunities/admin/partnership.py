from django.contrib import admin
from django.db.models import Q

from opportunities.models import Opportunity
from partnerships.admin import FoundByName, NamesByLanguage, ProtectsItsUsers
from partnerships.models import (
    Country,
    Grouping,
    Partnership,
    PartnershipCitation,
    PartnershipParty,
)
from partnerships.names import in_language, territory_name

from .forms import RestedForm
from .opportunity import CitationInline as OpportunityCitationInline
from .publishable import STANDING_FIELDS, PublishableAdmin
from .saving import STANDING, DeskInline


class PartyInline(DeskInline, admin.TabularInline):
    model = PartnershipParty
    fields = ["country", "grouping"]
    autocomplete_fields = ["country", "grouping"]
    answers_for = frozenset({"parties"})

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return 0 if obj else 2


class CitationInline(OpportunityCitationInline):
    model = PartnershipCitation
    formset = DeskInline.formset
    fieldsets = [
        (None, {"fields": [("fact", "article"), "quote", ("speaker_role", "speaker_name")]}),
        OpportunityCitationInline.fieldsets[1],
    ]


@admin.register(Partnership)
class PartnershipAdmin(NamesByLanguage, ProtectsItsUsers, PublishableAdmin):
    form = RestedForm
    inlines = [PartyInline, CitationInline]
    autocomplete_fields = ["frameworks", "sectors"]
    fieldsets = [
        (None, {"fields": ["slug", "names"]}),
        (None, {"fields": [("standing", "since"), "frameworks", "sectors"]}),
        (STANDING, {"fields": ["is_example", *STANDING_FIELDS]}),
    ]
    list_display = ["name", "status", "standing", "since", "published_at"]
    list_filter = [
        "status",
        "standing",
        ("sectors", admin.RelatedOnlyFieldListFilter),
        ("frameworks", admin.RelatedOnlyFieldListFilter),
        "is_example",
    ]
    search_fields = ["slug"]
    date_hierarchy = "created_at"

    def get_queryset(self, request):
        return super().get_queryset(request).for_names()

    def get_search_results(self, request, queryset, search_term):
        """By its address, or by the name of a party or framework in the editor's language."""
        for word in search_term.split():
            countries = FoundByName.found(Country.objects.all(), word)
            groupings = FoundByName.found(Grouping.objects.all(), word)
            parties = PartnershipParty.objects.filter(
                Q(country__in=countries) | Q(grouping__in=groupings)
            )
            queryset = queryset.filter(
                Q(slug__icontains=word)
                | Q(pk__in=parties.values("partnership"))
                | Q(
                    pk__in=Partnership.frameworks.through.objects.filter(
                        grouping__in=groupings
                    ).values("partnership")
                )
            )
        return queryset, False

    def users_of(self, item) -> list:
        return list(Opportunity.objects.filter(partnerships=item).prefetch_related("words"))

    def named(self, form, formsets) -> str:
        """Its own name in English, or else its parties' names."""
        if names := form.cleaned_data["names"]:
            return in_language(names, "en")
        parties = next(formset for formset in formsets if formset.model is PartnershipParty)
        return " ".join(english_name(party.cleaned_data) for party in parties.kept_forms())


def english_name(party: dict) -> str:
    if country := party["country"]:
        return territory_name(country.pk, "en")
    return in_language(party["grouping"].names, "en") if party["grouping"] else ""
