"""Feeds as feedparser reads them, and against the musts of RFC 4287."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
import time_machine

from opportunities import editorial
from opportunities.choices import Fact
from opportunities.models import Opportunity
from partnerships.models import Article
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    GroupingFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    SectorFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/opportunities/feed.atom"
CORRECTIONS = "/corrections/feed.atom"
OF_PLACES = ["/countries/kz/", "/sectors/energy/", "/groupings/sco/"]
EVERYWHERE = [FEED, CORRECTIONS, "/partnerships/pact/feed.atom", "/articles/news/feed.atom"] + [
    f"{page}feed.atom" for page in OF_PLACES
]
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {
    "generator",
    "icon",
    "logo",
    "rights",
    "subtitle",
    "published",
    "summary",
    "content",
}
KNOWN_TYPES = {None, "text", "html", "xhtml"}


@pytest.fixture
def pact():
    """Everything that has a feed, with one opportunity that stands in all of them."""
    CountryFactory(iso2="KZ")
    article = ArticleFactory(slug="news", address="https://news.example/a?b=1&c=2")
    item = PartnershipFactory(published=True, slug="pact", parties=["CN", "KZ"])
    item.frameworks.add(GroupingFactory(slug="sco"))
    item.sectors.add(SectorFactory(slug="energy"))
    PartnershipCitationFactory(partnership=item, article=article)
    return item


@pytest.fixture
def shown(pact):
    article = Article.objects.get(slug="news")
    return due(slug="shown", title="Shown & <b>bold</b>", partnerships=[pact], article=article)


def due(on=date(2026, 12, 15), **kwargs):
    given = {"published": True, "called": True, "application": "by-deadline"}
    item = OpportunityFactory(**given | kwargs)
    DeadlineFactory(opportunity=item, on=on, zone="Asia/Almaty")
    return item


def read(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    check_musts(fromstring(response.content))  # noqa: S314 - what we wrote ourselves
    feed = feedparser.parse(response.content)
    assert not feed.bozo and feed.version == "atom10"
    return feed


def entries(client, path=FEED):
    return read(client.get(path)).entries


def titles(client, path=FEED):
    return [entry.title for entry in entries(client, path)]


# --- RFC 4287, section by section


def check_musts(root):
    assert root.tag == f"{ATOM}feed"
    assert root.findall(f"{ATOM}author/{ATOM}name"), "§4.1.1: an author, or one in each entry"
    own = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(own) == 1 and urlsplit(own[0].get("href")).scheme
    found = root.findall(f"{ATOM}entry")
    tags = [child.tag for child in root]
    assert tags[len(tags) - len(found) :] == [f"{ATOM}entry"] * len(found)
    ids = [entry.findtext(f"{ATOM}id") for entry in found]
    assert len(ids) == len(set(ids)), "§4.1.1: entries with one id have different updated"
    for element in (root, *found):
        check_element(element)


def check_element(element):
    counts = {}
    for child in element:
        name = child.tag.removeprefix(ATOM)
        counts[name] = counts.get(name, 0) + 1
        if name in {"title", "summary"}:
            assert child.get("type") in KNOWN_TYPES and not len(child), "§3.1.1"
        if name in {"updated", "published"}:
            assert RFC_3339.fullmatch(child.text), "§3.3"
        if name == "link":
            assert urlsplit(child.get("href")).scheme, "§4.2.7"
        if name == "category":
            assert child.get("term"), "§4.2.2.1"
    assert {name for name in ONCE if counts.get(name) == 1} == ONCE
    assert all(counts.get(name, 0) <= 1 for name in AT_MOST_ONCE)
    assert urlsplit(element.findtext(f"{ATOM}id")).scheme, "§4.2.6: an IRI"
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    assert len(alternates) == len(set(alternates)) == 1


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_feed_is_atom_with_and_without_entries(client, pact, path, prefix):
    assert entries(client, prefix + path) == []
    due(partnerships=[pact], article=Article.objects.get(slug="news"), title="A & <b>")
    with editorial.revise(pact, by=UserFactory(), reason="Read & <b>again"):
        pact.since = "2013"
        pact.save()
    feed = read(client.get(prefix + path))
    assert len(feed.entries) == 1
    assert feed.feed.links[1].href == f"http://testserver{prefix}{path}"


def test_musts_are_really_checked(client, shown):
    """The structural check fails where an element is taken away or doubled."""
    body = client.get(FEED).content
    for name in ("id", "updated", "title"):
        for at in ("", f"{ATOM}entry"):
            root = fromstring(body)  # noqa: S314 - the same
            parent = root.find(at) if at else root
            parent.remove(parent.find(f"{ATOM}{name}"))
            with pytest.raises((AssertionError, TypeError)):
                check_musts(root)


# --- What an entry says


def test_entry_says_what_when_and_on_whose_word(client, shown):
    (entry,) = entries(client)
    assert entry.title == "Shown & <b>bold</b> · apply by 15 December 2026"
    assert entry.link == "http://testserver/opportunities/shown/"
    assert entry.id == f"tag:testserver,2026:opportunity/{shown.pk}"
    via = [link.href for link in entry.links if link.rel == "via"]
    assert via == ["https://uni.example/shown", "https://news.example/a?b=1&c=2"]
    assert "called for by" in entry.summary and "What it is." in entry.summary
    assert "https://uni.example/apply" in entry.summary


def test_promise_has_no_page_to_apply_on_and_says_who_speaks(client, shown):
    OpportunityFactory(published=True, title="Promise", official_page="https://x.example/apply")
    (entry,) = entries(client, FEED + "?stage=announced")
    assert entry.title == "Promise · Announced"
    assert "suggested by the press" in entry.summary
    assert "x.example" not in entry.summary


def test_removed_source_and_hidden_partnership_are_not_named(client, shown):
    Article.objects.filter(slug="news").update(
        removed_on=date(2026, 11, 2), removed_because="Asked for."
    )
    (entry,) = entries(client)
    assert "news" not in str([link.href for link in entry.links])


def test_id_stays_when_title_and_address_change(client, shown):
    (before,) = entries(client)
    with editorial.revise(shown, by=UserFactory(), reason="Better"):
        shown.words.update(title="Other")
        Opportunity.objects.filter(pk=shown.pk).update(slug="other")
    (after,) = entries(client)
    assert after.id == before.id
    assert (after.link, before.link) != (before.link, after.link)
    assert after.updated > before.updated


def test_opening_counts_as_an_update(client, shown):
    Opportunity.objects.update(opens_on=date(2026, 11, 20))
    shown.refresh_from_db()
    shown.save()
    (entry,) = entries(client)
    assert entry.updated == "2026-11-20T00:00:00+00:00"


def test_example_is_marked(client, shown):
    Opportunity.objects.update(is_example=True)
    (entry,) = entries(client)
    assert entry.title.startswith("[Example] ")
    assert "made up" in entry.summary


def test_text_that_xml_does_not_take_breaks_no_feed(client, shown):
    bad = "Tw\x01o\x0b\ufffe ]]> &amp; \r\n <x>"
    shown.words.update(title=bad, summary=bad)
    (entry,) = entries(client)
    assert entry.title.startswith("Tw o ]]> &amp; <x>")


# --- Which entries


def test_closed_is_out_unless_the_address_names_it(client, shown, now):
    article = Article.objects.get(slug="news")
    due(date(2026, 11, 1), title="Over", partnerships=shown.partnerships.all(), article=article)
    for path in set(EVERYWHERE) - {CORRECTIONS}:
        assert [t for t in titles(client, path) if "Over" in t] == [], path
        assert [t for t in titles(client, path) if "Shown" in t], path
    assert len(titles(client, FEED + "?stage=closed")) == 1
    assert len(titles(client, FEED + "?stage=all")) == 2


def test_feed_of_a_listing_keeps_its_filters_and_says_so(client, shown):
    due(kind="festival", title="Feast")
    feed = read(client.get(FEED + "?kind=festival&sort=deadline"))
    assert [entry.title for entry in feed.entries] == ["Feast · apply by 15 December 2026"]
    assert feed.feed.title == "Serai: Festival"
    assert feed.feed.link == "http://testserver/opportunities/?kind=festival"
    assert feed.feed.id == "http://testserver/opportunities/feed.atom?kind=festival"


def test_what_does_not_fit_is_on_the_next_page(client, shown, monkeypatch):
    monkeypatch.setattr("opportunities.takeaway.FEED_SIZE", 2)
    for number in range(4):
        due(title=f"Number {number}")
    seen, path = [], FEED
    while path:
        feed = read(client.get(path))
        seen += [entry.id for entry in feed.entries]
        after = [link.href for link in feed.feed.links if link.rel == "next"]
        path = after[0].removeprefix("http://testserver") if after else None
    assert len(seen) == len(set(seen)) == 5


def test_feed_is_there_before_there_is_an_index(client, monkeypatch, caplog):
    due(title="Later", on=date(2026, 12, 20))
    due(title="Unindexed")
    monkeypatch.setattr("opportunities.search.answer.clock.moment_at", lambda now: None)
    assert {title.split(" ")[0] for title in titles(client)} == {"Later", "Unindexed"}
    assert "no search index" in caplog.text


# --- Corrections


def test_correction_says_before_and_after_and_on_whose_word(client, shown):
    article = Article.objects.get(slug="news")
    with editorial.revise(shown, by=UserFactory(), reason="Extended", article=article):
        deadline = shown.deadlines.get()
        deadline.on = date(2026, 12, 20)
        deadline.save()
    (entry,) = entries(client, CORRECTIONS)
    assert entry.title == "Shown & <b>bold</b>: Deadline"
    assert entry.link == "http://testserver/opportunities/shown/"
    assert "15 December 2026" in entry.summary and "→" in entry.summary
    assert "20 December 2026" in entry.summary and "Extended" in entry.summary
    assert [k.href for k in entry.links if k.rel == "via"] == [article.address]


def test_publishing_and_looking_again_are_no_corrections(client, shown):
    editor = UserFactory()
    editorial.withdraw(shown, by=editor, reason="Why not")
    editorial.publish(shown, by=editor)
    with editorial.revise(shown, by=editor, reason="Looked"):
        Opportunity.objects.filter(pk=shown.pk).update(verified_on=date(2026, 11, 22))
    assert entries(client, CORRECTIONS) == []


def test_corrections_of_what_is_hidden_or_rests_on_hidden_sources_are_not_told(client, shown):
    hidden = ArticleFactory(slug="unseen", address="https://secret.example/a")
    with editorial.revise(shown, by=UserFactory(), reason="Said so", article=hidden):
        shown.words.update(title="Told")
    (entry,) = entries(client, CORRECTIONS)
    assert "secret.example" not in str(entry)
    editorial.withdraw(shown, by=UserFactory(), reason="Wrong")
    assert entries(client, CORRECTIONS) == []


# --- How it is asked for


@pytest.mark.parametrize("path", EVERYWHERE)
def test_feed_that_did_not_change_is_not_sent_again(client, shown, path):
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert again.status_code == 304 and again.content == b""
    with editorial.revise(shown, by=UserFactory(), reason="Other"):
        shown.words.update(title="Another title")
    changed = client.get(path, headers={"If-None-Match": etag})
    assert changed.status_code == 200 and b"Another title" in changed.content


def test_kept_feed_is_written_again_when_the_clock_changes_it(client, shown, now):
    assert len(entries(client)) == 1
    with time_machine.travel(now + timedelta(days=40), tick=False):
        assert entries(client) == []


def test_feed_does_not_depend_on_when_it_is_asked_for(client, shown, now):
    first = client.get(FEED).content
    with time_machine.travel(now + timedelta(hours=30), tick=False):
        assert client.get(FEED).content == first


@pytest.mark.parametrize(
    "page", ["/opportunities/", "/partnerships/pact/", "/articles/news/", "/how-we-know/", "/"]
    + OF_PLACES,
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_page_names_its_feed(client, shown, page, prefix):
    html = client.get(prefix + page).content.decode()
    found = re.search(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"', html
    )
    assert found, page
    assert found[1].startswith(prefix + "/")
    read(client.get(found[1]))


def test_listing_names_the_feed_and_calendar_of_its_filters(client, shown):
    html = client.get("/opportunities/?kind=scholarship&level=master&page=1").content.decode()
    assert html.count("/opportunities/feed.atom?kind=scholarship&amp;level=master") == 2
    assert html.count("/opportunities/calendar.ics?kind=scholarship&amp;level=master") == 1


def test_feed_of_what_moved_or_was_withdrawn(client, shown, pact):
    editor = UserFactory()
    with editorial.revise(pact, by=editor, reason="Better"):
        type(pact).objects.filter(pk=pact.pk).update(slug="treaty")
    moved = client.get("/partnerships/pact/feed.atom")
    assert (moved.status_code, moved.url) == (301, "/partnerships/treaty/feed.atom")
    pact.refresh_from_db()
    editorial.withdraw(pact, by=editor, reason="Over")
    assert client.get("/partnerships/treaty/feed.atom").status_code == 410
    assert client.get("/countries/KZ/feed.atom").status_code == 301
    assert client.get("/articles/none/feed.atom").status_code == 404


def test_cancelled_is_said_in_the_title(client, shown):
    OpportunityCitationFactory(opportunity=shown, fact=Fact.CANCELLATION)
    assert titles(client, "/partnerships/pact/feed.atom") == ["Shown & <b>bold</b> · Cancelled"]
    assert isinstance(
        datetime.fromisoformat(entries(client, FEED + "?stage=all")[0].updated), datetime
    )
