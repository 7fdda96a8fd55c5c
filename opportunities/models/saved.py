"""What a reader saved, without an account: known by the hash of a number that only they hold."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Outcome
from opportunities.instants import months_from

KEPT_MONTHS = 13


class SavedListQuerySet(models.QuerySet):
    def unused(self, now: datetime | None = None):
        """Not touched for 13 months."""
        today = (now or timezone.now()).date()
        return self.filter(used_on__lt=months_from(today, -KEPT_MONTHS))


class SavedList(models.Model):
    """`token_hash`: SHA-256 of the cookie's number, in hex. The calendar's address has a number of
    its own, made of the cookie's and `calendar_salt`, so that it can be shown again but not worked
    out from what is here; '' where there is none."""

    token_hash = models.CharField(max_length=64, unique=True)
    calendar_salt = models.CharField(max_length=32, blank=True)
    calendar_hash = models.CharField(max_length=64, blank=True)
    used_on = models.DateField(db_index=True)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_hash"],
                condition=~Q(calendar_hash=""),
                name="saved_calendar_once",
                violation_error_message=_("Another list has this calendar address."),
            )
        ]

    def __str__(self) -> str:
        return f"saved list {self.pk}"

    @property
    def kept_until(self) -> date:
        return months_from(self.used_on, KEPT_MONTHS)


class SavedItem(models.Model):
    list = models.ForeignKey(SavedList, models.CASCADE, related_name="items")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.CASCADE, related_name="+")
    has_applied = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["list", "opportunity"],
                name="saved_once",
                violation_error_message=_("It is on this list already."),
            ),
            models.CheckConstraint(
                name="saved_outcome_after_applying",
                condition=Q(outcome="") | Q(has_applied=True),
                violation_error_message=_("Nothing comes of what one did not apply for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list}: {self.opportunity_id}"
