"""The sentence of an article that a fact rests on, and who says it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from partnerships.quotes import as_kept
from partnerships.validators import validate_plain_text


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
        "partnerships.Article", models.PROTECT, related_name="+", verbose_name=_("article")
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
        self.quote = as_kept(self.quote)
        self.end = None if self.start is None else self.start + len(self.quote)
        super().save(**kwargs)

    def clean(self) -> None:
        self.quote = as_kept(self.quote)
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
