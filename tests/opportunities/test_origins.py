"""Which POSTs count as sent by a page of ours."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.decorators import method_decorator
from django.views import View

from opportunities.origins import from_our_pages

OURS = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": "http://testserver"},
    {"Origin": "https://serai.example"},
]
FORGED = [
    {},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-origin, cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": ""},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://evil.example"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver:8080"},
    {"Origin": "http://testserver/"},
    {"Referer": "http://testserver/"},
]


@method_decorator(from_our_pages, name="dispatch")
class Door(View):
    def get(self, request):
        return HttpResponse("read")

    def post(self, request):
        return HttpResponse("written")


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://serai.example"


def send(method: str, headers: dict) -> HttpResponse:
    return Door.as_view()(RequestFactory().generic(method, "/", headers=headers))


@pytest.mark.parametrize("headers", OURS)
def test_post_of_our_own_page_is_taken(headers):
    assert send("POST", headers).content == b"written"


@pytest.mark.parametrize("headers", FORGED)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "BREW"])
def test_anything_else_that_would_write_is_refused(method, headers):
    with pytest.raises(PermissionDenied):
        send(method, headers)


@pytest.mark.parametrize("headers", FORGED)
def test_reading_is_open_from_anywhere(headers):
    assert send("GET", headers).content == b"read"


def test_it_stands_in_for_djangos_token():
    assert Door.as_view().csrf_exempt
