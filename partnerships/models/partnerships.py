"""Parties that work together, what about, and the articles that say so."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.names import in_language
from partnerships.validators import validate_partial_date, validate_texts_by_language

from .changes import Change
from .citations import Citation, CitationQuerySet
from .places import Country, Grouping, Membership
from .publishing import EditorialStatus, FormerSlug, Publishable, PublishableQuerySet
from .sectors import Sector


class PartnershipQuerySet(PublishableQuerySet):
    def for_names(self):
        """With what `name` needs, in a fixed number of queries."""
        return self.prefetch_related("parties__country", "parties__grouping")

    def for_page(self):
        return self.for_names().prefetch_related("sectors", "frameworks")

    def with_country(self, country: Country, day: date):
        """A party itself, or *member* that day of a grouping that is a party."""
        joined = Membership.objects.on(day).members().filter(country=country)
        return self.filter(
            Exists(
                PartnershipParty.objects.filter(partnership=OuterRef("pk")).filter(
                    Q(country=country) | Q(grouping__in=joined.values("grouping"))
                )
            )
        )

    def in_sector(self, sector: Sector):
        """In the sector or one of its children."""
        about = Sector.objects.filter(Q(pk=sector.pk) | Q(parent=sector))
        return self.filter(sectors__in=about).distinct()

    def with_grouping(self, grouping: Grouping):
        """The grouping is a party, or a framework it stands under."""
        return self.filter(
            Q(pk__in=PartnershipParty.objects.filter(grouping=grouping).values("partnership"))
            | Q(frameworks=grouping)
        ).distinct()


class Partnership(Publishable):
    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ANNOUNCED = "announced", _("announced")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        ENDED = "ended", _("ended")

    names = models.JSONField(
        _("names by language"),
        default=dict,
        blank=True,
        validators=[validate_texts_by_language],
        help_text=_("Only where it has a name of its own; else it is named after its parties."),
    )
    frameworks = models.ManyToManyField(
        Grouping,
        blank=True,
        related_name="+",
        verbose_name=_("frameworks"),
        help_text=_("Groupings and initiatives it is said to stand under."),
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="+", verbose_name=_("sectors")
    )
    standing = models.CharField(
        _("standing"),
        max_length=20,
        choices=Standing,
        blank=True,
        help_text=_("Empty: not stated."),
    )
    since = models.CharField(
        _("since"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("A year, a month or a day. Empty: not stated."),
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("opportunities:partnership", args=[self.slug])

    @property
    def name(self) -> str:
        """Its own name, or the parties' names in the reader's language: Chine–Kazakhstan."""
        own = in_language(self.names) if self.names else ""
        return own or "–".join(party.name for party in self.parties.all()) or self.slug


class PartnershipParty(models.Model):
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="parties", verbose_name=_("partnership")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    grouping = models.ForeignKey(
        Grouping,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("grouping"),
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="party_is_country_or_grouping",
                condition=Q(country=None, grouping__isnull=False)
                | Q(country__isnull=False, grouping=None),
                violation_error_message=_("A party is either a country or a grouping."),
            ),
            models.UniqueConstraint(
                "partnership",
                "country",
                name="party_country_once",
                violation_error_message=_("This country is a party already."),
            ),
            models.UniqueConstraint(
                "partnership",
                "grouping",
                name="party_grouping_once",
                violation_error_message=_("This grouping is a party already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Where the row names both or neither, its constraint says so; here it must not fail."""
        party = self.country or self.grouping
        return party.name if party else ""


class PartnershipFormerSlug(FormerSlug):
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="former_slugs")


class PartnershipCitationQuerySet(CitationQuerySet):
    def visible(self):
        return self.filter(partnership__status=EditorialStatus.PUBLISHED)


class PartnershipCitation(Citation):
    class Fact(models.TextChoices):
        PARTIES = "parties", _("parties")
        FRAMEWORK = "framework", _("framework")
        SECTOR = "sector", _("sector")
        SINCE = "since", _("since")
        STANDING = "standing", _("standing")

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="citations", verbose_name=_("partnership")
    )
    fact = models.CharField(_("fact"), max_length=20, choices=Fact)

    objects = PartnershipCitationQuerySet.as_manager()

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return _("%(fact)s: “%(quote)s”") % {"fact": self.get_fact_display(), "quote": self.quote}


class PartnershipChange(Change):
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="changes", verbose_name=_("partnership")
    )

    class Meta(Change.Meta):
        verbose_name = _("change")
        verbose_name_plural = _("changes")
