"""The one admin site; the rooms register their own pages."""

from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from opportunities import needs
from opportunities.models import Opportunity
from partnerships.models import EditorialStatus, Partnership, QueuedArticle


class SeraiAdminSite(AdminSite):
    site_title = _("Serai desk")
    site_header = _("Serai desk")
    index_title = _("What needs you")

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            sent = request.POST.getlist(ACTION_CHECKBOX_NAME)
            if sent and not are_keys(sent, self.model_asked(request)):
                raise BadRequest("No row has such a key.")
            return inner(request, *args, **kwargs)

        return checked

    def model_asked(self, request):
        """The model whose list a form was sent from, if it was a list."""
        name = request.resolver_match.url_name or ""
        lists = {f"{m._meta.app_label}_{m._meta.model_name}_changelist": m for m in self._registry}
        return lists.get(name)

    def index(self, request, extra_context=None):
        waiting = drafts_of(request.user) + to_read(request.user) + for_publishers(request.user)
        return super().index(request, {"waiting": waiting, **(extra_context or {})})


def are_keys(values: list[str], model) -> bool:
    """Could these be keys of rows? The database's own refusal of others would be a 500."""
    if model is None:
        return True
    try:
        return all("\0" not in str(model._meta.pk.clean(value, None)) for value in values)
    except ValidationError:
        return False


def drafts_of(user) -> list[dict]:
    """One's own drafts, for those who write them."""
    if not user.has_perm("opportunities.add_opportunity"):
        return []
    asked = {"created_by": user.pk, "status__exact": EditorialStatus.DRAFT}
    count = Opportunity.objects.filter(created_by=user, status=EditorialStatus.DRAFT).count()
    return [row(Opportunity, _("your drafts"), count, asked)]


def to_read(user) -> list[dict]:
    """Articles that came by themselves, for those who make drafts of them."""
    if not user.has_perm("partnerships.add_article"):
        return []
    count = QueuedArticle.objects.waiting().count()
    return [row(QueuedArticle, _("articles to read"), count, {})] if count else []


def for_publishers(user) -> list[dict]:
    """What only somebody who publishes can do something about."""
    if not user.has_perm("opportunities.publish_opportunity"):
        return []
    in_review = {"status__exact": EditorialStatus.IN_REVIEW}
    labels = (
        (Opportunity, _("opportunities in review")),
        (Partnership, _("partnerships in review")),
    )
    counts = needs.counts(timezone.now())
    return [
        row(model, label, model.objects.filter(status=EditorialStatus.IN_REVIEW).count(), in_review)
        for model, label in labels
    ] + [
        row(Opportunity, need.label, counts[name], {"needs": name})
        for name, need in needs.OF_THE_PUBLISHED.items()
    ]


def row(model, label, count: int, asked: dict) -> dict:
    """One line of the list: how many, of what, and the address that lists them."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return {"label": label, "count": count, "address": f"{address}?{urlencode(asked)}"}
