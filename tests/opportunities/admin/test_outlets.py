"""Outlets at the desk: where they are followed, and how it goes."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils import timezone

from partnerships.ingestion.refusals import Refused
from partnerships.models import FollowedAddress, FollowedEntry
from tests.factories import FollowedAddressFactory, OutletFactory
from tests.pages import form_values

from .test_desk import queries_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split())


URL = "/admin/partnerships/outlet/"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def page(outlet) -> str:
    return f"{URL}{outlet.pk}/change/"


def saved(client, outlet, **changes):
    form = form_values(client.get(page(outlet)))
    return client.post(page(outlet), form | changes)


def test_editor_follows_an_outlet(desk):
    outlet = OutletFactory()
    added = {
        "followed-TOTAL_FORMS": "1",
        "followed-0-address": "https://news.example/feed",
        "followed-0-is_followed": "on",
    }
    assert saved(desk("Editor"), outlet, **added).status_code == 302
    followed = FollowedAddress.objects.get()
    assert (followed.outlet, followed.is_followed, followed.next_try_at) == (outlet, True, None)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1/feed", "is not on the public internet"),
        ("http://127.1/feed", ""),
        ("http://2130706433/feed", ""),
        ("http://[::1]/feed", "is not on the public internet"),
        ("http://10.0.0.8/feed", "is not on the public internet"),
        ("http://localhost/feed", "is not on the public internet"),
        ("http://db.internal/feed", "is not on the public internet"),
        ("https://news.example:8080/feed", "we read only from ports 80 and 443"),
        ("https://user:secret@news.example/feed", "carries a name or password"),
        ("ftp://news.example/feed", "it begins with http"),
    ],
)
def test_address_that_is_never_read_is_refused_where_it_is_typed(desk, address, said):
    added = {"followed-TOTAL_FORMS": "1", "followed-0-address": address}
    response = saved(desk("Editor"), OutletFactory(), **added)
    assert said in text_of(response) and not FollowedAddress.objects.exists()


def test_a_row_to_follow_stands_there_without_script(desk):
    form = form_values(desk("Editor").get(page(OutletFactory())))
    assert "followed-0-address" in form


def test_address_that_is_followed_already_is_refused_in_words(desk):
    followed = FollowedAddressFactory()
    again = {"followed-TOTAL_FORMS": "2", "followed-1-address": followed.address}
    response = saved(desk("Editor"), followed.outlet, **again)
    assert response.status_code == 200 and FollowedAddress.objects.count() == 1


def test_failure_is_said_in_the_editors_language_with_the_next_try(desk):
    followed = FollowedAddressFactory()
    followed.note_failure("gone", {"status": 404}, AT)
    text = text_of(desk("Editor").get(page(followed.outlet)))
    assert "failed 1 time: There is no page at this address (404)." in text
    assert "next try: 11/23/2026 1 p.m." in text and "Last read: never" in text
    followed.note_failure("gone", {"status": 404}, AT)
    text = text_of(desk("Editor").get("/fr" + page(followed.outlet)))
    assert "2 échecs de suite : Il n’y a pas de page à cette adresse (404)." in text


def test_articles_that_could_not_be_read_say_why(desk):
    followed = FollowedAddressFactory()
    entry = FollowedEntry.objects.create(
        followed=followed, key="a", address="https://news.example/a", seen_on=AT.date()
    )
    assert "Last failure" not in text_of(desk("Editor").get(page(followed.outlet)))
    entry.failed("login", {"status": 403}, AT, may_pass=False)
    text = text_of(desk("Editor").get(page(followed.outlet)))
    assert "0 read, 0 wait, 1 could not be read" in text
    assert f"Last failure: {Refused('login', status=403)}" in text


@pytest.mark.parametrize(("code", "values"), [("long-forgotten", {}), ("gone", {})])
def test_failure_that_an_older_version_kept_does_not_break_the_page(desk, code, values):
    followed = FollowedAddressFactory()
    followed.note_failure(code, values, AT)
    assert "failed 1 time" in text_of(desk("Editor").get(page(followed.outlet)))


def test_failures_can_be_listed(desk):
    FollowedAddressFactory()
    failing = FollowedAddressFactory()
    failing.note_failure("slow", {"seconds": 10}, AT)
    response = desk("Editor").get(f"{URL}?followed=failing")
    assert [o.pk for o in response.context["cl"].result_list] == [failing.outlet_id]
    assert "1 failing" in text_of(response)


def test_new_address_begins_anew(desk):
    followed = FollowedAddressFactory(etag='"1"', read_at=AT)
    followed.note_failure("slow", {"seconds": 10}, timezone.now())
    changed = {"followed-0-address": "https://news.example/other"}
    assert saved(desk("Editor"), followed.outlet, **changed).status_code == 302
    followed.refresh_from_db()
    assert (followed.etag, followed.failures, followed.next_try_at) == ("", 0, None)


def test_read_soon_makes_its_addresses_due(desk):
    followed, other = (FollowedAddressFactory(next_try_at=AT) for _n in range(2))
    desk("Editor").post(URL, {"action": "read_soon", "_selected_action": followed.outlet_id})
    followed.refresh_from_db(), other.refresh_from_db()
    assert (followed.next_try_at, other.next_try_at) == (None, AT)


@pytest.mark.parametrize("url", [URL, None])
def test_pages_ask_as_often_for_five_addresses_as_for_one(desk, url):
    outlet = FollowedAddressFactory().outlet
    url = url or page(outlet)
    client = desk("Editor")
    client.get(url)
    asked = queries_of(client, url)
    FollowedAddressFactory.create_batch(4, outlet=outlet)
    assert queries_of(client, url) == asked
