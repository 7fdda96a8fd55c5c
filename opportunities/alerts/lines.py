"""Alerts as the pages list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from opportunities import wording
from opportunities.labels import Labels
from opportunities.listings import labels_at
from opportunities.models import Alert, Opportunity

from .criteria import Criterion, criteria_of, narrowing_words, read_again


@dataclass(frozen=True)
class AlertLine:
    alert: Alert
    labels: Labels
    now: datetime
    item: Opportunity | None
    """What is followed, where it is public still."""

    @cached_property
    def query(self):
        if self.alert.opportunity_id:
            return None
        filter = read_again(self.alert.asked, self.now)
        return filter.query if filter else None

    @property
    def is_listing(self) -> bool:
        return self.alert.opportunity_id is None

    @property
    def heading(self) -> str:
        if self.is_listing:
            return narrowing_words(self.query, self.labels) if self.query else self.alert.asked
        return str(self.item) if self.item else ""

    @property
    def criteria(self) -> list[Criterion]:
        return criteria_of(self.query, self.labels) if self.query else []

    @property
    def about(self) -> str:
        return wording.listed(Alert.About(about).label for about in self.alert.about)


def lines_of(alerts: Iterable[Alert], now: datetime) -> list[AlertLine]:
    alerts, labels = list(alerts), labels_at(now)
    ids = [alert.opportunity_id for alert in alerts if alert.opportunity_id]
    items = Opportunity.objects.visible().prefetch_related("words").in_bulk(ids)
    return [AlertLine(alert, labels, now, items.get(alert.opportunity_id)) for alert in alerts]
