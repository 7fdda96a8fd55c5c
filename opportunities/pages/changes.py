"""Lines of the append-only record as readers see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from opportunities import wording
from opportunities.choices import Fact
from partnerships.models import Change, PartnershipCitation

MOST_LINES = 10

READABLE = {
    "title", "summary", "verified_on", "name", Fact.KIND, Fact.PROVIDER, Fact.HOST, Fact.FORMAT,
    Fact.OPENS_ON, Fact.STARTS_ON, Fact.ENDS_ON, Fact.FUNDING, Fact.PLACES_AVAILABLE,
    Fact.OFFICIAL_PAGE, Fact.DEADLINE, PartnershipCitation.Fact.SINCE,
}  # fmt: skip
"""Facts whose values read well and name nothing that may be hidden or removed by now; of the others
a line says that they changed, when and why."""


@dataclass(frozen=True)
class ChangeLine:
    change: Change

    @property
    def label(self) -> str:
        return wording.capitalised(wording.fact_label(self.change.fact))

    @property
    def shows_values(self) -> bool:
        return self.change.fact in READABLE

    @property
    def before(self) -> str:
        return wording.fact_value(self.change.fact, self.change.before)

    @property
    def after(self) -> str:
        return wording.fact_value(self.change.fact, self.change.after)


def lines_of(changes: Iterable[Change]) -> list[ChangeLine]:
    lines = [ChangeLine(change) for change in changes if change.fact != "status"]
    return lines[:MOST_LINES]
