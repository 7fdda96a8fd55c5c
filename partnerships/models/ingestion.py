"""By what an article is known again: where it was found, and marks of its words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sources import Article


class ArticleAddress(models.Model):
    """An address it was found at, as `ingestion.sameness.address_key` writes it: one page, one key."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="found_at", verbose_name=_("article")
    )
    key = models.CharField(_("address"), max_length=2_000, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class ArticleMark(models.Model):
    """Articles that share a mark may have the same text; `ingestion.sameness` then compares."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="marks", verbose_name=_("article")
    )
    mark = models.BigIntegerField(_("mark"), db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "article",
                "mark",
                name="article_mark_once",
                violation_error_message=_("This mark is here already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.mark)
