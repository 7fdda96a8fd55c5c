"""Articles and organisations: what public things rest on, so their edits are recorded there."""

from itertools import chain

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from opportunities import editorial
from opportunities.models import Opportunity, OpportunityChange
from partnerships.address_words import free_address
from partnerships.models import (
    Article,
    Organisation,
    OrganisationDomain,
    Partnership,
    PartnershipChange,
    Reference,
)

from .rights import has_right, is_own_and_unused
from .saving import STANDING, DeskAdmin, DeskInline
from .verbs import REMOVE


class SourceAdmin(DeskAdmin):
    def revision(self, request, form):
        reason = form.cleaned_data["reason"]
        return editorial.revise_source(form.instance, by=request.user, reason=reason)

    def readers_see(self, item) -> bool:
        return any(True for _item in editorial.items_resting_on(item))

    def naming(self, item) -> list:
        """Every opportunity and partnership that names it, public or not."""
        raise NotImplementedError

    @admin.display(description=_("what rests on it"))
    def resting(self, item) -> str:
        rows = self.naming(item) if item.pk else []
        return (
            format_html_join(", ", "{}", ((linked(self.admin_site, row),) for row in rows)) or "–"
        )

    def get_deleted_objects(self, objs, request):
        """What rests on it is named once, by its own title."""
        *found, protected = super().get_deleted_objects(objs, request)
        naming = {
            row: linked(self.admin_site, row) for source in objs for row in self.naming(source)
        }
        return *found, list(naming.values()) or protected


def linked(site: admin.AdminSite, row) -> str:
    address = reverse(
        f"{site.name}:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]
    )
    return format_html('<a href="{}">{}</a>', address, row)


class ReferenceInline(DeskInline, admin.StackedInline):
    model = Reference
    fk_name = "article"
    fields = [("title", "publisher"), "address", "target"]
    autocomplete_fields = ["target"]


@admin.register(Article)
class ArticleAdmin(SourceAdmin):
    verbs = (REMOVE,)
    inlines = [ReferenceInline]
    autocomplete_fields = ["outlet"]
    readonly_fields = (
        "host", "creator", "created_at", "is_example", "removed_on", "removed_because", "resting",
    )  # fmt: skip
    fieldsets = [
        (None, {"fields": ["nature", "title", "outlet", "address", ("language", "author")]}),
        (None, {"fields": [("published_on", "received_on"), "slug"]}),
        (_("Stored copy"), {"fields": ["text"], "classes": ["collapse"]}),
        (
            STANDING,
            {
                "fields": [
                    "resting",
                    ("host", "is_example"),
                    ("creator", "created_at"),
                    ("removed_on", "removed_because"),
                ]
            },
        ),
    ]
    list_display = [
        "__str__",
        "nature",
        "outlet",
        "language",
        "published_on",
        "received_on",
        "removed_on",
    ]
    list_filter = [
        "nature",
        ("outlet__grade", admin.ChoicesFieldListFilter),
        "language",
        ("removed_on", admin.EmptyFieldListFilter),
        "is_example",
    ]
    list_select_related = ["outlet"]
    search_fields = ["title", "slug", "address", "author", "outlet__name"]
    date_hierarchy = "received_on"

    def has_change_permission(self, request, obj=None) -> bool:
        """A contributor's own, until something beyond that person's drafts rests on it."""
        if not super().has_change_permission(request, obj):
            return False
        return (
            obj is None
            or has_right(request.user, "remove", Article)
            or is_own_and_unused(obj, request.user)
        )

    def complete(self, request, form, formsets) -> None:
        article = form.instance
        article.created_by = article.created_by if article.pk else request.user
        article.slug = article.slug or free_address(Article, article.title, "article")

    def view_on_site(self, article) -> str | None:
        """Of the row as saved: `article` may carry an address word the form has just refused."""
        saved = Article.objects.visible().filter(pk=article.pk).first()
        return reverse("opportunities:article", args=[saved.slug]) if saved else None

    def naming(self, item) -> list:
        return [
            *Opportunity.objects.filter(citations__article=item).distinct(),
            *Partnership.objects.filter(citations__article=item).distinct(),
        ]

    def changes_of(self, item):
        lines = chain(
            OpportunityChange.objects.filter(article=item).select_related("by", "opportunity"),
            PartnershipChange.objects.filter(article=item).select_related("by", "partnership"),
        )
        return sorted(lines, key=lambda line: line.at, reverse=True)


class DomainInline(DeskInline, admin.TabularInline):
    model = OrganisationDomain
    fields = ["domain"]

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return 0 if obj else 1


@admin.register(Organisation)
class OrganisationAdmin(SourceAdmin):
    inlines = [DomainInline]
    autocomplete_fields = ["country"]
    readonly_fields = ("is_example", "resting")
    fieldsets = [
        (None, {"fields": ["name", "country"]}),
        (STANDING, {"fields": ["resting", "is_example"]}),
    ]
    list_display = ["name", "country", "is_example"]
    list_filter = ["is_example"]
    list_select_related = ["country"]
    search_fields = ["name", "domains__domain"]

    def naming(self, item) -> list:
        return list(Opportunity.objects.filter(Q(provider=item) | Q(host=item)))

    def changes_of(self, item):
        return (
            OpportunityChange.objects.filter(fact="organisation")
            .filter(Q(opportunity__provider=item) | Q(opportunity__host=item))
            .select_related("by", "article", "opportunity")
        )
