"""What an opportunity or a partnership is about: a closed list of two levels."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.names import in_language
from partnerships.validators import validate_texts_by_language


class Sector(models.Model):
    slug = models.SlugField(_("address word"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    names = models.JSONField(_("names by language"), validators=[validate_texts_by_language])

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Sectors have two levels, not three.")})

    @property
    def name(self) -> str:
        return in_language(self.names)
