"""A `Query` answered and ready for a page: the same cards and numbers wherever they are shown."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from .cards import Card, cards_of
from .choices import Stage
from .facets import listing_url, page_url, stage_url
from .filters import Query
from .models import Opportunity
from .search.answer import Results, answer


@dataclass(frozen=True)
class Listing:
    query: Query
    now: datetime

    @cached_property
    def results(self) -> Results:
        return answer(self.query, self.now)

    @cached_property
    def cards(self) -> list[Card]:
        """Read through `visible()` once more: what was hidden meanwhile cannot show."""
        items = Opportunity.objects.visible().for_listing(self.results.page_ids)
        return cards_of(items, self.now)

    @property
    def url(self) -> str:
        return listing_url(replace(self.query, page=1))

    @property
    def more_announced(self) -> int:
        """How many are announced for the same filters, where the default stages are shown."""
        return 0 if self.query.stage else self.results.announced

    @property
    def announced_url(self) -> str:
        return stage_url(self.query, Stage.ANNOUNCED)

    @property
    def previous_url(self) -> str:
        return page_url(self.query, self.results.page - 1) if self.results.page > 1 else ""

    @property
    def next_url(self) -> str:
        page = self.results.page
        return page_url(self.query, page + 1) if page < self.results.pages else ""
