"""Every page that shows opportunities."""

from collections import Counter
from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import (
    Article,
    ArticleFormerSlug,
    Country,
    Grouping,
    Membership,
    Partnership,
    PartnershipFormerSlug,
    Sector,
)
from partnerships.views import ReadOnly, page_of
from partnerships.world_map import world_map

from .about import AboutYou
from .addresses import listing_url
from .cards import cards_of
from .choices import Stage
from .facets import chips_of, facet_of, facets_html, relaxing_of, sorts_html, ways_of
from .filters import FACETS, OpportunityFilter, Query, canonical_pairs
from .kept import Lasting
from .listings import Listing, filter_of, labels_at
from .models import Opportunity, OpportunityFormerSlug
from .pages import (
    ArticlePage,
    DuePage,
    OpportunityPage,
    PartnershipPage,
    promises_of,
    score_of,
)
from .preview import previewed_id
from .search.answer import PAGE_SIZE
from .structured_data import opportunity_data, site_data
from .wording import STAGES

NEW = Query(stage=frozenset({Stage.ANNOUNCED.value}))
FIRST = 3
DRAWN = 40
"""So many partnerships are on the map of the first page."""


class MayBeKept(ReadOnly):
    """A page that shows listings and, with `lasting_as`, says for how long it is right."""

    may_be_kept = True


class Home(MayBeKept):
    """Ways in: search, by kind, by country, by sector; what closes soon, what is newly announced."""

    def get(self, request):
        now = timezone.now()
        current, announced = Listing(Query(), now, FIRST), Listing(NEW, now, FIRST)
        fuller = current if current.results.total else announced
        context = {
            "current": current,
            "announced": announced,
            "ways": ways_of(fuller.query, fuller.results, labels_at(now)),
            "partnerships": (partnerships := bringing_most(current, announced)),
            "map": world_map(partnerships),
            "data": site_data(),
        }
        response = render(request, "opportunities/home.html", context)
        return lasting_as(response, request, current, announced)


def bringing_most(*listings: Listing) -> list[Partnership]:
    """Of what is listed; those that bring as much in the order of their addresses."""
    counts = Counter()
    for listing in listings:
        counts.update(listing.results.counts["partnership"])
    fullest = sorted(counts, key=lambda slug: (-counts[slug], slug))[:DRAWN]
    found = Partnership.objects.visible().for_names().in_bulk(fullest, field_name="slug")
    return [found[slug] for slug in fullest if slug in found]


class OpportunityList(MayBeKept):
    def get(self, request):
        now = timezone.now()
        filter, labels = filter_of(request.GET, now), labels_at(now)
        listing = Listing(filter.query, now)
        context = {
            "filter": filter,
            "unread": problems_of(filter) + beyond_the_last(filter.query, listing),
            "listing": listing,
            "facets": facets_html(filter, listing.results, labels),
            "chips": chips_of(filter.query, labels),
            "relaxing": relaxing_of(filter.query, listing.results.relaxed),
            "sorts": sorts_html(filter.query.sort),
            "about": AboutYou(filter, labels.of("country")),
        }
        response = render(request, "opportunities/opportunity_list.html", context)
        response.headers["X-Total-Count"] = listing.results.total
        return response if filter.unread else lasting_as(response, request, listing)


class FacetPage(MayBeKept):
    """One facet whole: the values that a listing had no room for."""

    def get(self, request, name):
        if name not in FACETS:
            raise Http404
        now = timezone.now()
        filter = filter_of(request.GET, now)
        listing = Listing(filter.query, now, most=0)
        context = {
            "filter": filter,
            "facet": facet_of(name, filter, listing.results, labels_at(now), whole=True),
            "kept": canonical_pairs(filter.query.without(name)),
            "back_url": listing_url(filter.query),
        }
        response = render(request, "opportunities/facet.html", context)
        return response if filter.unread else lasting_as(response, request, listing)


class DeadlineLine(MayBeKept):
    """The deadlines of a listing on a time line: too much for the listing's own weight."""

    def get(self, request):
        now = timezone.now()
        filter = filter_of(request.GET, now)
        page = DuePage(filter.query, now)
        context = {
            "page": page,
            "unread": problems_of(filter),
            "chips": chips_of(filter.query, labels_at(now)),
        }
        response = render(request, "opportunities/deadlines.html", context)
        return response if filter.unread else lasting_as(response, request, page)


