"""Editorial status, the same for a partnership and an opportunity, and addresses that moved."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

validate_slug = RegexValidator(
    re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*\Z"),
    _("Use small letters a to z, digits and single hyphens."),
)


def is_given_away(item: models.Model) -> bool:
    """Did this address word lead to another row of the same kind once? It still does (301)."""
    former = type(item).former_slugs.rel
    kept = former.related_model.objects.filter(slug=item.slug)
    return kept.exclude(**{former.field.name: item.pk}).exists()


def refuse_given_away(item: models.Model) -> None:
    if is_given_away(item):
        raise ValidationError(
            {"slug": _("This address led to something else once; choose another.")}
        )


class EditorialStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublishableQuerySet(models.QuerySet):
    def visible(self):
        """What the public may see. Pages, filters, counts, feeds and the sitemap start here."""
        return self.filter(status=EditorialStatus.PUBLISHED)

    def withdrawn(self):
        return self.filter(status=EditorialStatus.WITHDRAWN)


class Publishable(models.Model):
    """Draft → in review → published → withdrawn; the verbs are in `opportunities.editorial`."""

    slug = models.CharField(
        _("address word"), max_length=120, unique=True, validators=[validate_slug]
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=EditorialStatus,
        default=EditorialStatus.DRAFT,
        editable=False,
        db_index=True,
    )
    published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    withdrawn_because = models.TextField(_("withdrawn because"), blank=True, editable=False)
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
    updated_at = models.DateTimeField(_("last edited"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_known",
                condition=Q(status__in=EditorialStatus.values),
                violation_error_message=_("Not one of the editorial statuses."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_date",
                condition=Q(status__in=["draft", "in-review"]) | Q(published_at__isnull=False),
                violation_error_message=_("What is or was published has a date of publication."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn_says_why",
                condition=~Q(status="withdrawn") | ~Q(withdrawn_because=""),
                violation_error_message=_("Say why it is withdrawn; readers see the reason."),
            ),
        ]

    def clean(self) -> None:
        refuse_given_away(self)

    @property
    def is_visible(self) -> bool:
        return self.status == EditorialStatus.PUBLISHED

    @property
    def was_published(self) -> bool:
        return self.published_at is not None


class FormerSlug(models.Model):
    """An address that was public once and now leads to another (301). Never given away again."""

    slug = models.CharField(max_length=120, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug
