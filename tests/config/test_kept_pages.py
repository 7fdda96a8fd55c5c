"""Whole pages are kept for everybody, never for one, and never longer than they are right."""

import gzip
from datetime import date, timedelta

import pytest
import time_machine

from config.kept_pages import PAGES, matches
from opportunities import editorial
from opportunities.models import Opportunity
from tests.factories import (
    CountryFactory,
    DeadlineFactory,
    GroupingFactory,
    OpportunityFactory,
    SectorFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST = "/opportunities/"


@pytest.fixture
def shown():
    CountryFactory(iso2="KZ")
    GroupingFactory(slug="sco")
    SectorFactory(slug="energy")
    return OpportunityFactory(published=True, called=True, title="Shown", slug="shown")


@pytest.fixture
def unseen(monkeypatch):
    """Pages written without a word to the index: what still shows was kept."""

    def fail(*_args):
        raise AssertionError("The page was written again.")

    def forbid():
        for name in ("views.render", "takeaway.taken"):
            monkeypatch.setattr(f"opportunities.{name}", fail)

    return forbid


@pytest.mark.parametrize(
    "path",
    ["/", LIST, "/opportunities/?kind=scholarship&page=1", "/opportunities/filter/country/"]
    + ["/countries/kz/", "/sectors/energy/", "/groupings/sco/", "/fr/", "/fr/opportunities/"]
    + ["/opportunities/feed.atom", "/opportunities/calendar.ics", "/countries/kz/feed.atom"],
)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_page_is_written_once_and_is_the_same_again(client, shown, unseen, path, encoding):
    first = client.get(path, headers={"Accept-Encoding": encoding})
    unseen()
    again = client.get(path, headers={"Accept-Encoding": encoding})
    assert again.content == first.content
    assert again.headers.pop("X-Request-ID") != first.headers.pop("X-Request-ID")
    assert dict(again.headers) == dict(first.headers)
    assert "Accept-Encoding" in again.headers["Vary"]


def test_each_language_and_encoding_has_its_own(client, shown):
    for _again in range(2):
        plain = client.get(LIST)
        packed = client.get(LIST, headers={"Accept-Encoding": "br, gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert client.get("/fr" + LIST).headers["Content-Language"] == "fr"


def test_known_page_is_not_sent_again(client, shown, unseen):
    etag = client.get(LIST).headers["ETag"]
    unseen()
    for known in (etag, "W/" + etag, f'"other", {etag}', "*"):
        response = client.get(LIST, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Content-Security-Policy"]
        assert "Content-Length" not in response.headers or response.headers["Content-Length"] == "0"
    assert client.get(LIST, headers={"If-None-Match": '"other"'}).status_code == 200


def test_page_is_kept_also_when_the_first_who_asks_knows_it(client, shown, unseen):
    etag = client.get(LIST).headers["ETag"]
    PAGES.forget()
    assert client.get(LIST, headers={"If-None-Match": etag}).status_code == 304
    unseen()
    assert client.get(LIST).status_code == 200


def test_page_that_is_not_kept_is_not_sent_again_either(client, shown):
    path = LIST + "?utm_source=mail"
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert not PAGES.held


def test_head_has_the_headers_and_no_body(client, shown, unseen):
    first = client.get(LIST)
    unseen()
    response = client.head(LIST)
    assert response.content == b""
    assert response.headers["Content-Length"] == str(len(first.content))
    assert response.headers["ETag"] == first.headers["ETag"]


# --- Never stale


def test_withdrawn_is_gone_from_every_page_at_once(client, shown):
    paths = ["/", LIST, "/fr/opportunities/", "/opportunities/?kind=scholarship"]
    assert all("Shown" in client.get(path).content.decode() for path in paths * 2)
    editorial.withdraw(shown, by=UserFactory(), reason="It was a mistake.")
    assert not any("Shown" in client.get(path).content.decode() for path in paths)
    assert client.get("/opportunities/shown/").status_code == 410


def test_revised_words_show_at_once(client, shown):
    client.get(LIST)
    with editorial.revise(shown, by=UserFactory(), reason="Better so"):
        shown.words.update(title="Revised")
    assert "Revised" in client.get(LIST).content.decode()


@pytest.mark.parametrize("zone", ["Asia/Almaty", "America/Lima", ""])
def test_page_follows_the_clock_to_the_instant(client, zone):
    item = OpportunityFactory(published=True, called=True, title="Due", slug="due")
    Opportunity.objects.filter(pk=item.pk).update(application="by-deadline")
    closes_at = DeadlineFactory(opportunity=item, on=date(2026, 11, 25), zone=zone).closes_at
    for days, said in [(2, "in 2 days"), (1, "tomorrow"), (0, "today")]:
        midnight = closes_at - timedelta(days=days)
        with time_machine.travel(midnight - timedelta(days=1), tick=False):
            assert said in client.get(LIST).content.decode()
        with time_machine.travel(midnight - timedelta(microseconds=1), tick=False):
            assert said in client.get(LIST).content.decode()
    with time_machine.travel(closes_at, tick=False):
        assert "Due" not in client.get(LIST).content.decode()


# --- Nothing that is not everybody's, nothing without end


@pytest.mark.parametrize(
    "path",
    [
        "/opportunities/?nationality=KZ",
        "/opportunities/filter/country/?nationality=KZ",
        "/opportunities/?utm_source=mail",
        "/?utm_source=mail",
        "/opportunities/?kind=unknown",
        "/opportunities/never/",
        "/opportunities/shown/",
        "/healthz",
        "/admin/login/",
        "/countries/KZ/",
        "/no-such-page/",
    ],
)
def test_what_is_not_kept(client, shown, path):
    client.get(path)
    assert not PAGES.held


def test_noise_in_an_address_shows_in_nobody_elses_page(client, shown):
    assert b"utm_source" in client.get(LIST + "?utm_source=mail").content
    assert b"utm_source" not in client.get(LIST).content


def test_another_host_gets_nothing_from_here(client, shown):
    client.get(LIST)
    assert client.get(LIST, headers={"Host": "evil.example"}).status_code == 400


def test_only_reading_is_answered_from_here(client, shown):
    client.get(LIST)
    assert client.post(LIST).status_code == 405


def test_pages_are_kept_within_their_bound(client, shown, settings):
    settings.KEPT_PAGES_BYTES = 100_000
    for page in range(1, 30):
        assert client.get(f"{LIST}?page={page}").status_code == 200
    assert 0 < len(PAGES.held) < 29
    assert PAGES.size <= 100_000


@pytest.mark.parametrize(
    ("known", "is_match"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
    ],
)
@pytest.mark.parametrize("etag", ['"a"', 'W/"a"'])
def test_tags_are_compared_weakly(known, etag, is_match):
    assert matches(known, etag) is is_match
