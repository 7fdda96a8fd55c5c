"""An anonymous POST is taken from our own pages only.

Public pages are the same for every visitor and so carry no token. The browser says where a POST
comes from instead: `Sec-Fetch-Site`, which no page can set, or in older browsers `Origin`.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

READING = {"GET", "HEAD", "OPTIONS"}


def from_our_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse (403) what would change something and does not come from a page of ours.

    Instead of Django's token, not beside it. On a class of views:
    `@method_decorator(from_our_pages, name="dispatch")`.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in READING and not is_from_our_pages(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def is_from_our_pages(request: HttpRequest) -> bool:
    """`Sec-Fetch-Site` decides where it is sent at all, also against an `Origin` of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") in {
        f"{request.scheme}://{request.get_host()}",
        settings.SITE_URL,
    }


def client_address(request) -> str:
    """The visitor's network address, counted from the right past our own proxies."""
    if count := settings.TRUSTED_PROXY_COUNT:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if told := forwarded[max(0, len(forwarded) - count)].strip():
            return told
    return request.META.get("REMOTE_ADDR", "")
