"""One of an opportunity's deadlines, as its source states it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from opportunities import instants
from opportunities.validators import validate_zone
from partnerships.models import Country
from partnerships.validators import validate_day, validate_plain_text


class DeadlineQuerySet(models.QuerySet):
    def theirs(self, nationalities: frozenset[str]) -> "DeadlineQuerySet":
        """Everybody's, and those of these nationals; all where none was told."""
        if not nationalities:
            return self
        named = Deadline.countries.through.objects.filter(deadline=models.OuterRef("pk"))
        is_theirs = models.Exists(named.filter(country__in=nationalities))
        return self.filter(is_theirs | ~models.Exists(named))


class Deadline(models.Model):
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        models.CASCADE,
        related_name="deadlines",
        verbose_name=_("opportunity"),
    )
    on = models.DateField(_("date"), validators=[validate_day])
    at = models.TimeField(_("time"), null=True, blank=True, help_text=_("Empty: not stated."))
    zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[validate_zone],
        help_text=_("Such as Asia/Almaty. Empty: not stated."),
    )
    channel = models.CharField(
        _("channel"),
        max_length=120,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("Such as “online” or “through the embassy”."),
    )
    for_whom = models.CharField(
        _("for whom"), max_length=200, blank=True, validators=[validate_plain_text]
    )
    countries = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("only for nationals of")
    )
    closes_at = models.DateTimeField(editable=False)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["closes_at", "pk"]

    def __str__(self) -> str:
        parts = [self.on.isoformat() if self.on else ""]
        parts += [self.at.strftime("%H:%M")] if self.at else []
        return " · ".join(filter(None, [*parts, self.zone, self.channel, self.for_whom]))

    def save(self, **kwargs) -> None:
        self.derive_instants()
        super().save(**kwargs)

    def derive_instants(self) -> None:
        self.closes_at = instants.closes_at(self.on, self.at, self.zone)

    @property
    def is_exact(self) -> bool:
        """A time in a zone is one instant; of anything else only the day is sure."""
        return bool(self.at and self.zone)

    @property
    def remind_by(self) -> datetime:
        return instants.remind_by(self.on, self.at, self.zone)
