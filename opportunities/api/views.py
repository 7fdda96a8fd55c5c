"""Addresses under /api/v1/: the listing's own question, answered as JSON or as a table."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from opportunities.addresses import absolute
from opportunities.filters import OpportunityFilter
from opportunities.listings import filter_of
from opportunities.models import Opportunity
from opportunities.search.answer import Results, answer, found
from partnerships.views import ReadOnly

from .described import summary, whole
from .problems import for_anybody, problem
from .table import as_csv

MOST_ROWS = 1_000
LANGUAGE = "lang"
ONCE = {"q", "residence", "age", "held", "unfit", "sort", "page", LANGUAGE}

Errors = dict[str, list[str]]


@method_decorator(csrf_exempt, name="dispatch")
class Reading(ReadOnly):
    """Open to scripts of other sites. `lang` chooses the language of words, else it is English."""

    parameters: set[str] = set()
    """Those beside `lang`."""

    def dispatch(self, request, *args, **kwargs):
        errors = misnamed(request, self.parameters | {LANGUAGE})
        language = request.GET.get(LANGUAGE, settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            errors[LANGUAGE] = [f"One of {', '.join(dict(settings.LANGUAGES))}."]
        if errors:
            return problem(400, "Part of the address could not be read", errors)
        with translation.override(language):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        return for_anybody(response)

    def http_method_not_allowed(self, request, *args, **kwargs):
        response = problem(405, "This is read only")
        response.headers["Allow"] = ", ".join(self._allowed_methods())
        return response


class OpportunityList(Reading):
    parameters = set(OpportunityFilter.base_filters)

    def get(self, request):
        now = timezone.now()
        filter = filter_of(request.GET, now)
        if filter.unread:
            return unreadable(filter)
        results = answer(filter.query, now)
        if filter.query.page > results.pages:
            return problem(404, "There is no such page", {"page": [f"1 to {results.pages}."]})
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
    """The first rows of a listing as CSV; `X-Total-Count` says how many there are."""

    parameters = OpportunityList.parameters - {"page"}

    def get(self, request):
        now = timezone.now()
        filter = filter_of(request.GET, now)
        if filter.unread:
            return unreadable(filter)
        ids = found(filter.query, now, MOST_ROWS).ids
        items = Opportunity.objects.visible().for_listing(ids)
        rows = as_csv(summary(item, now) for item in items)
        response = HttpResponse(rows, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="serai-opportunities.csv"'
        response.headers["X-Total-Count"] = str(answer(filter.query, now).total)
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


def misnamed(request: HttpRequest, known: set[str]) -> Errors:
    """What would silently not count: a parameter nobody knows, or one that is given twice."""
    strange = {name: ["Not a parameter of this address."] for name in request.GET.keys() - known}
    twice = {name: ["Given twice."] for name in ONCE if len(request.GET.getlist(name)) > 1}
    return strange | twice


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
