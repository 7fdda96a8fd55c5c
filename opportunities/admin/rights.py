"""Who may do what to which row. The roles' permissions come from a migration; what they cannot say
is here: a contributor's own drafts, and that what was public once is never deleted."""

from django.contrib import admin
from django.db.models import Q

from opportunities.models import Opportunity, OpportunityChange
from partnerships.models import (
    Article,
    EditorialStatus,
    Partnership,
    PartnershipChange,
    Publishable,
)


def has_right(user, right: str, model) -> bool:
    """`right` is the first word of a permission: publish, remove, change, …"""
    return user.has_perm(f"{model._meta.app_label}.{right}_{model._meta.model_name}")


def is_own_draft(item: Publishable, user) -> bool:
    is_draft = item.status == EditorialStatus.DRAFT and not item.was_published
    return is_draft and item.created_by_id == user.pk


def is_own_and_unused(article: Article, user) -> bool:
    """Its own contributor's, and nothing beyond that person's drafts rests on it."""
    if article.created_by_id != user.pk:
        return False
    own_draft = Q(status=EditorialStatus.DRAFT, published_at=None, created_by=user)
    return not any(
        (
            Opportunity.objects.filter(citations__article=article).exclude(own_draft).exists(),
            Partnership.objects.filter(citations__article=article).exclude(own_draft).exists(),
            OpportunityChange.objects.filter(article=article).exists(),
            PartnershipChange.objects.filter(article=article).exists(),
        )
    )


class FollowsParent:
    """An inline that may be seen and edited exactly when its parent may."""

    def parent_admin(self) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None) -> bool:
        return self.parent_admin().has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        parent = self.parent_admin()
        return (
            parent.has_change_permission(request, obj)
            if obj
            else parent.has_add_permission(request)
        )

    has_delete_permission = has_change_permission

    def has_add_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)
