"""The listing as it was before anything was kept: model objects, and loops of the template language.

What the listing's benchmark is held against. The answer comes from the same index; all else is the
page's own code of 2026-11-23 (9af87a4): each request copies the filters, reads the closed lists and
the names of tables, loads twenty opportunities with all that hangs on them and lets templates loop.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import django_filters
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from opportunities.addresses import asked, listing_url
from opportunities.cards import cards_of
from opportunities.choices import Audience, Format, Funding, Kind, Level, Stage
from opportunities.facets import Chip, facet_label, relaxing_of
from opportunities.filters import DEADLINE_DAYS, FACETS, ROLLING, SORTS, OpportunityFilter, Query
from opportunities.labels import deadline_label
from opportunities.listings import Listing
from opportunities.models import Opportunity
from opportunities.search.results import Results
from opportunities.views import beyond_the_last, kept_private, problems_of
from partnerships.models import Grouping, Partnership, Sector
from partnerships.names import language_name, sort_key, territory_name
from partnerships.views import ReadOnly

SHORT = 12
SELECTS = {"nationality"}


class CopyingFilter(OpportunityFilter):
    """As the library has it."""

    __init__ = django_filters.FilterSet.__init__
    form = django_filters.FilterSet.form


class ListingOfObjects(Listing):
    @cached_property
    def cards(self):
        items = Opportunity.objects.visible().for_listing(self.results.page_ids)
        return cards_of(items, self.now)


class PageOfObjects(ReadOnly):
    def get(self, request):
        filter = CopyingFilter(request.GET)
        listing, labels = ListingOfObjects(filter.query, timezone.now()), Labels()
        context = {
            "filter": filter,
            "unread": problems_of(filter) + beyond_the_last(filter.query, listing),
            "asked": asked(filter.query),
            "listing": listing,
            "facets": facets_of(filter, listing.results, labels),
            "chips": chips_of(filter.query, labels),
            "relaxing": relaxing_of(filter.query, listing.results.relaxed),
            "sorts": SORTS,
        }
        response = render(request, "model_objects/opportunity_list.html", context)
        return kept_private(response) if filter.query.nationality else response


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def is_disabled(self) -> bool:
        return not self.count and not self.is_chosen


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]
    more: int
    errors: list[str]

    @property
    def is_select(self) -> bool:
        return self.name in SELECTS

    @property
    def has_several(self) -> bool:
        """A select keeps several chosen values only where it says it takes them."""
        return sum(option.is_chosen for option in self.options) > 1

    @property
    def is_open(self) -> bool:
        return bool(self.errors) or any(option.is_chosen for option in self.options)


class Labels:
    """Names of facet values in the reader's language; tables are read once, when first asked."""

    CLOSED = {
        "kind": Kind,
        "stage": Stage,
        "audience": Audience,
        "level": Level,
        "funding": Funding,
        "format": Format,
    }

    def __init__(self):
        self.read: dict[str, dict[str, str]] = {}

    def of(self, name: str) -> Callable[[str], str]:
        if name in self.CLOSED:
            known = dict(self.CLOSED[name].choices)
            return lambda value: str(known.get(value) or _("Every stage"))
        if name in {"country", "host", "nationality"}:
            return territory_name
        if name == "language":
            return language_name
        if name == "deadline":
            return deadline_label
        return lambda value: self.table(name).get(value, value)

    def table(self, name: str) -> dict[str, str]:
        if name not in self.read:
            rows = {
                "sector": Sector.objects.all(),
                "grouping": Grouping.objects.all(),
                "partnership": Partnership.objects.visible().for_names(),
            }[name]
            self.read[name] = {row.slug: row.name for row in rows}
        return self.read[name]

    def all_values(self, name: str) -> Iterable[str] | None:
        """Every value of a facet that is short whatever is found; None for a long one."""
        if name == "deadline":
            return [*DEADLINE_DAYS, ROLLING]
        return self.CLOSED[name].values if name in self.CLOSED else None


def facets_of(filter: OpportunityFilter, results: Results, labels: Labels) -> list[Facet]:
    return [facet_of(name, filter, results, labels) for name in FACETS]


def facet_of(
    name: str, filter: OpportunityFilter, results: Results, labels: Labels, *, whole=False
) -> Facet:
    """One facet; `whole` shows every value that would give something."""
    chosen = filter.query.stages if name == "stage" else getattr(filter.query, name)
    counts, label_of = results.counts[name], labels.of(name)
    shown, more = values_shown(name, counts, chosen, labels, label_of, whole=whole)
    return Facet(
        name=name,
        label=str(filter.filters[name].label),
        options=[Option(v, label_of(v), counts.get(v, 0), v in chosen) for v in shown],
        more=more,
        errors=filter.unread.get(name, []),
    )


def values_shown(name, counts, chosen, labels, label_of, *, whole) -> tuple[list[str], int]:
    """The values in order, and how many more there are one page further."""
    everything = labels.all_values(name)
    if everything is not None:
        return list(everything), 0
    given = {value for value, count in counts.items() if count} | set(chosen)
    if name in SELECTS or whole:
        return sorted(given, key=lambda v: sort_key(label_of(v))), 0
    fullest = sorted(given - set(chosen), key=lambda v: (-counts[v], sort_key(label_of(v))))
    shown = [*sorted(chosen, key=lambda v: sort_key(label_of(v))), *fullest[:SHORT]]
    return shown, max(0, len(fullest) - SHORT)


def chips_of(query: Query, labels: Labels) -> list[Chip]:
    """What narrows, one chip a value, each with the listing that lacks it."""
    names = [name for name in query.chosen if name != "q"]
    chips = [
        Chip(
            facet_label(name), labels.of(name)(value), listing_url(query.without_value(name, value))
        )
        for name in names
        for value in sorted(getattr(query, name))
    ]
    if query.q:
        chips.insert(0, Chip(facet_label("q"), query.q, listing_url(query.without("q"))))
    return chips
