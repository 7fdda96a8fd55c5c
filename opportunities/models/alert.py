"""What somebody asked to be told by e-mail, and what was told: no account, nothing beyond need."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import ChoiceSetField


class Subscriber(models.Model):
    """One address. `looked_on`: the UTC day whose digest was made; `pending_since`: when the last
    link to confirm with was asked for, until it is used."""

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=10, default="en")
    created_at = models.DateTimeField()
    pending_since = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)
    looked_on = models.DateField(null=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class AlertQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def pending(self, now: datetime | None = None):
        """Those that a link still confirms."""
        now = now or timezone.now()
        return self.filter(confirmed_at=None, asked_at__gt=now - Alert.kept_unconfirmed())


class Alert(models.Model):
    """On what a filter finds (`asked`, its canonical query string) or on one opportunity.

    `seen`: a serialised bitmap of what a filter had found when it was asked for, and of what was
    mailed since; `stage_then`: the stage of the opportunity when it was asked for.
    """

    class HowOften(models.TextChoices):
        DAILY = "daily", _("once a day, when there is something new")
        WEEKLY = "weekly", _("once a week, when there is something new")

    class About(models.TextChoices):
        OPENING = "opening", _("when it opens")
        DEADLINE = "deadline", _("14, 7 and 1 days before its deadlines")
        CHANGE = "change", _("when something we state of it changes")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="alerts")
    asked = models.CharField(max_length=1_500, blank=True)
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.CASCADE, null=True, related_name="+"
    )
    how_often = models.CharField(max_length=10, choices=HowOften, default=HowOften.DAILY)
    about = ChoiceSetField(choice_set=About)
    stage_then = models.CharField(max_length=10, blank=True)
    seen = models.BinaryField(default=bytes)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    looked_on = models.DateField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "asked"],
                condition=Q(opportunity=None),
                name="alert_once_a_filter",
                violation_error_message=_("There is an alert on this already."),
            ),
            models.UniqueConstraint(
                fields=["subscriber", "opportunity"],
                condition=~Q(opportunity=None),
                name="alert_once_an_opportunity",
                violation_error_message=_("There is an alert on this already."),
            ),
            models.CheckConstraint(
                name="alert_on_one_thing",
                condition=Q(opportunity=None, about="")
                | (Q(opportunity__isnull=False, asked="") & ~Q(about="")),
                violation_error_message=_("Choose what to be told."),
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"

    @staticmethod
    def kept_unconfirmed():
        return timedelta(days=settings.ALERT_UNCONFIRMED_DAYS)


class Mail(models.Model):
    """One message, until it was accepted. A repeat carries the same `message_id`."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"
        DIGEST = "digest"
        RENEW = "renew"

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="mails")
    purpose = models.CharField(max_length=10, choices=Purpose)
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["try_at", "pk"]
        indexes = [
            models.Index(fields=["try_at"], name="mail_waiting", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.message_id


class Outbox(models.Model):
    """One thing told, or to be told, of one alert: at most once, whoever writes it.

    `kind`: `match`, `opening upcoming`, `opening open`, `deadline 2026-12-15 7`, `change 81`,
    `cancelled`, `withdrawn`, `unread` (its filter is no longer understood)."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="outbox")
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=60)
    mail = models.ForeignKey(Mail, models.CASCADE, related_name="rows")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "opportunity", "kind"],
                name="outbox_once",
                violation_error_message=_("This was told already."),
            ),
            models.UniqueConstraint(
                fields=["alert", "kind"],
                condition=Q(opportunity=None),
                name="outbox_once_of_no_item",
                violation_error_message=_("This was told already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.opportunity_id} {self.kind}"


class Token(models.Model):
    """A secret in an address, for one purpose: only its SHA-256 is kept. `until` empty: as long as
    the subscriber is."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"
        MANAGE = "manage"
        STOP = "stop"
        KEEP = "keep"

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    hash = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class SignUp(models.Model):
    """Somebody asked for a link: keyed hashes that limit how often, forgotten after a day."""

    network = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    is_mailed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["network", "at"], name="signup_network"),
            models.Index(fields=["address", "at"], name="signup_address"),
        ]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"
