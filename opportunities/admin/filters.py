"""List filters that ask what no column stores."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opportunities import needs
from opportunities.choices import Stage
from opportunities.models import Opportunity
from partnerships.models import Country
from partnerships.names import sort_key


class StageFilter(admin.SimpleListFilter):
    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return Stage.choices

    def queryset(self, request, queryset):
        return queryset.filter(stage=self.value()) if self.value() else queryset


class Need(admin.SimpleListFilter):
    title = _("what it needs")
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [(name, need.label) for name, need in needs.OF_THE_PUBLISHED.items()]

    def queryset(self, request, queryset):
        need = needs.OF_THE_PUBLISHED.get(self.value())
        return queryset.visible().filter(need.rows(timezone.now())) if need else queryset


class ListedCountry(admin.SimpleListFilter):
    """Countries something takes place in, by name in the editor's language."""

    title = _("takes place in")
    parameter_name = "place"

    def lookups(self, request, model_admin):
        used = Country.objects.filter(pk__in=Opportunity.places.through.objects.values("country"))
        return sorted(((c.pk, c.name) for c in used), key=lambda choice: sort_key(choice[1]))

    def queryset(self, request, queryset):
        return queryset.filter(places=self.value()) if self.value() else queryset
