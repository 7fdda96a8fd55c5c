"""Ways to pass an opportunity on, from its page."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from opportunities import preview
from tests.factories import DeadlineFactory, OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TITLE = "Study & live, 50% “free”"
OURS = "http://testserver/opportunities/shown/"


def called(**kwargs):
    given = {"published": True, "called": True, "slug": "shown", "title": TITLE}
    return OpportunityFactory(**given | kwargs)


def page(client, path="/opportunities/shown/") -> str:
    return client.get(path).content.decode()


def links(html: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'href="([^"]+)"', html)]


def test_ways_carry_title_and_address(client):
    called()
    by_host = {urlsplit(a).netloc or urlsplit(a).scheme: a for a in links(page(client))}
    asked = {host: parse_qs(urlsplit(address).query) for host, address in by_host.items()}
    assert asked["wa.me"] == {"text": [f"{TITLE} {OURS}"]}
    assert asked["t.me"] == {"url": [OURS], "text": [TITLE]}
    mails = [a for a in links(page(client)) if a.startswith("mailto:?")]
    assert "+" not in mails[0]
    said = parse_qs(urlsplit(mails[0]).query)
    assert said == {"subject": [TITLE], "body": [f"{TITLE} {OURS}"]}


def test_address_is_there_to_copy_and_for_the_device(client):
    called()
    html = page(client)
    assert f'href="{OURS}" dir="ltr" lang="zxx">{OURS}</a>' in html
    assert f'<li hidden data-share="{OURS}">' in html
    assert re.search(r'<script type="module" src="/static/js/share[^"]*.js"></script>', html)


def test_nothing_is_loaded_from_elsewhere(client):
    called()
    loaded = re.findall(
        r'<(?:script|img|iframe|link rel="(?:stylesheet|icon|preload)")[^>]*(?:src|href)="([^"]+)"',
        page(client),
    )
    assert loaded and all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize(
    ("given", "offered"),
    [({"application": "by-deadline"}, True), ({}, False), ({"called": False}, False)],
)
def test_calendar_is_offered_where_it_holds_something(client, given, offered):
    item = called(**given)
    if item.application == "by-deadline":
        DeadlineFactory(opportunity=item)
    assert ("/opportunities/shown/calendar.ics" in links(page(client))) == offered
    assert "/opportunities/shown/card.txt" in links(page(client))


def test_what_is_over_offers_no_calendar(client):
    DeadlineFactory(opportunity=called(application="by-deadline"), on=date(2026, 11, 1))
    assert "/opportunities/shown/calendar.ics" not in links(page(client))


def test_example_is_marked_in_what_is_sent(client):
    called(is_example=True)
    assert "text=%5BExample%5D" in page(client)


def test_preview_cannot_be_passed_on(client):
    item = OpportunityFactory(slug="draft", title=TITLE)
    html = page(client, preview.preview_url(item))
    assert "data-share" not in html and "wa.me" not in html
