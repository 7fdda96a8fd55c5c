"""Who published what, and the sentence in it that a fact rests on."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import append_only
from partnerships.names import text_direction
from partnerships.quotes import with_plain_line_ends
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
        return any(host_is_within(host, domain.domain) for domain in self.domains.all())


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
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, **kwargs) -> None:
        self.host = host_of(self.address)
        self.text = with_plain_line_ends(self.text)
        super().save(**kwargs)

    def clean(self) -> None:
        self.text = with_plain_line_ends(self.text)
        refuse_given_away(self)
        if self.published_on and self.received_on and self.published_on > self.received_on:
            raise ValidationError({"published_on": _("It cannot be published after we got it.")})

    @property
    def evidence_on(self):
        """The day its word dates from: published, or else received."""
        return self.published_on or self.received_on

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


class CitationQuerySet(models.QuerySet):
    def in_force(self):
        """Not set aside by an editor who settled a disagreement."""
        return self.filter(set_aside_because="")


class Citation(models.Model):
    """Why we state one fact: the verbatim words of an article and who says them.

    `start` and `end` are half-open code-point offsets in the text as read; both are empty where the
    text was not kept. Concrete kinds name the facts one can cite, and say in
    `objects.visible()` which of them stand on a public page.
    """

    MAX_QUOTE = 300
    MAX_SHOWN_OF_ONE_ARTICLE = 900

    class Speaker(models.TextChoices):
        OFFICIAL = "official", _("an official")
        PROVIDER = "provider", _("the provider")
        OUTLET = "outlet", _("the press")

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="+", verbose_name=_("article")
    )
    quote = models.CharField(
        _("quote"),
        max_length=MAX_QUOTE,
        validators=[validate_plain_text],
        help_text=_("Word for word, at most 300 characters."),
    )
    start = models.PositiveIntegerField(
        _("from character"),
        null=True,
        blank=True,
        help_text=_("Found by itself where the article has a stored copy."),
    )
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True, editable=False)
    value = models.CharField(
        _("value it gives"),
        max_length=300,
        blank=True,
        help_text=_(
            "Which one, where a fact has several; or what it says, where it differs from ours."
        ),
    )
    speaker_role = models.CharField(_("said by"), max_length=10, choices=Speaker)
    speaker_name = models.CharField(
        _("name and office"),
        max_length=200,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("For an official or the provider."),
    )
    set_aside_because = models.TextField(
        _("set aside because"),
        blank=True,
        help_text=_("Where sources disagree: why this one does not decide."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_quote_is_short",
                condition=LessThanOrEqual(Length("quote"), 300) & ~Q(quote=""),
                violation_error_message=_("A quote has 1 to 300 characters."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_span_fits_quote",
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False)
                & Q(Exact(F("end"), F("start") + Length("quote"))),
                violation_error_message=_("The span is not as long as the quote."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_names_its_speaker",
                condition=Q(speaker_role="outlet", speaker_name="")
                | (~Q(speaker_role="outlet") & ~Q(speaker_name="")),
                violation_error_message=_(
                    "Name who says it, for an official or the provider; leave the name empty for the press."
                ),
            ),
        ]

    def save(self, **kwargs) -> None:
        self.quote = with_plain_line_ends(self.quote)
        self.end = None if self.start is None else self.start + len(self.quote)
        super().save(**kwargs)

    def clean(self) -> None:
        self.quote = with_plain_line_ends(self.quote)
        if self.article_id and self.quote:
            self.locate()

    def locate(self) -> None:
        """Check the quote against the stored copy and note where it stands.

        A beginning given by hand counts where the quote stands there; said once, it needs none.
        Raises ValidationError where the copy does not hold it word for word, or holds it more than
        once and no beginning is given.
        """
        text = self.article.text
        if text and (self.start is None or not text.startswith(self.quote, self.start)):
            self.start = text.find(self.quote)
            if self.start < 0:
                self.start = None
                raise ValidationError(
                    {"quote": _("The stored copy of the article does not say this word for word.")}
                )
            if self.quote in text[self.start + 1 :]:
                self.start = None
                raise ValidationError(
                    {
                        "start": _(
                            "The article says this more than once: give the character it starts at."
                        )
                    }
                )
        self.end = None if self.start is None else self.start + len(self.quote)


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
        Article, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
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
