"""What an opportunity and a partnership have in common at the desk."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from opportunities import editorial
from partnerships.address_words import free_address

from .rights import has_right, is_own_draft
from .saving import DeskAdmin
from .verbs import PUBLISH, SEND_BACK, SUBMIT, WITHDRAW

STANDING_FIELDS = [
    ("status", "published_at"),
    "withdrawn_because",
    ("creator", "created_at", "updated_at"),
]


class PublishableAdmin(DeskAdmin):
    verbs = (SUBMIT, PUBLISH, SEND_BACK, WITHDRAW)
    why_fields = ("reason", "resting_on")
    readonly_fields = (
        "status", "published_at", "withdrawn_because", "creator", "created_at", "updated_at",
        "is_example",
    )  # fmt: skip

    # --- Who may

    def has_change_permission(self, request, obj=None) -> bool:
        """A contributor's own drafts; whoever publishes changes all of them."""
        if not super().has_change_permission(request, obj):
            return False
        return (
            obj is None
            or has_right(request.user, "publish", self.model)
            or is_own_draft(obj, request.user)
        )

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was public once is never deleted, by anybody; the record of it stays."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (not obj.was_published and self.has_change_permission(request, obj))

    # --- Saving

    def complete(self, request, form, formsets) -> None:
        item = form.instance
        item.created_by = item.created_by if item.pk else request.user
        item.slug = item.slug or free_address(
            self.model, self.named(form, formsets), self.fallback(item)
        )
        item.updated_at = timezone.now()

    def named(self, form, formsets) -> str:
        """What its address is made from: its name in English, or else the first."""
        raise NotImplementedError

    def fallback(self, item) -> str:
        return self.opts.model_name

    @contextmanager
    def revision(self, request, form):
        why = {"reason": form.cleaned_data["reason"], "article": form.cleaned_data["resting_on"]}
        with editorial.revise(form.instance, by=request.user, **why):
            refuse_if_moved(form.instance, form.cleaned_data["seen"])
            yield

    def readers_see(self, item) -> bool:
        return item.was_published

    def changes_of(self, item):
        return item.changes.select_related("by", "article")

    # --- The page

    def view_on_site(self, item) -> str | None:
        """Of the row as saved: `item` may carry an address word the form has just refused."""
        saved = self.model.objects.visible().filter(pk=item.pk).first()
        return saved.get_absolute_url() if saved else None


def refuse_if_moved(item, seen: str) -> None:
    """The form was read before the row was held: somebody may have saved or moved it meanwhile.
    `seen` is when it was last edited, as the form that comes back was told."""
    now_is = type(item).objects.get(pk=item.pk)
    if now_is.status != item.status or (seen and seen != now_is.updated_at.isoformat()):
        raise ValidationError(
            _(
                "Somebody else moved or saved this just now. Open it again in another tab, then bring both together."
            )
        )
