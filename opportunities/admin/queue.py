"""Articles that came by themselves: what to read first, and why."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opportunities.choices import Kind
from opportunities.drafting import STANDINGS
from partnerships.models import Article, Grouping, QueuedArticle
from partnerships.names import language_name, territory_name

from .obtaining import read_address
from .rights import has_right
from .verbs import Verb, VerbAdmin

MOST_COUNTRIES = 8

DISMISS = Verb(
    name="dismiss",
    label=gettext_lazy("Not for us"),
    done=ngettext_lazy("%(count)d put aside.", "%(count)d put aside.", "count"),
    perform=QueuedArticle.dismiss,
    right="publish",
    fits=lambda item: item.dismissed_at is None,
)
PUT_BACK = Verb(
    name="put-back",
    label=gettext_lazy("Back to those that wait"),
    done=ngettext_lazy("%(count)d wait again.", "%(count)d wait again.", "count"),
    perform=QueuedArticle.put_back,
    right="publish",
    fits=lambda item: item.dismissed_at is not None,
)


class QueueState(admin.SimpleListFilter):
    """Those that wait, unless something else is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("read", _("something rests on it")),
            ("dismissed", _("not for us")),
            ("all", _("all")),
        ]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("to read")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "dismissed":
            return queryset.exclude(dismissed_at=None)
        if self.value() == "read":
            return queryset.cited()
        return queryset.waiting()


class LanguageFilter(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        used = QueuedArticle.objects.order_by("language").values_list("language", flat=True)
        return sorted(
            ((tag or "-", language_words(tag)) for tag in used.distinct()), key=lambda c: c[1]
        )

    def queryset(self, request, queryset):
        tag = self.value()
        return queryset.filter(language="" if tag == "-" else tag) if tag else queryset


class Queue(ChangeList):
    """Names of groupings are asked for once a page."""

    def get_results(self, request) -> None:
        super().get_results(request)
        named = {slug for item in self.result_list for slug in item.groupings}
        groupings = {g.slug: g.name for g in Grouping.objects.filter(slug__in=named)}
        for item in self.result_list:
            item.grouping_names = [groupings.get(slug, slug) for slug in item.groupings]


@admin.register(QueuedArticle)
class QueuedArticleAdmin(VerbAdmin):
    verbs = (DISMISS, PUT_BACK)
    list_display = ["title", "weight", "where", "in_language", "day"]
    list_display_links = None
    list_filter = [QueueState, LanguageFilter, ("outlet", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["article__outlet", "article__origin", "outlet"]
    list_per_page = 50
    search_fields = ["article__title", "article__address"]
    fields = readonly_fields = [
        "article", "weight", "where", "in_language", "source", "queued_at", "dismissed_at", "dismissed_by",
    ]  # fmt: skip

    # --- Who may: it has no permissions of its own, an article's are asked for

    def has_view_permission(self, request, obj=None) -> bool:
        return has_right(request.user, "view", Article)

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """With its article; alone it is put aside instead."""
        return has_right(request.user, "delete", Article)

    def may(self, request, verb: Verb, item=None) -> bool:
        return has_right(request.user, "remove", Article)

    def get_actions(self, request) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_changelist(self, request, **kwargs):
        return Queue

    # --- What the list says

    @admin.display(description=gettext_lazy("title"), ordering="article__title")
    def title(self, item) -> str:
        """Leads to where it is read; whose it is stands below."""
        return format_html(
            '<a href="{}" lang="{}" dir="auto">{}</a><br><small>{}</small>',
            read_address(item.article),
            item.article.language or item.language,
            item,
            self.source(item),
        )

    @admin.display(description=gettext_lazy("score, and why"), ordering="score")
    def weight(self, item) -> str:
        return format_html("<b>{}</b> {}", item.score, " · ".join(reasons(item)))

    @admin.display(description=gettext_lazy("countries"))
    def where(self, item) -> str:
        """Partners first, in bold."""
        others = [code for code in item.countries if code not in item.partners]
        shown = [(code, True) for code in item.partners] + [(code, False) for code in others]
        names = format_html_join(
            ", ",
            "{}",
            (
                (format_html("<b>{}</b>" if is_partner else "{}", territory_name(code)),)
                for code, is_partner in shown[:MOST_COUNTRIES]
            ),
        )
        left = len(shown) - MOST_COUNTRIES
        return format_html("{} +{}", names, left) if left > 0 else names or "–"

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def in_language(self, item) -> str:
        return language_words(item.language)

    @admin.display(description=gettext_lazy("outlet"))
    def source(self, item) -> str:
        """Its own outlet where we know it, who listed it where that is another, what it reprints."""
        article = item.article
        names = filter(None, [article.outlet or article.host, item.outlet])
        parts = [format_html("<bdi>{}</bdi>", name) for name in dict.fromkeys(map(str, names))]
        if article.origin:
            parts.append(_("reprint of “%(title)s”") % {"title": article.origin})
        return format_html_join(" · ", "{}", ((part,) for part in parts)) or "–"

    @admin.display(description=gettext_lazy("date"), ordering="article__published_on")
    def day(self, item) -> str:
        on = item.article.published_on
        return date_format(on, "SHORT_DATE_FORMAT") if on else _("not stated")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"title": _("What came by itself"), **(extra_context or {})}
        )


def language_words(tag: str) -> str:
    return language_name(tag) if tag else _("not recognised")


def reasons(item: QueuedArticle) -> list[str]:
    """Why its score is what it is, as `weighing` counts it."""
    found = []
    if len(item.partners) > 1:
        partners = "–".join(map(territory_name, item.partners))
        found.append(_("%(countries)s work together") % {"countries": partners})
    elif item.partners:
        found.append(_("about %(country)s") % {"country": territory_name(item.partners[0])})
    found += getattr(item, "grouping_names", item.groupings)
    found += [
        _("%(kind)s (%(standing)s)")
        % {
            "kind": dict(Kind.choices).get(kind, kind),
            "standing": STANDINGS.get(standing, standing),
        }
        for kind, standing in item.offers
    ]
    return found or [_("nothing recognised")]