class AboutYouPage(ReadOnly):
    """The form that asks who is looking, for the listing or for one opportunity."""

    def get(self, request):
        now = timezone.now()
        slug = request.GET.get("opportunity", "")
        is_public = Opportunity.objects.visible().filter(slug=slug).exists()
        about = about_at(request, now, slug if is_public else "")
        response = render(request, "opportunities/about_you.html", {"about": about})
        return kept_private(response)


def about_at(request, now, slug: str) -> AboutYou:
    return AboutYou(filter_of(request.GET, now), labels_at(now).of("country"), slug)


def lasting_as(response, request, *listings: Listing | DuePage):
    """The answer, saying how long it is right, where it shows nothing but these listings and what
    the address itself names. One that says more is written anew each time, and so is one whose
    listings saw different states."""
    lasting = [listing.lasting for listing in listings]
    stamps = {one.stamp for one in lasting}
    is_plain = request.GET.keys() <= OpportunityFilter.base_filters.keys()
    if is_plain and len(stamps) == 1 and all(stamps):
        response.lasting = Lasting(stamps.pop(), min(one.until for one in lasting))
    return response


def problems_of(filter: OpportunityFilter) -> list[dict]:
    """What of the address could not be read: the field's label and why."""
    return [
        {"label": filter.filters[name].label, "message": message}
        for name, messages in filter.unread.items()
        for message in messages
    ]


def beyond_the_last(query: Query, listing: Listing) -> list[dict]:
    pages = listing.results.pages
    if query.page <= pages:
        return []
    said = _("There is no page %(asked)s; this is the last one.") % {"asked": query.page}
    return [{"label": _("Page"), "message": said}]


