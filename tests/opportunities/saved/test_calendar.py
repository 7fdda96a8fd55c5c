"""The calendar of a saved list: for whoever has its address, until it is changed."""

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from opportunities.models import Opportunity, SavedList
from tests.factories import DeadlineFactory, OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OURS = {"Sec-Fetch-Site": "same-origin"}


def post(client, **data):
    return client.post("/saved/", data, headers=OURS)


@pytest.fixture
def reader(client):
    item = OpportunityFactory(
        published=True, called=True, slug="wanted", title="Wanted", application="by-deadline"
    )
    DeadlineFactory(opportunity=item, on=date(2026, 12, 15))
    OpportunityFactory(published=True, slug="promised", title="Promised")
    post(client, save="wanted")
    post(client, save="promised")
    return client


def address_of(reader, prefix="") -> str:
    return reader.get(f"{prefix}/saved/").context["calendar_url"].removeprefix("http://testserver")


def summaries(address: str) -> list[str]:
    """As a calendar reads it: without the reader's cookie."""
    response = Client().get(address)
    assert response.status_code == 200
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_calendar_has_no_address_until_one_is_asked_for(reader):
    assert address_of(reader) == ""
    assert SavedList.objects.get().calendar_hash == ""
    post(reader, calendar="")
    assert address_of(reader).startswith("/saved/calendar/")


def test_calendar_holds_deadlines_and_no_promise(reader):
    post(reader, calendar="")
    assert summaries(address_of(reader)) == ["Deadline: Wanted"]
    (french,) = summaries(address_of(reader, "/fr"))
    assert "Wanted" in french and french != "Deadline: Wanted"


def test_new_address_ends_the_one_before(reader):
    post(reader, calendar="")
    first = address_of(reader)
    post(reader, calendar="")
    assert Client().get(first).status_code == 404
    assert summaries(address_of(reader)) == ["Deadline: Wanted"]


def test_deleted_list_has_no_calendar(reader):
    post(reader, calendar="")
    address = address_of(reader)
    post(reader, forget="")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("number", ["0" * 64, "x", "a" * 900])
def test_number_we_did_not_give_finds_nothing(reader, number):
    post(reader, calendar="")
    assert Client().get(f"/saved/calendar/{number}.ics").status_code == 404


def test_numbers_of_cookie_and_database_open_no_calendar(reader):
    post(reader, calendar="")
    saved = SavedList.objects.get()
    cookie = reader.cookies["__Host-saved"].value
    for number in (cookie, saved.token_hash, saved.calendar_hash, saved.calendar_salt):
        assert Client().get(f"/saved/calendar/{number}.ics").status_code == 404


def test_withdrawn_one_is_cancelled_and_loses_its_words(reader):
    post(reader, calendar="")
    Opportunity.objects.filter(slug="wanted").update(
        status="withdrawn", withdrawn_because="It was a mistake."
    )
    response = Client().get(address_of(reader))
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["status"] == "CANCELLED" and b"Wanted" not in response.content


def test_calendar_is_nobody_elses_to_keep_and_sets_no_cookie(reader):
    post(reader, calendar="")
    response = Client().get(address_of(reader))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex" and not response.cookies
