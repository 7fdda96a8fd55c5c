"""What a listing's form, chips and empty page show of a `Query` and its counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import Grouping, Partnership, Sector
from partnerships.names import language_name, sort_key, territory_name

from .choices import Audience, Format, Funding, Kind, Level, Stage
from .filters import (
    DEADLINE_DAYS,
    FACETS,
    ROLLING,
    OpportunityFilter,
    Query,
    canonical_query,
)
from .search.answer import Results
from .wording import listed

SHORT = 12
"""A facet of at most this many values shows them all; a longer one its fullest."""

SELECTS = {"nationality"}
MOST_WAYS_OUT = 5


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


@dataclass(frozen=True)
class Chip:
    """One thing that is set; `url` is the listing without it, `count` what that would give."""

    label: str
    value: str
    url: str
    count: int | None = None


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


def deadline_label(value: str) -> str:
    if value == ROLLING:
        return _("At any time")
    days = int(value)
    return ngettext("In the next %(days)s day", "In the next %(days)s days", days) % {"days": days}


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
    names = [name for name in query.narrowing if name != "q"]
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


def relaxing_of(query: Query, relaxed: dict[tuple[str, ...], int]) -> list[Chip]:
    """Which filters to drop and how many that would give, the most helpful first."""
    helpful = sorted(relaxed.items(), key=lambda item: -item[1])[:MOST_WAYS_OUT]
    return [
        Chip(listed(map(facet_label, names)), "", listing_url(query.without(*names)), count)
        for names, count in helpful
    ]


@dataclass(frozen=True)
class Way:
    """A row of ways in on the home page: the fullest values of one facet."""

    label: str
    chips: list[Chip]
    more: int
    more_url: str


def ways_of(query: Query, results: Results, labels: Labels) -> list[Way]:
    """By kind, sector and country, with the numbers that the pages behind them show."""
    return [way_of(name, query, results, labels) for name in ("kind", "sector", "country")]


def way_of(name: str, query: Query, results: Results, labels: Labels) -> Way:
    facet = facet_of(name, OpportunityFilter({}), results, labels)
    chips = [
        Chip(facet.label, option.label, value_url(query, name, option.value), option.count)
        for option in facet.options
        if option.count
    ]
    more_url = reverse("opportunities:facet", args=[name]) + asked(query)
    return Way(facet.label, chips, facet.more, more_url)


def value_url(query: Query, name: str, value: str) -> str:
    """The page of a country or sector where it lists just this, else the listing."""
    if query == Query() and name in {"country", "sector"}:
        return reverse(f"opportunities:{name}", args=[value.lower()])
    return listing_url(replace(query, **{name: frozenset({value})}))


def facet_label(name: str) -> str:
    return str(OpportunityFilter.base_filters[name].label)


def listing_url(query: Query) -> str:
    return reverse("opportunities:list") + asked(query)


def asked(query: Query) -> str:
    """The query as the end of an address."""
    said = canonical_query(query)
    return f"?{said}" if said else ""


def stage_url(query: Query, stage: str) -> str:
    return listing_url(replace(query, stage=frozenset({stage}), sort="", page=1))


def page_url(query: Query, page: int) -> str:
    return listing_url(replace(query, page=page))
