"""Outlets, and where their news is followed: when it was read, what failed, when it is tried again."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.admin import TellsWorkers
from partnerships.ingestion.followable import addressed
from partnerships.ingestion.refusals import SENTENCES, Refused
from partnerships.models import FollowedAddress, FollowedEntry, Outlet

from .rights import FollowsParent


class FollowedForm(forms.ModelForm):
    def clean_address(self) -> str:
        """What reading would refuse before it asks anybody is refused here, where it is typed."""
        try:
            return addressed(self.cleaned_data["address"])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None

    def save(self, commit=True):
        if "address" in self.changed_data:
            self.instance.begin_anew()
        return super().save(commit)


class FollowedInline(FollowsParent, admin.TabularInline):
    model = FollowedAddress
    form = FollowedForm
    fields = ["address", "is_followed", "state", "entries"]
    readonly_fields = ["state", "entries"]
    extra = 1
    """For those who have no script to add one with."""

    def get_queryset(self, request):
        unread = Q(entries__article=None, entries__settled_at__isnull=False)
        failed = FollowedEntry.objects.filter(followed=OuterRef("pk")).exclude(failure_code="")
        last = failed.order_by("-pk")[:1]
        return (
            super()
            .get_queryset(request)
            .annotate(
                waiting=Count("entries", filter=Q(entries__settled_at=None)),
                read=Count("entries", filter=Q(entries__article__isnull=False)),
                unread=Count("entries", filter=unread),
                last_code=Subquery(last.values("failure_code")),
                last_values=Subquery(last.values("failure_values")),
            )
        )

    @admin.display(description=gettext_lazy("how it goes"))
    def state(self, followed) -> str:
        return state_of(followed)

    @admin.display(description=gettext_lazy("its articles"))
    def entries(self, followed) -> str:
        if not followed.pk:
            return "–"
        counts = _("%(read)d read, %(waiting)d wait, %(unread)d could not be read") % {
            name: getattr(followed, name) for name in ("read", "waiting", "unread")
        }
        if not followed.last_code:
            return counts
        why = _("Last failure: %(why)s") % {
            "why": sentence(followed.last_code, followed.last_values)
        }
        return format_html("{}<br>{}", counts, why)


def state_of(followed: FollowedAddress) -> str:
    if not followed.pk or not (followed.read_at or followed.failures):
        return _("not yet read")
    if not followed.failures:
        return _("read on %(when)s") % {"when": at(followed.read_at)}
    failed = ngettext(
        "failed %(count)d time: %(why)s", "failed %(count)d times: %(why)s", followed.failures
    )
    last = at(followed.read_at) if followed.read_at else _("never")
    return format_html(
        "<b>{}</b><br>{}",
        failed
        % {
            "count": followed.failures,
            "why": sentence(followed.failure_code, followed.failure_values),
        },
        _("Last read: %(last)s; next try: %(next)s")
        % {"last": last, "next": at(followed.next_try_at) if followed.next_try_at else _("soon")},
    )


def sentence(code: str, values: dict) -> str:
    """In the editor's language; one that an older version kept may no longer be known."""
    try:
        return str(Refused(code if code in SENTENCES else "unreadable", **values))
    except KeyError:
        return str(Refused("unreadable"))


def at(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


class Following(admin.SimpleListFilter):
    title = gettext_lazy("followed")
    parameter_name = "followed"

    def lookups(self, request, model_admin):
        return [("yes", _("followed")), ("failing", _("failing"))]

    def queryset(self, request, queryset):
        followed = FollowedAddress.objects.followed()
        if self.value() == "failing":
            followed = followed.filter(failures__gt=0)
        return queryset.filter(pk__in=followed.values("outlet")) if self.value() else queryset


@admin.register(Outlet)
class OutletAdmin(TellsWorkers, admin.ModelAdmin):
    fields = ["name", "grade", "website", "country", "is_example"]
    readonly_fields = ["is_example"]
    inlines = [FollowedInline]
    list_display = ["name", "grade", "country", "website", "following"]
    list_filter = [Following, "grade", "is_example"]
    list_select_related = ["country"]
    search_fields = ["name", "website"]
    autocomplete_fields = ["country"]
    actions = ["read_soon"]

    def get_queryset(self, request):
        on = Q(followed__is_followed=True)
        return (
            super()
            .get_queryset(request)
            .annotate(
                followed_count=Count("followed", filter=on),
                failing_count=Count("followed", filter=on & Q(followed__failures__gt=0)),
            )
        )

    @admin.display(description=gettext_lazy("followed"), ordering="followed_count")
    def following(self, outlet) -> str:
        if not outlet.followed_count:
            return "–"
        if not outlet.failing_count:
            return str(outlet.followed_count)
        return format_html(
            "{} <b>({})</b>",
            outlet.followed_count,
            _("%(count)d failing") % {"count": outlet.failing_count},
        )

    @admin.action(
        description=gettext_lazy("Read what it lists with the next run"), permissions=["change"]
    )
    def read_soon(self, request, outlets) -> None:
        """Fetching takes as long as other sites please, so no page waits for it."""
        count = FollowedAddress.objects.filter(outlet__in=outlets).update(next_try_at=None)
        done = ngettext(
            "%(count)d address is read with the next run.",
            "%(count)d addresses are read with the next run.",
            count,
        )
        messages.success(request, done % {"count": count})
