"""Addresses under /api/v1/: the listing's own question, answered as JSON or as a table."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation

from opportunities.addresses import absolute
from opportunities.filters import OpportunityFilter, Query
from opportunities.listings import filter_of
from opportunities.models import Opportunity
from opportunities.search.answer import Results, answer, first_ids
from partnerships.views import ReadOnly

from .described import summary, whole
from .table import as_csv

MOST_ROWS = 1_000
PROBLEM = "application/problem+json"


class Reading(ReadOnly):
    """Open to scripts of other sites. `lang` chooses the language of words, else it is English."""

    def dispatch(self, request, *args, **kwargs):
        language = request.GET.get("lang", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            response = problem(400, "Unknown language", {"lang": [f"One of {offered()}."]})
        else:
            with translation.override(language):
                response = super().dispatch(request, *args, **kwargs)
            response.headers["Content-Language"] = language
        if "nationality" in request.GET:  # it tells of a person: kept by nobody
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


class OpportunityList(Reading):
    def get(self, request):
        now = timezone.now()
        filter = filter_of(request.GET, now)
        if filter.unread:
            return unreadable(filter)
        results = answer(filter.query, now)
        if filter.query.page > results.pages:
            return problem(404, "There is no such page", {"pages": [str(results.pages)]})
        items = Opportunity.objects.visible().for_listing(results.page_ids)
        body = {
            "count": results.total,
            "pages": results.pages,
            "next": beside(request, results, results.page + 1),
            "previous": beside(request, results, results.page - 1),
            "counts": results.counts,
            "results": [summary(item, now) for item in items],
        }
        return JsonResponse(body)


class OpportunityTable(Reading):
    """The first of a listing as CSV; the header says how many there are."""

    def get(self, request):
        now = timezone.now()
        filter = filter_of(request.GET, now)
        if filter.unread:
            return unreadable(filter)
        response = HttpResponse(
            as_csv(rows(filter.query, now)), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = 'attachment; filename="serai-opportunities.csv"'
        return response


class OpportunityDetail(Reading):
    def get(self, request, slug):
        item = Opportunity.objects.visible().for_page().filter(slug=slug).first()
        if item is not None:
            return JsonResponse(whole(item, timezone.now()))
        gone = Opportunity.objects.withdrawn().filter(slug=slug).first()
        if gone is None:
            return problem(404, "There is no opportunity of this name")
        return problem(410, "It was withdrawn", {"reason": [gone.withdrawn_because]})


def rows(query: Query, now: datetime):
    items = Opportunity.objects.visible().for_listing(first_ids(query, now, MOST_ROWS))
    return (summary(item, now) for item in items)


def beside(request: HttpRequest, results: Results, page: int) -> str | None:
    """The address of the page before or after."""
    if not 1 <= page <= results.pages:
        return None
    said = request.GET.copy()
    said["page"] = str(page)
    return absolute(f"{request.path}?{said.urlencode()}")


def unreadable(filter: OpportunityFilter) -> JsonResponse:
    errors = {name: list(map(str, messages)) for name, messages in filter.unread.items()}
    return problem(400, "Part of the address could not be read", errors)


def problem(status: int, title: str, errors: dict | None = None) -> JsonResponse:
    """RFC 9457."""
    body = {"title": title, "status": status} | ({"errors": errors} if errors else {})
    return JsonResponse(body, status=status, content_type=PROBLEM)


def offered() -> str:
    return ", ".join(code for code, _name in settings.LANGUAGES)