def kept_private(response):
    """Kept by nobody and sent to nobody else, as every address that tells of a person is anyway."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


class OpportunityDetail(ReadOnly):
    def get(self, request, slug):
        item = Opportunity.objects.visible().for_page().filter(slug=slug).first()
        if item is None:
            return hidden(request, Opportunity, OpportunityFormerSlug, slug)
        now = timezone.now()
        about = about_at(request, now, slug)
        page = OpportunityPage(item, now, about.query)
        context = {
            "page": page,
            "about": about,
            "data": opportunity_data(page),
            "is_preview": False,
        }
        response = render(request, "opportunities/opportunity_detail.html", context)
        return kept_private(response) if about.is_personal else response


class OpportunityPreview(ReadOnly):
    """The only public address on which something hidden shows."""

    def get(self, request, signed):
        item = get_object_or_404(Opportunity.objects.for_page(), pk=previewed_id(signed))
        page = OpportunityPage(item, timezone.now())
        context = {"page": page, "about": None, "data": "", "is_preview": True}
        response = render(request, "opportunities/opportunity_detail.html", context)
        return kept_private(response)


class PartnershipDetail(ReadOnly):
    def get(self, request, slug):
        item = Partnership.objects.visible().for_page().filter(slug=slug).first()
        if item is None:
            return hidden(request, Partnership, PartnershipFormerSlug, slug)
        now = timezone.now()
        query = Query(partnership=frozenset({slug}), stage=frozenset({"all"}))
        context = {
            "page": PartnershipPage(item),
            "map": world_map([item]),
            "score": score_of(item, now),
            "promises": promises_of(item, now),
            "listing": Listing(query, now),
        }
        return render(request, "opportunities/partnership.html", context)


class ArticleDetail(ReadOnly):
    def get(self, request, slug):
        articles = Article.objects.select_related("outlet").prefetch_related("references__target")
        item = articles.visible().filter(slug=slug).first()
        if item is None:
            return hidden_article(request, slug)
        page = ArticlePage(item)
        resting = page_of(page.opportunities, request, PAGE_SIZE)
        context = {"page": page, "resting": resting, "cards": cards_of(resting, timezone.now())}
        return render(request, "opportunities/article.html", context)


def listings_of(query: Query, now) -> tuple[Listing, Listing]:
    """What is open for a country, sector or grouping, and the first of what is promised."""
    return Listing(query, now), Listing(replace(query, stage=NEW.stage), now, FIRST)


class CountryDetail(MayBeKept):
    def get(self, request, iso2):
        if iso2 != iso2.lower():
            return redirect("opportunities:country", iso2.lower(), permanent=True)
        country = get_object_or_404(Country.objects.select_related("region"), pk=iso2.upper())
        now = timezone.now()
        query = Query(country=frozenset({country.pk}))
        listing, announced = listings_of(query, now)
        memberships = Membership.objects.on(now.date()).filter(country=country)
        partnerships = Partnership.objects.visible().with_country(country, now.date()).for_names()
        context = {
            "country": country,
            "memberships": memberships.select_related("grouping"),
            "partnerships": partnerships,
            "map": world_map(partnerships),
            "listing": listing,
            "announced": announced,
        }
        response = render(request, "opportunities/country.html", context)
        return lasting_as(response, request, listing, announced)


class SectorDetail(MayBeKept):
    def get(self, request, slug):
        sector = get_object_or_404(
            Sector.objects.select_related("parent").prefetch_related("children"), slug=slug
        )
        partnerships = Partnership.objects.visible().in_sector(sector).for_names()
        listing, announced = listings_of(Query(sector=frozenset({slug})), timezone.now())
        context = {
            "sector": sector,
            "partnerships": partnerships,
            "map": world_map(partnerships),
            "listing": listing,
            "announced": announced,
        }
        response = render(request, "opportunities/sector.html", context)
        return lasting_as(response, request, listing, announced)


class GroupingDetail(MayBeKept):
    def get(self, request, slug):
        grouping = get_object_or_404(Grouping, slug=slug)
        partnerships = Partnership.objects.visible().with_grouping(grouping).for_names()
        listing, announced = listings_of(Query(grouping=frozenset({slug})), timezone.now())
        context = {
            "grouping": grouping,
            "memberships": grouping.memberships.in_reading_order(),
            "partnerships": partnerships,
            "map": world_map(partnerships),
            "listing": listing,
            "announced": announced,
        }
        response = render(request, "opportunities/grouping.html", context)
        return lasting_as(response, request, listing, announced)


class HowWeKnow(ReadOnly):
    """What stages and sources mean, and what we cannot promise."""

    def get(self, request):
        context = {"stages": STAGES.items(), "within": settings.VERIFY_WITHIN_DAYS}
        return render(request, "opportunities/how_we_know.html", context)


class SafeApplying(ReadOnly):
    def get(self, request):
        return render(request, "opportunities/safe_applying.html")


class Privacy(ReadOnly):
    """What is kept, where, how long: ten lines."""

    def get(self, request):
        return render(request, "opportunities/privacy.html")


class Offline(ReadOnly):
    """What a device keeps to show where there is no network and nothing else is kept."""

    def get(self, request):
        return render(request, "opportunities/offline.html")


# --- What is not there (404), no longer there (410) or elsewhere (301)


def hidden(request, model, former, slug, under=""):
    """The answer for a slug that is not public: moved, withdrawn with its reason, or unknown.
    `under`: what of it was asked for, such as "feed.atom"."""
    item = model.objects.withdrawn().filter(slug=slug).first()
    if item is not None:
        return gone(request, item.withdrawn_because)
    owner = model._meta.model_name
    moved = former.objects.filter(slug=slug).select_related(owner).first()
    if moved is None or not getattr(moved, owner).was_published:
        raise Http404
    return HttpResponsePermanentRedirect(getattr(moved, owner).get_absolute_url() + under)


def hidden_article(request, slug, name="article"):
    removed = Article.objects.rested_on().exclude(removed_on=None).filter(slug=slug).first()
    if removed is not None:
        return gone(request, removed.removed_because)
    moved = ArticleFormerSlug.objects.filter(slug=slug).first()
    target = moved and Article.objects.rested_on().filter(pk=moved.article_id).first()
    if not target:
        raise Http404
    return redirect(f"opportunities:{name}", target.slug, permanent=True)


def gone(request, reason: str):
    context = {
        "heading": _("This was withdrawn"),
        "advice": _("It was public once and is no longer shown."),
        "reason": reason,
    }
    return render(request, "errors/410.html", context, status=410)
