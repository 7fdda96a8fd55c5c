"""An opportunity's title, summary and text in one language."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Origin
from opportunities.markup import validate_markdown
from partnerships.names import text_direction
from partnerships.validators import validate_language, validate_plain_text


class Words(models.Model):
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        models.CASCADE,
        related_name="words",
        verbose_name=_("opportunity"),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        validators=[validate_language],
        help_text=_("BCP 47, such as fr, kk, zh-Hans."),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.ORIGINAL)
    title = models.CharField(
        _("title"), max_length=150, blank=True, validators=[validate_plain_text]
    )
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, validators=[validate_plain_text]
    )
    text = models.TextField(
        _("text"),
        blank=True,
        validators=[validate_markdown],
        help_text=_("Markdown: paragraphs, lists, links. No HTML."),
    )

    class Meta:
        verbose_name = _("words")
        verbose_name_plural = _("words by language")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "opportunity",
                "language",
                name="words_once_per_language",
                violation_error_message=_("This language is here already."),
            ),
            models.UniqueConstraint(
                "opportunity",
                name="words_one_original",
                condition=Q(origin="original"),
                violation_error_message=_(
                    "One version is the original; the others are translations."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @property
    def is_original(self) -> bool:
        return self.origin == Origin.ORIGINAL

    @property
    def direction(self) -> str:
        return text_direction(self.language)
