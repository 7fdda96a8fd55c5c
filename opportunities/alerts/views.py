"""Pages of alerts: asking for one, and what the links in its mails lead to. GET only asks; where a
secret stands in the address, it is the proof, and a POST may come from anywhere (RFC 8058)."""

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from opportunities.addresses import listing_url
from opportunities.cards import Card
from opportunities.filters import OpportunityFilter, Query
from opportunities.listings import filter_of, labels_at
from opportunities.models import Alert, Opportunity, Subscriber
from opportunities.origins import client_address, from_our_pages
from opportunities.views import problems_of

from . import limits, signing_up, tokens
from .criteria import LONGEST, criteria_of, storable, suggested_by, to_keep
from .forms import OFFERED, FollowForm, ListingForm
from .lines import lines_of
from .signing_up import Wish
from .tokens import Purpose


class Private(View):
    """Kept by nobody, found by no search engine, and its address goes to no other site."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


# --- Asking for one


@method_decorator(from_our_pages, name="dispatch")
class Asking(Private):
    """A form with an address in it; sent, the answer is the same for every address."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request, **kwargs):
        return self.page(request, **self.asked_about(request, timezone.now(), **kwargs))

    def post(self, request, **kwargs):
        now = timezone.now()
        context = self.asked_about(request, now, data=request.POST, **kwargs)
        form = context["form"]
        if context.get("problems") or not form.is_valid():
            return self.page(request, status=400, **context)
        try:
            signing_up.ask(
                self.wish(context), form.cleaned_data["email"], get_language(),
                client_address(request), now,
            )  # fmt: skip
        except limits.TooMany as flood:
            form.add_error(None, FLOODS[flood.whose]())
            response = self.page(request, status=429, **context)
            response.headers["Retry-After"] = int(limits.HOUR.total_seconds())
            return response
        return redirect("alerts:sent")

    def page(self, request, status=200, **context):
        return render(request, self.template_name, context, status=status)


FLOODS = {
    "network": lambda: _(
        "From your network somebody asked for many alerts within this hour. Try again in an hour."
    ),
    "everybody": lambda: _("Very many ask for alerts just now. Try again in an hour."),
}


class ListingAlert(Asking):
    """On what a filter finds: the listing's own query string."""

    template_name = "alerts/new.html"

    def asked_about(self, request, now, data=None) -> dict:
        filter = filter_of(request.GET, now)
        labels = labels_at(now)
        problems = [_(": ").join([str(p["label"]), p["message"]]) for p in problems_of(filter)]
        strange = request.GET.keys() - OpportunityFilter.base_filters.keys()
        problems += [
            _("“%(name)s” is no filter here.") % {"name": name} for name in sorted(strange)
        ]
        query = to_keep(filter.query)
        if len(storable(query)) > LONGEST:
            problems.append(_("So many filters are too many for an alert. Remove some."))
        return {
            "query": query,
            "criteria": criteria_of(query, labels),
            "is_reader_left_out": query.about != filter.query.about,
            "problems": problems,
            "list_url": listing_url(filter.query),
            "form": ListingForm(data),
        }

    def wish(self, context) -> Wish:
        how_often = context["form"].cleaned_data["how_often"]
        return Wish(query=context["query"], how_often=how_often)


class Follow(Asking):
    """On one opportunity; and, proposed beside it, on what is like it."""

    template_name = "alerts/follow.html"

    def asked_about(self, request, now, slug, data=None) -> dict:
        item = Opportunity.objects.visible().for_card().filter(slug=slug).first()
        if item is None:
            raise Http404
        card, like = Card(item, now), suggested_by(item, now)
        offered = OFFERED.get(card.stage)
        return {
            "card": card,
            "like": criteria_of(like, labels_at(now)),
            "like_url": new_url(like),
            "form": FollowForm(data, stage=card.stage) if offered else None,
            "problems": [] if offered else [_("There is nothing more to come of it.")],
        }

    def wish(self, context) -> Wish:
        about = tuple(context["form"].cleaned_data["about"])
        return Wish(opportunity=context["card"].item, about=about)


