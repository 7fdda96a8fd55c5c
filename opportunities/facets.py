"""What a listing's form, chips and empty page show of a `Query` and its counts.

A form has hundreds of options and is made for each request, so their HTML is written here and not
by the template language: every part that is not ours was escaped once, by its `Label`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .addresses import asked, listing_url, path_of, value_url
from .choices import Audience
from .filters import (
    ABOUT,
    DEADLINE_DAYS,
    FACETS,
    ROLLING,
    SORTS,
    YOU,
    OpportunityFilter,
    Query,
)
from .labels import CLOSED, Label, Labels
from .search.answer import Results
from .wording import listed

SHORT = 12
"""A facet of at most this many values shows them all; a longer one its fullest."""

SHORT_ANYWAY = {name: choices.values for name, choices in CLOSED.items()} | {
    "deadline": [*DEADLINE_DAYS, ROLLING]
}
SELECTED = SafeString(" selected")
SELECT = "nationality"
"""One select, until the address tells of a reader: then every card and link says more, and two
hundred countries beside them would be too much for the page. “About you” has them all."""
MOST_WAYS_OUT = 5


@dataclass(frozen=True)
class Facet:
    name: str
    label: Label
    values: list[str]
    labels: Mapping[str, Label]
    counts: Mapping[str, int]
    chosen: frozenset[str]
    more: int
    errors: list[str]
    is_select: bool = False

    @property
    def all_checkboxes(self) -> SafeString:
        """As the page of this facet alone has them: those that give nothing can be chosen too."""
        return mark_safe(self.checkboxes(where_none=""))  # noqa: S308 - escaped, part by part

    @property
    def options(self) -> Iterable[tuple[Label, int, bool]]:
        """Label, count and whether it is chosen."""
        labels, count, chosen = self.labels, self.counts.get, self.chosen
        return [(labels[value], count(value, 0), value in chosen) for value in self.values]

    @property
    def is_open(self) -> bool:
        return bool(self.errors) or not self.chosen.isdisjoint(self.values)

    def html(self, asked: str) -> str:
        """As one part of a listing's form."""
        inside = self.select() if self.is_select else self.checkboxes()
        label, is_open = self.label.html, " open" if self.is_open else ""
        errors = "".join(
            f'<p class="warn">{conditional_escape(error)}</p>' for error in self.errors
        )
        return (
            f"<details{is_open}><summary>{label}</summary>\n"
            f"{errors}{inside}{self.rest(asked)}</details>\n"
        )

    def select(self) -> str:
        """Nothing of it is chosen yet."""
        labels, count, unchosen = self.labels, self.counts.get, _("any")
        options = "".join(
            [f"{labels[value].option}{count(value, 0)})</option>" for value in self.values]
        )
        return (
            f'<select name="{self.name}" aria-label="{self.label.html}">'
            f'<option value="">{unchosen}</option>{options}</select>'
        )

    def checkboxes(self, where_none: str = " disabled") -> str:
        return "".join(
            f'<label><input type="checkbox" name="{self.name}" value="{label.value}"'
            f"{' checked' if is_chosen else '' if count else where_none}>"
            f"{label.html} <small>{count}</small></label>\n"
            for label, count, is_chosen in self.options
        )

    def rest(self, asked: str) -> str:
        if not self.more:
            return ""
        url = conditional_escape(path_of("facet", self.name) + asked)
        return f'<a href="{url}">{_("%(n)s more") % {"n": self.more}}</a>'


@dataclass(frozen=True)
class Chip:
    """One thing that is set; `url` is the listing without it, `count` what that would give."""

    label: str
    value: str
    url: str
    count: int | None = None


def facets_html(filter: OpportunityFilter, results: Results, labels: Labels) -> SafeString:
    """Every facet of a listing's form."""
    end = asked(filter.query)
    facets = (facet_of(name, filter, results, labels) for name in FACETS)
    return mark_safe("".join(facet.html(end) for facet in facets))  # noqa: S308 - escaped, part by part


