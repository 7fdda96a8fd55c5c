"""Who published what: outlets, organisations, articles."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.names import text_direction
from partnerships.quotes import as_kept
from partnerships.validators import (
    ascii_host,
    host_is_within,
    host_of,
    validate_day,
    validate_domain,
    validate_language,
    validate_past_day,
    validate_plain_text,
)

from .citations import Citation
from .places import Country
from .publishing import FormerSlug, refuse_given_away, validate_slug


class Outlet(models.Model):
    class Grade(models.TextChoices):
        OFFICIAL = "official", _("official source")
        PUBLIC = "public", _("state or public media")
        INDEPENDENT = "independent", _("independent media")
        AGGREGATOR = "aggregator", _("aggregator")
        SOCIAL = "social", _("social media")

    name = models.CharField(
        _("name"), max_length=200, unique=True, validators=[validate_plain_text]
    )
    grade = models.CharField(_("grade"), max_length=20, choices=Grade)
    website = models.URLField(_("website"), blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """Who provides or hosts. Its domains decide which pages can carry an official call."""

    name = models.CharField(
        _("name"), max_length=200, unique=True, validators=[validate_plain_text]
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def owns(self, host: str) -> bool:
        return bool(self.domain_of(host))

    def domain_of(self, host: str) -> str:
        """Its official domain that a host lies on; '' where it lies on none."""
        domains = (domain.domain for domain in self.domains.all())
        return next((domain for domain in domains if host_is_within(host, domain)), "")


class OrganisationDomain(models.Model):
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="domains", verbose_name=_("organisation")
    )
    domain = models.CharField(
        _("official web domain"),
        max_length=253,
        validators=[validate_domain],
        help_text=_("Without http:// and www. Its subdomains count as official too."),
    )

    class Meta:
        verbose_name = _("official web domain")
        verbose_name_plural = _("official web domains")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "domain",
                name="organisation_domain_once",
                violation_error_message=_("This domain is here already."),
            ),
            models.CheckConstraint(
                name="organisation_domain_has_a_dot",
                condition=Q(domain__contains=".") & ~Q(domain__startswith="."),
                violation_error_message=_("A whole domain has a name before its last part."),
            ),
        ]

    def __str__(self) -> str:
        return self.domain

    def save(self, **kwargs) -> None:
        self.domain = self.without_www()
        super().save(**kwargs)

    def clean(self) -> None:
        with suppress(ValueError):  # then `validate_domain` has said so
            self.domain = self.without_www()

    def without_www(self) -> str:
        """Kept, it would leave out the domain itself and its other subdomains."""
        return ascii_host(self.domain).removeprefix("www.")


class ArticleQuerySet(models.QuerySet):
    def visible(self):
        """Public exactly while a citation of something published rests on it, and not removed."""
        return self.rested_on().filter(removed_on=None)

    def rested_on(self):
        """Each concrete kind of citation answers for its own app; this room names none of them."""
        supports = Q()
        for citation in Citation.__subclasses__():
            supports |= Q(Exists(citation.objects.visible().filter(article=OuterRef("pk"))))
        return self.filter(supports)

    def count_sources(self) -> int:
        """Reprints count with what they reprint, as one: the twin of `Article.source_id`."""
        sources = self.aggregate(n=Count(Coalesce("origin_id", "pk"), distinct=True))
        return sources["n"]


class Article(models.Model):
    """Something an outlet or body published. What it does not state stays empty, never guessed."""

    class Nature(models.TextChoices):
        CALL = "call", _("call")
        STATEMENT = "statement", _("statement")
        NEWS = "news", _("news")
        LIST = "list", _("list")

    slug = models.CharField(
        _("address word"), max_length=120, unique=True, validators=[validate_slug]
    )
    nature = models.CharField(_("nature"), max_length=20, choices=Nature)
    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("As published. Empty: not stated."),
    )
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("outlet"),
        help_text=_("Empty: not stated."),
    )
    address = models.URLField(
        _("address"), max_length=2000, blank=True, help_text=_("Empty: not stated.")
    )
    host = models.CharField(_("host"), max_length=253, blank=True, editable=False)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        validators=[validate_language],
        help_text=_("BCP 47, such as fr, kk, zh-Hans."),
    )
    author = models.CharField(
        _("author"), max_length=200, blank=True, validators=[validate_plain_text]
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        validators=[validate_day],
        help_text=_("Empty: not stated."),
    )
    received_on = models.DateField(
        _("received on"),
        default=timezone.localdate,
        validators=[validate_day, validate_past_day],
    )
    text = models.TextField(
        _("stored copy"),
        blank=True,
        help_text=_("Kept to check quotes against; readers see quotes and a link, never this."),
    )
    origin = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="reprints",
        verbose_name=_("reprint of"),
    )
    removed_on = models.DateField(_("removed on"), null=True, blank=True, editable=False)
    removed_because = models.TextField(_("removed because"), blank=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "address",
                name="article_address_once",
                condition=~Q(address=""),
                violation_error_message=_("An article with this address is here already."),
            ),
            models.CheckConstraint(
                name="article_removed_says_why",
                condition=Q(removed_on=None) | ~Q(removed_because=""),
                violation_error_message=_("Say why it is removed; readers see the reason."),
            ),
            models.CheckConstraint(
                name="article_reprints_another",
                condition=Q(origin=None) | ~Q(origin=F("pk")),
                violation_error_message=_("An article is no reprint of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, **kwargs) -> None:
        self.host = host_of(self.address)
        self.text = as_kept(self.text)
        super().save(**kwargs)

    def clean(self) -> None:
        self.text = as_kept(self.text)
        refuse_given_away(self)
        if self.published_on and self.received_on and self.published_on > self.received_on:
            raise ValidationError({"published_on": _("It cannot be published after we got it.")})

    @property
    def evidence_on(self):
        """The day its word dates from: published, or else received."""
        return self.published_on or self.received_on

    @property
    def source_id(self) -> int:
        """The article whose words these are: of a reprint the one it reprints."""
        return self.origin_id or self.pk

    @property
    def direction(self) -> str:
        return text_direction(self.language)


class ArticleFormerSlug(FormerSlug):
    article = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs")


class Reference(models.Model):
    """What an article names as its own source; we may not have read it, so it is no Article."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="references", verbose_name=_("article")
    )
    title = models.CharField(_("title"), max_length=300, validators=[validate_plain_text])
    publisher = models.CharField(
        _("publisher"), max_length=200, blank=True, validators=[validate_plain_text]
    )
    address = models.URLField(_("address"), max_length=2000, blank=True)
    target = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the article itself, where we have read it"),
    )

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
