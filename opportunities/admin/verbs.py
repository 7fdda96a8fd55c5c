"""The verbs of the desk as buttons, as actions on several rows and as pages that ask why."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opportunities import editorial
from partnerships.models import EditorialStatus

from .forms import ReasonForm
from .rights import has_right


@dataclass(frozen=True)
class Verb:
    name: str
    label: Promise
    done: Promise  # a sentence with %(count)d
    perform: Callable  # of editorial: perform(item, by=user[, reason=why])
    right: str  # the first word of the permission it takes
    fits: Callable  # item → whether its button makes sense now
    asks_why: bool = False


SUBMIT = Verb(
    name="submit",
    label=gettext_lazy("Submit for review"),
    done=ngettext_lazy(
        "%(count)d submitted for review.", "%(count)d submitted for review.", "count"
    ),
    perform=editorial.submit_for_review,
    right="change",
    fits=lambda item: item.status == EditorialStatus.DRAFT,
)
PUBLISH = Verb(
    name="publish",
    label=gettext_lazy("Publish"),
    done=ngettext_lazy("%(count)d published.", "%(count)d published.", "count"),
    perform=editorial.publish,
    right="publish",
    fits=lambda item: item.status != EditorialStatus.PUBLISHED,
)
SEND_BACK = Verb(
    name="send-back",
    label=gettext_lazy("Send back"),
    done=ngettext_lazy("%(count)d sent back.", "%(count)d sent back.", "count"),
    perform=editorial.send_back,
    right="publish",
    fits=lambda item: item.status == EditorialStatus.IN_REVIEW,
)
WITHDRAW = Verb(
    name="withdraw",
    label=gettext_lazy("Withdraw…"),
    done=ngettext_lazy("%(count)d withdrawn.", "%(count)d withdrawn.", "count"),
    perform=editorial.withdraw,
    right="publish",
    fits=lambda item: item.status == EditorialStatus.PUBLISHED,
    asks_why=True,
)
REMOVE = Verb(
    name="remove",
    label=gettext_lazy("Remove at request…"),
    done=ngettext_lazy("%(count)d removed.", "%(count)d removed.", "count"),
    perform=editorial.remove_article,
    right="remove",
    fits=lambda article: article.removed_on is None,
    asks_why=True,
)


class VerbAdmin(admin.ModelAdmin):
    verbs: tuple[Verb, ...] = ()

    # --- Who may

    def may(self, request, verb: Verb, item=None) -> bool:
        """Of one row, or, without one, at all."""
        if verb.right == "change":
            return self.has_change_permission(request, item)
        return has_right(request.user, verb.right, self.model)

    def attempt(self, request, verb: Verb, item, **why) -> list[str]:
        """Perform it and note it in the row's history; returns what stands in the way, if anything."""
        if not self.may(request, verb, item):
            return [_("You may not do this to it.")]
        try:
            with transaction.atomic():
                verb.perform(item, by=request.user, **why)
                self.note(request, verb, item)
        except ValidationError as refused:
            return refused.messages
        return []

    def note(self, request, verb: Verb, item) -> None:
        self.log_change(request, item, verb.done % {"count": 1})

    # --- Buttons of the change form

    def offered(self, request, item=None) -> list[Verb]:
        """On the page of a row, or of one that is being added (which begins as a draft)."""
        item = item or self.model()
        return [
            v
            for v in self.verbs
            if v.fits(item) and self.may(request, v, item if item.pk else None)
        ]

    def pressed(self, request) -> Verb | None:
        """The verb whose button sent the form."""
        return next((v for v in self.verbs if f"_{v.name}" in request.POST), None)

    def perform_pressed(self, request, item) -> None:
        """Raises PermissionDenied or ValidationError, and then nothing is saved."""
        if verb := self.pressed(request):
            if verb.asks_why or not self.may(request, verb, item):
                raise PermissionDenied
            verb.perform(item, by=request.user)
            self.note(request, verb, item)
            messages.success(request, verb.done % {"count": 1})

    # --- Actions on several rows

    def get_actions(self, request) -> dict:
        actions = super().get_actions(request)
        for verb in self.verbs:
            if self.may(request, verb) and "_popup" not in request.GET:
                actions[verb.name] = (action_of(verb), verb.name, verb.label)
        return actions

    def act(self, request, verb: Verb, rows):
        why = {}
        if verb.asks_why:
            form = ReasonForm(request.POST if "confirm" in request.POST else None)
            if not form.is_valid():
                return self.reason_page(request, verb, rows, form)
            why = form.cleaned_data
        done = 0
        for item in rows:
            if problems := self.attempt(request, verb, item, **why):
                messages.error(request, refusal(item, problems))
            else:
                done += 1
        if done:
            messages.success(request, verb.done % {"count": done})
        return None

    # --- Pages that ask why

    def get_urls(self) -> list:
        return [
            path(
                f"<path:object_id>/{verb.name}/",
                self.admin_site.admin_view(page_of(self, verb)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}",
            )
            for verb in self.verbs
            if verb.asks_why
        ] + super().get_urls()

    def verb_view(self, request, verb: Verb, object_id: str):
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.may(request, verb, item):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self.reason_page(request, verb, [item], form)
        if problems := self.attempt(request, verb, item, **form.cleaned_data):
            messages.error(request, refusal(item, problems))
        else:
            messages.success(request, verb.done % {"count": 1})
        return HttpResponseRedirect(self.page_address(item))

    def page_address(self, item) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change",
            args=[item.pk],
        )

    def reason_page(self, request, verb: Verb, rows, form: ReasonForm) -> TemplateResponse:
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "subtitle": None,
            "opts": self.opts,
            "media": self.media,
            "verb": verb,
            "rows": rows,
            "form": form,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/reason.html", context)


def action_of(verb: Verb) -> Callable:
    return lambda desk, request, rows: desk.act(request, verb, rows)


def page_of(desk: VerbAdmin, verb: Verb) -> Callable:
    return lambda request, object_id: desk.verb_view(request, verb, object_id)


def refusal(item, problems: list[str]) -> str:
    return _("“%(item)s”: %(problems)s") % {"item": item, "problems": " ".join(problems)}
