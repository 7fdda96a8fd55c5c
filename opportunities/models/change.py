from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models import Change


class OpportunityChange(Change):
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        models.PROTECT,
        related_name="changes",
        verbose_name=_("opportunity"),
    )

    class Meta(Change.Meta):
        verbose_name = _("change")
        verbose_name_plural = _("changes")
