"""The page of one article: what rests on it, and the passages we quote."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from opportunities.models import Opportunity, OpportunityCitation
from partnerships.models import Article, Partnership, PartnershipCitation

from .notes import Notes


@dataclass(frozen=True)
class ArticlePage:
    item: Article

    @cached_property
    def notes(self) -> Notes:
        """Only what public things cite."""
        partnerships = PartnershipCitation.objects.visible().filter(article=self.item)
        opportunities = OpportunityCitation.objects.visible().filter(article=self.item)
        return Notes(
            [*partnerships.select_related("article"), *opportunities.select_related("article")]
        )

    @cached_property
    def partnerships(self) -> list[Partnership]:
        ids = PartnershipCitation.objects.filter(article=self.item).values("partnership")
        return list(Partnership.objects.visible().filter(pk__in=ids).for_names())

    @property
    def opportunities(self) -> QuerySet[Opportunity]:
        ids = OpportunityCitation.objects.filter(article=self.item).values("opportunity")
        rows = Opportunity.objects.visible().filter(pk__in=ids).for_card()
        return rows.order_by("-published_at", "-pk")
