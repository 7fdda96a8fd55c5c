"""The page that shows the deadlines of a list on a time line."""

import gzip
import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from opportunities.filters import Query
from opportunities.models import Deadline
from opportunities.pages import DuePage, due
from tests.factories import (
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LINE = "/opportunities/filter/deadlines/"


def offer(on: date, **given):
    item = OpportunityFactory(
        **{"published": True, "called": True, "application": "by-deadline"} | given
    )
    DeadlineFactory(opportunity=item, on=on)
    return item


def page(client, path=LINE):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def points(content: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)" tabindex="-1"><title>', content)


def test_every_deadline_of_the_list_is_a_point_that_leads_to_its_page_and_a_row(client):
    offer(date(2026, 12, 15), slug="first", title="First")
    offer(date(2027, 1, 15), slug="second", title="Second")
    content = page(client)
    assert points(content) == ["/opportunities/first/", "/opportunities/second/"]
    assert "2 opportunities with a deadline" in content
    assert "<title>15 December 2026 · First</title>" in content
    assert re.search(
        r"15 January 2027</b><br><small>in 53 days</small></td><td><a href=\"/opp", content
    )


def test_it_shows_the_filtered_list_alone_on_all_its_pages(client, monkeypatch):
    for number in range(25):
        offer(date(2026, 12, 1) + timedelta(days=number), kind="festival")
    offer(date(2026, 12, 5), kind="internship", slug="another")
    content = page(client, f"{LINE}?kind=festival&page=2")
    assert len(points(content)) == 25
    assert "another" not in content


@pytest.mark.parametrize("stage", ["all", "announced"])
def test_a_promise_is_not_drawn_whatever_date_is_noted_with_it(client, stage):
    offer(date(2026, 12, 15), called=False, title="A promise", application="")
    content = page(client, f"{LINE}?stage={stage}")
    assert "A promise" not in content
    assert "Nothing here has a deadline to come." in content


def test_passed_and_missing_deadlines_are_not_there(client):
    item = offer(date(2026, 11, 1), title="Twice")
    DeadlineFactory(opportunity=item, on=date(2026, 12, 24), for_whom="doctors")
    OpportunityFactory(published=True, called=True, title="Rolling")
    content = page(client)
    assert "24 December 2026" in content and "1 November" not in content
    assert "this day for some only" in content
    assert "Rolling" not in content


def test_what_falls_on_one_day_is_one_point_with_its_number_that_leads_to_the_rows(client):
    some = [offer(date(2026, 12, 15)) for _ in range(3)]
    content = page(client)
    (url,) = points(content)
    assert f'<tr id="{url[1:]}">' in content
    assert url == f"#d{some[0].deadlines.get().pk}"
    assert "15 December 2026 · 3 deadlines" in content


@pytest.mark.parametrize(("days", "said"), [(45, "week of"), (500, "December 2026 · ")])
def test_many_are_drawn_by_week_or_by_month(client, days, said):
    for number in range(0, days, max(1, days // 60)):
        offer(date(2026, 12, 1) + timedelta(days=number))
    content = page(client)
    assert 1 < len(points(content)) <= due.MOST_POINTS
    assert f"<title>{said}" in content
    assert content.count("<tr id=") == len(range(0, days, max(1, days // 60)))


def test_however_many_there_are_the_page_is_bounded(client, now, monkeypatch):
    monkeypatch.setattr(due, "MOST", 10)
    for number in range(14):
        offer(date(2026, 12, 1) + timedelta(days=number))
    content = page(client)
    assert content.count("<tr id=") == 10
    assert "4 more have a deadline and are not drawn" in content
    assert DuePage(Query(), now).left_out == 4


def test_the_fullest_page_is_no_heavier_than_two_listings(client):
    CountryFactory(iso2="KZ")
    for number in range(130):
        offer(date(2026, 12, 1) + timedelta(days=3 * number), title=f"{number:03d} {'word ' * 17}")
    for number, zone in enumerate(("Asia/Almaty", "America/Argentina/Buenos_Aires", "UTC", "")):
        some = Deadline.objects.annotate(turn=F("pk") % 4).filter(turn=number)
        some.update(at=time(17, number), zone=zone)
    body = client.get(f"/fr{LINE}?nationality=KZ&residence=KZ&age=20").content
    assert body.count(b"<tr id=") == due.MOST
    assert len(gzip.compress(body, 6, mtime=0)) <= 9_600


def test_hour_and_zone_are_said_where_they_are_stated(client):
    item = offer(date(2026, 12, 20))
    DeadlineFactory(opportunity=item, on=date(2026, 12, 15), at=time(12), zone="Asia/Almaty")
    assert "<br><small>12:00 (Asia/Almaty, UTC+5)</small><br><small>in 22 days" in page(client)
    assert "time not stated" not in page(client)
    french = page(client, f"/fr{LINE}")
    assert "Au plus tard le" in french and "fin du" not in french


@pytest.fixture
def theirs():
    """Of several countries' nationals, of everybody, and what does not fit some of them."""
    kz, sn = CountryFactory(iso2="KZ"), CountryFactory(iso2="SN")
    both = offer(date(2026, 12, 17), title="Both")
    both.deadlines.get().countries.set([kz])
    DeadlineFactory(opportunity=both, on=date(2026, 12, 23)).countries.set([sn, kz])
    DeadlineFactory(opportunity=both, on=date(2026, 12, 24), for_whom="doctors")
    one = offer(date(2026, 12, 5), title="One")
    one.deadlines.get().countries.set([kz])
    old = offer(date(2026, 12, 6), title="Old")
    EligibilityRuleFactory(opportunity=old, kind="age", age_min=40, age_reference="start")
    unfit = offer(date(2026, 12, 7), title="Unfit")
    EligibilityRuleFactory(
        opportunity=unfit, kind="countries", mode="only", attribute="residence", text=""
    ).countries.set([kz])
    offer(date(2026, 12, 8), title="All")


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", 7),
        ("nationality=KZ", 7),
        ("nationality=SN", 5),
        ("nationality=SN&nationality=KZ", 7),
        ("nationality=SN&residence=SN", 4),
        ("nationality=SN&residence=SN&unfit=shown", 5),
        ("residence=SN&age=20", 6),
        ("nationality=KZ&q=one", 1),
        ("nationality=SN&q=one", 0),
    ],
)
def test_line_and_calendar_have_the_same_deadlines(client, asked, expected):
    line = re.findall(r'<tr id="d(\d+)"', page(client, f"{LINE}?{asked}"))
    calendar = client.get(f"/opportunities/calendar.ics?{asked}").content.decode()
    assert sorted(line) == sorted(re.findall(r"UID:deadline-(\d+)@", calendar))
    assert len(line) == expected


@pytest.mark.usefixtures("theirs")
def test_line_says_what_was_told_and_how_many_it_hides(client):
    told = "nationality=SN&residence=SN&age=20&held=6"
    content = page(client, f"{LINE}?{told}")
    for name in ("nationality", "residence", "age", "held"):
        assert f"{name}=" in content
    assert "As you told us" in content and "<bdi>20</bdi>" in content
    listing = page(client, f"/opportunities/?{told}")
    (said,) = re.findall(r"\d+ more (?:is|are) hidden[^<]*", listing)
    assert "residence: 1" in said
    assert said in content
    assert "1 more is in the list and has no deadline for your nationality." in content
    assert f'href="{LINE}?' in content and "unfit=shown" in content
    shown = page(client, f"{LINE}?{told}&unfit=shown")
    assert "hidden, for" not in shown and "is shown too" in shown


@pytest.mark.usefixtures("theirs")
def test_it_asks_as_often_however_many_there_are(client, django_assert_max_num_queries):
    path = f"{LINE}?nationality=SN&residence=SN&age=20"
    with CaptureQueriesContext(connection) as few:
        page(client, path)
    queries = len(few)
    for number in range(12):
        offer(date(2026, 12, 1) + timedelta(days=number))
    page(client, path)
    with django_assert_max_num_queries(queries):
        page(client, path)


def test_reader_who_told_something_is_kept_to_themselves(client):
    CountryFactory(iso2="KZ")
    offer(date(2026, 12, 15), slug="theirs")
    response = client.get(f"{LINE}?nationality=KZ&age=20")
    assert response.headers["Cache-Control"] == "no-store"
    assert points(response.content.decode()) == ["/opportunities/theirs/?nationality=KZ&amp;age=20"]


def test_listing_leads_there_and_says_its_total_to_scripts(client):
    offer(date(2026, 12, 15), kind="festival")
    response = client.get("/opportunities/?kind=festival")
    assert f'href="{LINE}?kind=festival"' in response.content.decode()
    assert response.headers["X-Total-Count"] == "1"
    assert client.head("/opportunities/?kind=internship").headers["X-Total-Count"] == "0"
