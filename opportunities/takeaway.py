"""What readers take with them: feeds, calendars and text cards, each of what a page shows."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import (
    Article,
    Country,
    EditorialStatus,
    Grouping,
    Partnership,
    PartnershipFormerSlug,
    Sector,
)
from partnerships.views import ReadOnly

from . import wording
from .addresses import asked, listing_url, path_of
from .calendars import SHOWN, calendar_of
from .cards import Card, cards_of
from .facets import chips_of
from .feeds import (
    FEED_SIZE,
    NOT_CLOSED,
    add_corrections,
    add_opportunities,
    new_feed,
    written,
)
from .filters import OpportunityFilter, Query
from .kept import Lasting
from .listings import filter_of, labels_at
from .models import Opportunity, OpportunityFormerSlug
from .pages import ArticlePage
from .search.answer import found
from .search.results import Found
from .text_cards import text_card
from .views import MayBeKept, hidden, hidden_article, problems_of

MOST_IN_A_CALENDAR = 500
CALENDAR_TYPE = "text/calendar; charset=utf-8"
PLAIN_TYPE = "text/plain; charset=utf-8"
PUBLISHED, WITHDRAWN = EditorialStatus.PUBLISHED, EditorialStatus.WITHDRAWN


def taken(body: bytes | str, content_type: str) -> HttpResponse:
    """No page of its own: search engines find what it is of."""
    return HttpResponse(body, content_type, headers={"X-Robots-Tag": "noindex"})


# --- Of any listing


class ListingTaken(MayBeKept):
    """The same query string as the listing; what cannot be read is refused, for a program would
    not see that it was left out."""

    def get(self, request):
        now = timezone.now()
        filter = filter_of(request.GET, now)
        query = filter.query
        if filter.unread:
            said = [f"{p['label']}: {p['message']}" for p in problems_of(filter)]
            said.insert(0, _("Some of this address was not understood, so nothing is given."))
            return HttpResponse("\n".join(said), PLAIN_TYPE, status=400)
        return self.answer(request, query, now)


class ListingFeed(ListingTaken):
    def answer(self, request, query: Query, now: datetime) -> HttpResponse:
        query = replace(query, sort="")
        at = path_of("feed") + asked(query)
        return listing_feed(request, query, now, title_of(query, now), listing_url(query), at)


class ListingCalendar(ListingTaken):
    def answer(self, request, query: Query, now: datetime) -> HttpResponse:
        """In the order of deadlines, without the stages that have none."""
        stages = query.stages & frozenset(SHOWN)
        one = replace(query, stage=stages, sort="deadline", page=1)
        ids = found(one, now, MOST_IN_A_CALENDAR) if stages else Found([], 1, 1, now)
        shown = items_of(ids)
        body = calendar_of(
            shown, name=title_of(query, now), now=now, nationalities=query.nationality
        )
        return lasting_as_found(taken(body, CALENDAR_TYPE), request, ids, cards_of(shown, now))


def title_of(query: Query, now: datetime) -> str:
    """The filters in words."""
    values = [str(chip.value) for chip in chips_of(query, labels_at(now))]
    return "Serai: " + (", ".join(values) or _("Opportunities"))


def listing_feed(request, query: Query, now: datetime, title: str, page: str, at: str):
    """Newest first, in pages. `page`: the address it is a feed of; `at`: its own."""
    ids = found(replace(query, sort="newest"), now, FEED_SIZE)
    cards = cards_of(items_of(ids), now)
    feed = new_feed(title, page, at, neighbours(query, ids))
    add_opportunities(feed, cards)
    return lasting_as_found(taken(written(feed), feed.content_type), request, ids, cards)


def items_of(ids: Found) -> list[Opportunity]:
    items = Opportunity.objects.visible().for_taking().in_bulk(ids.ids)
    return [items[pk] for pk in ids.ids if pk in items]


def neighbours(query: Query, ids: Found) -> dict[str, str]:
    around = {"previous": ids.page - 1, "next": ids.page + 1}
    return {
        rel: path_of("feed") + asked(replace(query, page=page))
        for rel, page in around.items()
        if 1 <= page <= ids.pages
    }


def lasting_as_found(response: HttpResponse, request, ids: Found, cards: list) -> HttpResponse:
    """Saying how long it is right, where there is an index that tells and the address asks for
    nothing but a listing."""
    if ids.stamp and request.GET.keys() <= OpportunityFilter.base_filters.keys():
        until = min([ids.until, *(card.changes_at for card in cards)])
        response.lasting = Lasting(ids.stamp, until)
    return response


# --- Of a country, sector or grouping: what its page lists


class CountryFeed(MayBeKept):
    def get(self, request, iso2):
        if iso2 != iso2.lower():
            return redirect("opportunities:country-feed", iso2.lower(), permanent=True)
        country = get_object_or_404(Country, pk=iso2.upper())
        query = Query(country=frozenset({country.pk}))
        return place_feed(request, query, country.name, "country", iso2)


class SectorFeed(MayBeKept):
    def get(self, request, slug):
        sector = get_object_or_404(Sector, slug=slug)
        return place_feed(request, Query(sector=frozenset({slug})), sector.name, "sector", slug)


class GroupingFeed(MayBeKept):
    def get(self, request, slug):
        grouping = get_object_or_404(Grouping, slug=slug)
        query = Query(grouping=frozenset({slug}))
        return place_feed(request, query, grouping.name, "grouping", slug)


class PartnershipFeed(ReadOnly):
    """What it brings at every stage but closed, which the address does not name."""

    def get(self, request, slug):
        item = Partnership.objects.visible().for_names().filter(slug=slug).first()
        if item is None:
            former = PartnershipFormerSlug
            return hidden(request, Partnership, former, slug, under="feed.atom")
        query = Query(partnership=frozenset({slug}), stage=NOT_CLOSED)
        title = wording.in_example(item, item.name)
        return place_feed(request, query, title, "partnership", slug)


def place_feed(request, query: Query, name: str, page: str, slug: str) -> HttpResponse:
    at, title = path_of(f"{page}-feed", slug), f"Serai: {name}"
    return listing_feed(request, query, timezone.now(), title, path_of(page, slug), at)


# --- Of one article, and of all corrections


class ArticleFeed(ReadOnly):
    def get(self, request, slug):
        item = Article.objects.visible().filter(slug=slug).first()
        if item is None:
            return hidden_article(request, slug, "article-feed")
        now = timezone.now()
        rows = ArticlePage(item).opportunities.at_stage(*NOT_CLOSED, now=now)
        title = wording.in_example(item, item.title or _("Article, title not stated"))
        feed = new_feed(f"Serai: {title}", path_of("article", slug), path_of("article-feed", slug))
        add_opportunities(feed, cards_of(rows.prefetch_related("changes")[:FEED_SIZE], now))
        return taken(written(feed), feed.content_type)


class CorrectionsFeed(ReadOnly):
    def get(self, request):
        title = _("Serai: corrections, before and after")
        feed = new_feed(title, path_of("how-we-know"), path_of("corrections"))
        add_corrections(feed)
        return taken(written(feed), feed.content_type)


# --- Of one opportunity


class OpportunityCalendar(ReadOnly):
    """Of a withdrawn one too, so that calendars that hold it learn of it."""

    def get(self, request, slug):
        known = Opportunity.objects.for_taking().filter(slug=slug)
        item = known.filter(status__in=[PUBLISHED, WITHDRAWN]).first()
        if item is None:
            return hidden(request, Opportunity, OpportunityFormerSlug, slug, under="calendar.ics")
        shown = wording.in_example(item, str(item))
        name = _("This was withdrawn") if item.status == WITHDRAWN else shown
        body = calendar_of([item], name=name, now=timezone.now())
        response = taken(body, CALENDAR_TYPE)
        response.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
        return response


class OpportunityTextCard(ReadOnly):
    def get(self, request, slug):
        item = Opportunity.objects.visible().for_card().filter(slug=slug).first()
        if item is None:
            return hidden(request, Opportunity, OpportunityFormerSlug, slug, under="card.txt")
        return taken(text_card(Card(item, timezone.now())), PLAIN_TYPE)
