"""`/saved/`: the one address on which what a reader saved shows, and by which it changes."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from opportunities.calendars import calendar_of
from opportunities.choices import Outcome
from opportunities.models import Opportunity, SavedList
from opportunities.origins import from_our_pages
from opportunities.views import kept_private
from partnerships.views import ReadOnly

from . import keeping
from .page import page_of


class SeeOther(HttpResponseRedirect):
    """After a POST: look there, by GET."""

    status_code = 303


@method_decorator(from_our_pages, name="dispatch")
class Saved(View):
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request):
        return shown(request, timezone.now())

    def post(self, request):
        """The button that was pressed names the verb; its value, the opportunity."""
        verb = next((name for name in VERBS if name in request.POST), None)
        if verb is None:
            raise BadRequest
        now = timezone.now()
        if verb == "save":
            return save(request, now)
        if saved := keeping.list_of(number_of(request)):
            return VERBS[verb](request, saved, now)
        return back()


class SavedCalendar(ReadOnly):
    """For whoever has its address, whose number is the proof: calendars send no cookie."""

    def get(self, request, number):
        saved = get_object_or_404(SavedList, calendar_hash=keeping.hash_of(number))
        shown = Opportunity.objects.visible() | Opportunity.objects.withdrawn()
        items = shown.for_taking().filter(pk__in=saved.items.values("opportunity"))
        body = calendar_of(items.order_by("pk"), name=_("Saved at Serai"), now=timezone.now())
        return kept_private(HttpResponse(body, content_type="text/calendar; charset=utf-8"))


def number_of(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SAVED_COOKIE_NAME, "")


def shown(request: HttpRequest, now: datetime, *, is_full: bool = False) -> HttpResponse:
    saved, number = keeping.list_of(number_of(request)), number_of(request)
    calendar = saved and keeping.calendar_token(saved, number)
    context = {
        "page": page_of(saved, now),
        "calendar_url": calendar_url(calendar) if calendar else "",
        "is_full": is_full,
        "most": keeping.MOST,
    }
    status = 409 if is_full else 200
    return kept_private(render(request, "opportunities/saved.html", context, status=status))


def calendar_url(number: str) -> str:
    return settings.SITE_URL + reverse("opportunities:saved-calendar", args=[number])


# --- What a POST does


def save(request: HttpRequest, now: datetime) -> HttpResponse:
    """Begins a list where there is none, with the first cookie of a visit."""
    item, number = keeping.savable(request.POST["save"]), number_of(request)
    saved = keeping.list_of(number)
    if saved is None:
        saved, number = keeping.begin(now)
    try:
        keeping.save(saved, item, now)
    except keeping.ListFull:
        return shown(request, now, is_full=True)
    return with_cookie(back(item.slug), number)


def remove(request: HttpRequest, saved: SavedList, now: datetime) -> HttpResponse:
    keeping.remove(saved, request.POST["remove"], now)
    return with_cookie(back(), number_of(request))


def mark(request: HttpRequest, saved: SavedList, now: datetime) -> HttpResponse:
    slug, outcome = request.POST["mark"], request.POST.get("outcome", "")
    if outcome and outcome not in Outcome.values:
        raise BadRequest
    keeping.mark(saved, slug, applied="applied" in request.POST, outcome=outcome, now=now)
    return with_cookie(back(slug), number_of(request))


def keep(request: HttpRequest, saved: SavedList, now: datetime) -> HttpResponse:
    keeping.touch(saved, now)
    return with_cookie(back(), number_of(request))


def calendar(request: HttpRequest, saved: SavedList, now: datetime) -> HttpResponse:
    """A new address for its calendar, instead of the one before."""
    keeping.give_calendar(saved, number_of(request), now)
    return with_cookie(back(), number_of(request))


def forget(request: HttpRequest, saved: SavedList, now: datetime) -> HttpResponse:
    """Everything, and the cookie with it."""
    saved.delete()
    response = back()
    response.delete_cookie(settings.SAVED_COOKIE_NAME, samesite="Lax")
    return response


VERBS: dict[str, Callable[..., HttpResponse]] = {
    "save": save,
    "remove": remove,
    "mark": mark,
    "keep": keep,
    "calendar": calendar,
    "forget": forget,
}


def back(slug: str = "") -> SeeOther:
    """To the list, at what was just noted."""
    return kept_private(SeeOther(reverse("opportunities:saved") + (f"#at-{slug}" if slug else "")))


def with_cookie(response: HttpResponse, number: str) -> HttpResponse:
    """Lasts as long as the list: from its last use, thirteen months."""
    response.set_cookie(
        settings.SAVED_COOKIE_NAME,
        number,
        max_age=keeping.LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
