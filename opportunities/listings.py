"""A `Query` answered and ready for a page: the same cards and numbers wherever they are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .addresses import asked, listing_url, opportunity_url, page_url, path_of, stage_url
from .cards import WrittenCard, written_cards
from .choices import Stage
from .filters import Known, OpportunityFilter, Query
from .fit import Fit, fits_of, refused_words
from .kept import Lasting
from .labels import Labels
from .models import Opportunity
from .search.answer import PAGE_SIZE, Results, answer
from .search.moment import clock


@dataclass(frozen=True)
class Listing:
    query: Query
    now: datetime
    most: int = PAGE_SIZE

    @cached_property
    def results(self) -> Results:
        return answer(self.query, self.now)

    @cached_property
    def written(self) -> list[WrittenCard]:
        return written_cards(self.results.page_ids[: self.most], self.now, self.results.stamp)

    @cached_property
    def cards(self) -> SafeString:
        if self.query.tells_of_a_reader:
            return SafeString("".join(self.written_for_reader()))
        return SafeString("".join(card.html for card in self.written))

    def written_for_reader(self) -> Iterator[str]:
        """The cards everybody gets, each saying whether it fits and leading to its page for them."""
        items = Opportunity.objects.visible().filter(pk__in=[card.pk for card in self.written])
        fits = fits_of(items.for_criteria(), self.query, self.now)
        for card in self.written:
            if card.pk in fits:
                yield card_for_reader(card, fits[card.pk], self.query)

    @property
    def lasting(self) -> Lasting:
        """How long a page that shows this, once it is written, stays right."""
        until = min([self.results.until, *(card.until for card in self.written)])
        return Lasting(self.results.stamp, until)

    @cached_property
    def count(self) -> str:
        """“41 opportunities, page 2 of 3”."""
        results = self.results
        said = ngettext("%(n)s opportunity", "%(n)s opportunities", results.total)
        said %= {"n": results.total}
        if results.pages > 1:
            said += _(", page %(page)s of %(pages)s") % {
                "page": results.page,
                "pages": results.pages,
            }
        return said

    @property
    def url(self) -> str:
        return listing_url(replace(self.query, page=1))

    @property
    def feed_url(self) -> str:
        return path_of("feed") + asked(replace(self.query, sort="", page=1))

    @property
    def calendar_url(self) -> str:
        return path_of("calendar") + asked(replace(self.query, sort="", page=1))

    @property
    def deadlines_url(self) -> str:
        """Its deadlines on a time line; '' where there can be none."""
        return path_of("deadlines") + self.asked if self.results.total else ""

    @property
    def asked(self) -> str:
        """The same question as the end of another address."""
        return asked(replace(self.query, page=1))

    @property
    def more_announced(self) -> int:
        """How many are announced for the same filters, where the default stages are shown."""
        return 0 if self.query.stage else self.results.announced

    @property
    def hidden_because(self) -> str:
        return refused_words(self.results.refused_by, self.results.left_out)

    @property
    def nearest_url(self) -> str:
        """The same question with the words we do not have spelt as the nearest we do."""
        return listing_url(replace(self.query, q=self.results.nearest, page=1))

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


def card_for_reader(card: WrittenCard, fit: Fit, query: Query) -> str:
    """Their own deadline stands where everybody is told the first one; beside the day it opens."""
    own, html = fit.own_deadline, card.html
    if own and card.due:
        html, own = html.replace(f" · {escape(card.due)}", f" · {escape(own)}", 1), ""
    own = f" · {own}" if own else ""
    said = format_html('<p><b class="fit {}">{}</b>{}</p>\n</li>', fit.style, fit.word, own)
    plain, told = (
        format_html('href="{}"', url)
        for url in (path_of("detail", card.slug), opportunity_url(card.slug, query))
    )
    return html.replace("</li>", said).replace(plain, told, 1)


# --- What the search has at hand, so that nobody reads it again


def filter_of(data: Mapping, now: datetime) -> OpportunityFilter:
    return OpportunityFilter(data, known_at(now))


def known_at(now: datetime) -> dict[str, Known]:
    """The closed lists that a filter's values are of; none where there is no index."""
    moment = clock.moment_at(now)
    if moment is None:
        return {}
    tables = moment.shelf.tables
    countries = dict.fromkeys(
        ("country", "host", "nationality", "residence"), lambda: tables.countries
    )
    return countries | {
        "sector": lambda: tables.sectors,
        "grouping": lambda: tables.groupings,
        "partnership": lambda: {joined.slug for joined in tables.partnerships.values()},
    }


def labels_at(now: datetime) -> Labels:
    moment = clock.moment_at(now)
    return Labels(moment.shelf.reference if moment else None)
