"""The append-only record of what changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import append_only


class AppendOnlyError(TypeError):
    """Somebody tried to rewrite the record."""

    def __init__(self) -> None:
        super().__init__(append_only.MESSAGE)


class ChangeQuerySet(models.QuerySet):
    def update(self, *args, **kwargs):
        raise AppendOnlyError

    delete = bulk_update = update


class Change(models.Model):
    """One line of the append-only record: what changed, why, by whom, on whose word."""

    fact = models.CharField(_("fact"), max_length=40)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    reason = models.TextField(_("why"), blank=True)
    article = models.ForeignKey(
        "partnerships.Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.fact}: {self.before} → {self.after}"

    def save(self, **kwargs) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**kwargs | {"force_insert": True})

    def delete(self, **kwargs):
        raise AppendOnlyError
