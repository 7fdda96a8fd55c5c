"""A filter repeated in words, and the filter that an opportunity suggests."""

from dataclasses import dataclass
from datetime import datetime

from babel.lists import format_list
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opportunities.choices import Stage
from opportunities.facets import facet_label
from opportunities.filters import SORTS, OpportunityFilter, Query, canonical_query
from opportunities.labels import Labels
from opportunities.listings import filter_of
from opportunities.models import Opportunity
from opportunities.search.answer import found
from partnerships.names import locale_of

LONGEST = 1_500


@dataclass(frozen=True)
class Criterion:
    label: str
    value: str


def criteria_of(query: Query, labels: Labels) -> list[Criterion]:
    """Every criterion, the stages too where they go without saying, and the order."""
    lines = [Criterion(facet_label("q"), query.q)] if query.q else []
    for name in query.chosen:
        if name not in {"q", "stage"}:
            lines.append(Criterion(facet_label(name), either(name, getattr(query, name), labels)))
    lines.append(Criterion(facet_label("stage"), stages_of(query, labels)))
    lines.append(Criterion(facet_label("sort"), str(SORTS[query.order])))
    return lines


def stages_of(query: Query, labels: Labels) -> str:
    every = len(query.stages) == len(Stage)
    return labels.of("stage")["all"] if every else either("stage", query.stages, labels)


def either(name: str, values, labels: Labels) -> str:
    names = sorted((labels.of(name)[value] for value in values), key=lambda label: label.order)
    return format_list([str(n) for n in names], style="or", locale=locale_of(get_language()))


def narrowing_words(query: Query, labels: Labels) -> str:
    """“Scholarship, Energy”: what sets a filter apart, for a heading."""
    parts = [query.q] if query.q else []
    parts += [either(name, getattr(query, name), labels) for name in query.chosen if name != "q"]
    return _(", ").join(parts) or _("everything on Serai")


def read_again(asked: str, now: datetime) -> OpportunityFilter | None:
    """The filter of a stored query string; None where any of it is no longer understood."""
    data = QueryDict(asked)
    filter = filter_of(data, now)
    is_known = data.keys() <= OpportunityFilter.base_filters.keys()
    return filter if is_known and not filter.unread else None


def storable(query: Query) -> str:
    """Its query string, from the first page on."""
    return canonical_query(query.without())


def to_keep(query: Query) -> Query:
    """What an alert may keep of it: of its reader at most a nationality, and that only to hide by."""
    return query.without("residence", "age", "held", "unfit", *["nationality"] * bool(query.unfit))


def suggested_by(item: Opportunity, now: datetime) -> Query:
    """More like this one: its kind, sectors and levels, fewer where nothing else has them all."""
    kind = frozenset({item.kind} - {""})
    sectors = frozenset(sector.slug for sector in item.sectors.all())
    ways = [
        Query(kind=kind, sector=sectors, level=frozenset(item.levels)),
        Query(kind=kind, sector=sectors),
    ]
    return next((way for way in ways if has_others(way, item, now)), Query(kind=kind))


def has_others(query: Query, item: Opportunity, now: datetime) -> bool:
    every = Query(**{name: getattr(query, name) for name in query.chosen} | {"stage": ALL})
    return any(pk != item.pk for pk in found(every, now, 2).ids)


ALL = frozenset({"all"})
