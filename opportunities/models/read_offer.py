"""What became of the offers an article was read to make."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Article

from .opportunity import Opportunity


class ReadOffer(models.Model):
    """One offer as it was read, and what an editor made of it: read again, it is not made again.

    `kind`, `start` and `quote` are those that were read; the draft may have been corrected since.
    Without an opportunity it was left out, or its draft was deleted.
    """

    class Outcome(models.TextChoices):
        DRAFTED = "drafted", _("drafted")
        MERGED = "merged", _("added to another")
        DISCARDED = "discarded", _("left out")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=20)
    start = models.PositiveIntegerField(_("from character"))
    quote = models.CharField(_("quote"), max_length=300)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome)
    opportunity = models.ForeignKey(
        Opportunity,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("opportunity"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "article",
                "kind",
                "start",
                name="offer_read_once",
                violation_error_message=_("This offer was read already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.quote}"