def sorts_html(chosen: str) -> SafeString:
    """The options of how a listing is sorted, but the usual one."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in SORTS.items()),
    )


def facet_of(
    name: str, filter: OpportunityFilter, results: Results, labels: Labels, *, whole=False
) -> Facet:
    """One facet; `whole` shows every value that would give something."""
    chosen = filter.query.stages if name == "stage" else getattr(filter.query, name)
    counts, named = results.counts[name], labels.of(name)
    is_select = name == SELECT and not filter.query.tells_of_a_reader
    shown, more = values_shown(name, counts, chosen, named, whole=whole or is_select)
    return Facet(
        name=name,
        label=facet_label(name),
        values=shown,
        labels=named,
        counts=counts,
        chosen=chosen,
        more=more,
        errors=filter.unread.get(name, []),
        is_select=is_select,
    )


def values_shown(name, counts, chosen, labels, *, whole) -> tuple[list[str], int]:
    """The values in order, and how many more there are one page further."""
    if name in SHORT_ANYWAY:
        return SHORT_ANYWAY[name], 0
    given = {value for value, count in counts.items() if count} | chosen
    if whole:
        return sorted(given, key=lambda v: labels[v].order), 0
    others = given - chosen
    shown = [*sorted(chosen, key=lambda v: labels[v].order), *fullest(others, counts, labels)]
    return shown, max(0, len(others) - SHORT)


def fullest(values: set[str], counts, labels) -> list[str]:
    """Of hundreds only those in question are put in order by name."""
    if len(values) > SHORT:
        least = sorted([counts[value] for value in values], reverse=True)[SHORT - 1]
        values = {value for value in values if counts[value] >= least}
    return sorted(values, key=lambda v: (-counts[v], labels[v].order))[:SHORT]


def chips_of(query: Query, labels: Labels) -> list[Chip]:
    """What narrows, one chip a value, each with the listing that lacks it."""
    names = [name for name in query.chosen if name != "q"]
    chips = [
        Chip(
            facet_label(name), labels.of(name)[value], listing_url(query.without_value(name, value))
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
        Chip(listed(labels_of(names, query)), "", listing_url(query.without(*names)), count)
        for names, count in helpful
    ]


def labels_of(names: Iterable[str], query: Query) -> list[Label]:
    """What was told of the reader as it was told."""
    told = [name for name in ABOUT if getattr(query, name)]
    return [facet_label(one) for name in names for one in (told if name == YOU else [name])]


QUESTIONS = {
    Audience.STUDENT: gettext_lazy("I study"),
    Audience.RESEARCHER: gettext_lazy("I research"),
    Audience.ENTREPRENEUR: gettext_lazy("I start something"),
    Audience.TRAVELLER: gettext_lazy("I want to travel"),
    Audience.PROFESSIONAL: gettext_lazy("I work"),
}


@dataclass(frozen=True)
class Way:
    """A row of ways in on the home page: the fullest values of one facet."""

    label: str
    chips: list[Chip]
    more: int
    more_url: str


def ways_of(query: Query, results: Results, labels: Labels) -> list[Way]:
    """By what readers do, by kind, sector and country, with the numbers that the pages behind them
    show."""
    by_facet = [way_of(name, query, results, labels) for name in ("kind", "sector", "country")]
    return [way_by_question(query, results), *by_facet]


def way_by_question(query: Query, results: Results) -> Way:
    label = _("What brings you here?")
    counts = results.counts["audience"]
    chips = [
        Chip(label, str(question), value_url(query, "audience", audience), counts[audience])
        for audience, question in QUESTIONS.items()
        if audience in counts
    ]
    return Way(label, chips, 0, "")


def way_of(name: str, query: Query, results: Results, labels: Labels) -> Way:
    facet = facet_of(name, OpportunityFilter({}), results, labels)
    options = zip(facet.values, facet.options, strict=True)
    chips = [
        Chip(facet.label, label, value_url(query, name, value), count)
        for value, (label, count, _is_chosen) in options
        if count
    ]
    return Way(facet.label, chips, facet.more, path_of("facet", name) + asked(query))


def facet_label(name: str) -> Label:
    return kept_facet_label(name, get_language())


@cache
def kept_facet_label(name: str, _language: str) -> Label:
    return Label(name, str(OpportunityFilter.base_filters[name].label))
