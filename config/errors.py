"""Error answers: pages that ask no database, each with the request's id."""

from django.conf import settings
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from opportunities.api.problems import problem

PAGES = {
    400: (
        _("We could not read this address"),
        _("Something in it is too long or garbled. Go back, or start again from the list."),
    ),
    403: (
        _("This is not open to you"),
        _("You may need to log in, or to ask somebody with another role."),
    ),
    404: (
        _("There is nothing at this address"),
        _("It may be mistyped, or never was public. Search the list, or start from the home page."),
    ),
    429: (_("Too many tries"), _("Wait an hour, then try again.")),
    500: (_("Something went wrong on our side"), _("It is noted. Try again in a few minutes.")),
}


def bad_request(request, exception=None):
    return error_page(request, 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def page_not_found(request, exception=None):
    return error_page(request, 404)


def locked_out(request, credentials, *args, **kwargs):
    return error_page(request, 429)


def server_error(request):
    return error_page(request, 500)


def error_page(request, status: int):
    """In the language of the address, also where the request was refused before it was read."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    heading, advice = PAGES[status]
    if request.path_info.startswith("/api/"):
        return problem(status, str(heading))
    context = {"heading": heading, "advice": advice}
    with translation.override(language):
        return render(request, "errors/error.html", context, status=status)
