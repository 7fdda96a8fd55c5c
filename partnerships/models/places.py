"""Countries, UN M49 regions, groupings of countries and their dated membership.

Rows come from the tables in `partnerships/data` (see SOURCES.md there); administrators may correct
them. Country and region names are CLDR's, never stored.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.names import in_language, sort_key, territory_name
from partnerships.validators import validate_texts_by_language


class Region(models.Model):
    code = models.CharField(_("UN M49 code"), max_length=3, primary_key=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of")
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return territory_name(self.code)


class Country(models.Model):
    iso2 = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, primary_key=True)
    iso3 = models.CharField(_("ISO 3166-1 alpha-3"), max_length=3, unique=True)
    numeric = models.CharField(_("ISO 3166-1 numeric"), max_length=3, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso2"]
        constraints = [
            models.CheckConstraint(
                name="country_iso2_is_two_capitals",
                condition=Q(iso2__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("Write two capital letters, such as KZ."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return territory_name(self.iso2)


class Grouping(models.Model):
    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        INITIATIVE = "initiative", _("initiative")
        FORUM = "forum", _("forum")
        LIST = "list", _("list")

    slug = models.SlugField(_("address word"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    names = models.JSONField(_("names by language"), validators=[validate_texts_by_language])
    definitions = models.JSONField(
        _("what it is, by language"),
        default=dict,
        blank=True,
        validators=[validate_texts_by_language],
    )
    website = models.URLField(_("website"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    read_on = models.DateField(_("read on"))

    class Meta:
        verbose_name = _("grouping")
        verbose_name_plural = _("groupings")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def definition(self) -> str:
        return in_language(self.definitions)


class MembershipQuerySet(models.QuerySet):
    def on(self, day: date) -> "MembershipQuerySet":
        """Links in force on a day; an unknown beginning counts as begun."""
        return self.filter(
            Q(since=None) | Q(since__lte=day),
            Q(until=None) | Q(until__gt=day),
        )

    def members(self) -> "MembershipQuerySet":
        return self.filter(status=Membership.Status.MEMBER)

    def in_reading_order(self) -> list["Membership"]:
        """Members first, then the looser links, each by country name in the reader's language."""
        ranks = list(Membership.Status.values)
        return sorted(
            self.select_related("country"),
            key=lambda link: (ranks.index(link.status), sort_key(link.country.name)),
        )


class Membership(models.Model):
    """One country's link to one grouping while it lasted; half-open, [since, until)."""

    class Status(models.TextChoices):
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")
        DIALOGUE_PARTNER = "dialogue-partner", _("dialogue partner")
        PARTNER = "partner", _("partner")
        ASSOCIATE = "associate", _("associate")
        CANDIDATE = "candidate", _("candidate")
        SIGNATORY = "signatory", _("signatory")
        SUSPENDED = "suspended", _("suspended")

    grouping = models.ForeignKey(
        Grouping, models.CASCADE, related_name="memberships", verbose_name=_("grouping")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="memberships", verbose_name=_("country")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("First day it no longer held. Empty: still so."),
    )
    is_verified = models.BooleanField(
        _("verified"), default=False, help_text=_("Status and dates were read in the source named.")
    )
    source = models.CharField(_("source"), max_length=300)
    read_on = models.DateField(_("read on"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["grouping", "country", "since"]
        constraints = [
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(since=None) | Q(until=None) | Q(since__lt=F("until")),
                violation_error_message=_("It ends before it begins."),
            ),
            models.UniqueConstraint(
                "grouping",
                "country",
                "status",
                "since",
                name="membership_said_once",
                violation_error_message=_("This membership is here already."),
            ),
            models.UniqueConstraint(
                "grouping",
                "country",
                "status",
                name="undated_membership_said_once",
                condition=Q(since=None),
                violation_error_message=_("This membership is here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} · {self.grouping.slug} · {self.get_status_display()}"
