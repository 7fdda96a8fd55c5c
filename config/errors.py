"""Error answers: static pages that ask no database, each with the request's id."""

from django.shortcuts import render


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
    return render(request, f"errors/{status}.html", status=status)