def new_url(query: Query) -> str:
    return f"{reverse('alerts:new')}?{storable(query)}"


class Sent(Private):
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        context = {"leaves": settings.MAIL_LEAVES, "hours": 72}
        return render(request, "alerts/sent.html", context)


# --- What links in mails lead to


@method_decorator(csrf_exempt, name="dispatch")
class BySecret(Private):
    http_method_names = ["get", "head", "post", "options"]
    purpose: Purpose

    def dispatch(self, request, *args, secret, **kwargs):
        self.now = timezone.now()
        self.token = tokens.find(secret, self.purpose)
        self.state = tokens.state_of(self.token, self.now)
        return super().dispatch(request, *args, **kwargs)

    def refused(self, request):
        context = {"state": self.state, "purpose": self.purpose.value}
        status = 404 if self.state == "unknown" else 410
        return render(request, "alerts/no_link.html", context, status=status)

    def done(self, request, **context):
        return render(request, "alerts/done.html", context)


class Confirm(BySecret):
    purpose = Purpose.CONFIRM

    def get(self, request):
        if self.state != "good":
            return self.refused(request)
        pending = self.token.subscriber.alerts.pending(self.now)
        context = {"lines": lines_of(pending, self.now)}
        return render(request, "alerts/confirm.html", context)

    def post(self, request):
        if self.state != "good":
            return self.refused(request)
        chosen = owned(self.token.subscriber, request.POST.getlist("alert"))
        with transaction.atomic():
            if not tokens.use(self.token, self.now):
                self.state = "used"
                return self.refused(request)
            began = signing_up.confirm(self.token, chosen, self.now)
        return self.done(request, what="confirmed" if began else "none")


def owned(subscriber: Subscriber, said: list[str]) -> list[int]:
    """The keys of their own alerts among what was sent, whatever else that holds."""
    theirs = {str(pk): pk for pk in subscriber.alerts.values_list("pk", flat=True)}
    return [theirs[one] for one in said if one in theirs]


class Manage(BySecret):
    """Good for thirty days, as often as one likes."""

    purpose = Purpose.MANAGE

    def get(self, request):
        if self.state != "good":
            return self.refused(request)
        alerts = self.token.subscriber.alerts.confirmed()
        context = {"lines": lines_of(alerts, self.now), "choices": Alert.HowOften.choices}
        return render(request, "alerts/manage.html", context)

    def post(self, request):
        if self.state != "good":
            return self.refused(request)
        subscriber, sent = self.token.subscriber, request.POST
        if "stop_all" in sent:
            signing_up.stop_all(subscriber)
        for pk in owned(subscriber, sent.getlist("stop")[:1]):
            signing_up.stop_one(subscriber, pk)
        for pk in owned(subscriber, sent.getlist("alert")[:1]):
            signing_up.change(subscriber, pk, sent.get("how_often", ""))
        if Subscriber.objects.filter(pk=subscriber.pk).exists():
            return redirect(request.path)
        return self.done(request, what="stopped")


class Stop(BySecret):
    """The one-click address of every mail. What was stopped before is stopped."""

    purpose = Purpose.STOP

    def get(self, request):
        if self.state != "good":
            return self.refused(request)
        return render(request, "alerts/stop.html")

    def post(self, request):
        if self.token:
            signing_up.stop_all(self.token.subscriber)
        return self.done(request, what="stopped")


class Keep(BySecret):
    purpose = Purpose.KEEP

    def get(self, request):
        if self.state != "good":
            return self.refused(request)
        return render(request, "alerts/keep.html")

    def post(self, request):
        if self.state != "good":
            return self.refused(request)
        signing_up.keep(self.token, self.now)
        return self.done(request, what="kept")
