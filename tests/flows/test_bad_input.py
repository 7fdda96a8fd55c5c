"""Whatever an address holds: an answer that says what was not understood, or a clean 400."""

import pytest
from django.core.exceptions import ValidationError

from opportunities.models import Opportunity
from tests.factories import DeadlineFactory, OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

READ_PARTLY = [
    "age=400",
    "age=-1",
    "residence=XX&held=9&nationality=%22%3E%3Cscript%3E",
    "unfit=maybe&age=22",
    "unfit=shown&unfit=hidden&nationality=XX",
    "country=XX",
    "page=abc",
    "page=99999",
    "page=-1",
    "deadline=-1",
    "sort=;drop",
    "kind=" + "x" * 3000,
    "language=%3Cscript%3E",
    "&".join(f"kind=k{n}" for n in range(90)),
]
REFUSED = [
    "q=" + "x" * 10_000,
    "q=%00",
    "q=%C3",
    "q=%F0%9F%98",
    "&".join("kind=festival" for _ in range(300)),
]


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("query", READ_PARTLY)
def test_what_cannot_be_read_is_told_and_the_list_still_shows(client, prefix, query):
    OpportunityFactory(published=True, called=True, title="Still here")
    response = client.get(f"{prefix}/opportunities/?{query}")
    content = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in content
    assert "Still here" in content
    assert "<script>" not in content


@pytest.mark.parametrize("query", READ_PARTLY)
def test_time_line_of_deadlines_tells_what_it_could_not_read(client, query):
    DeadlineFactory(opportunity=OpportunityFactory(published=True, called=True, title="Still here"))
    response = client.get(f"/opportunities/filter/deadlines/?{query}")
    content = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in content
    assert "Still here" in content
    assert "<script>" not in content


@pytest.mark.parametrize("path", ["/opportunities/feed.atom", "/fr/opportunities/calendar.ics"])
@pytest.mark.parametrize("query", READ_PARTLY)
def test_feeds_and_calendars_refuse_what_they_cannot_read(client, path, query):
    """A program would not see that something was left out."""
    OpportunityFactory(published=True, called=True, title="Still here")
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Still here" not in response.content.decode()
    assert len(response.content.decode().splitlines()) >= 2


@pytest.mark.parametrize("query", REFUSED)
@pytest.mark.parametrize(
    "path", ["/opportunities/", "/opportunities/feed.atom", "/fr/opportunities/", "/", "/articles/"]
)
def test_what_is_too_much_or_garbled_is_a_clean_refusal(client, path, query):
    response = client.get(path, QUERY_STRING=query)
    assert response.status_code == 400
    assert response.headers["X-Request-ID"] in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/opportunities/%00/",
        "/opportunities/%C3/",
        "/opportunities/%C3%A9/",
        "/opportunities/%D0%B6/",
        "/countries/%D0%9A%D0%97/",
        "/alerts/confirm/%F0%9F%98%80/",
        "/saved/calendar/%D0%B6.ics",
        "/fr/%D0%B6/",
        "/opportunities/" + "x" * 2000 + "/",
        "/opportunities/preview/garbage/",
        "/opportunities/none/calendar.ics",
        "/opportunities/none/card.txt",
        "/opportunities/feed.atom/",
        "/opportunities/calendar.ics/card.txt",
        "/partnerships/none/feed.atom",
        "/articles/none/feed.atom",
        "/countries/xx/feed.atom",
        "/sectors/none/feed.atom",
        "/groupings/none/feed.atom",
        "/alerts/stop/garbage/",
        "/alerts/confirm/" + "x" * 300 + "/",
        "/alerts/opportunities/none/",
        "/countries/xx/",
        "/countries/kazakhstan/",
        "/sectors/none/",
        "/groupings/none/",
        "/de/opportunities/",
    ],
)
def test_addresses_that_name_nothing_are_400_or_404(client, path):
    assert client.get(path).status_code in {400, 404}


@pytest.mark.parametrize("word", ["feed.atom", "calendar.ics", "card.txt", "Feed", "a/b"])
def test_no_opportunity_can_have_the_address_of_a_feed_or_calendar(word):
    with pytest.raises(ValidationError) as error:
        Opportunity(slug=word, kind="festival").full_clean()
    assert "slug" in error.value.message_dict


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/opportunities/",
        "/partnerships/",
        "/privacy/",
        "/sw.js",
        "/healthz",
        "/opportunities/feed.atom",
    ],
)
def test_public_addresses_take_no_post(client, path):
    assert client.post(path, {"q": "x"}).status_code == 405
