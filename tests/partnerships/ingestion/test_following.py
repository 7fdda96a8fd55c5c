"""Following outlets, against a real server on loopback: what is fetched, kept, and left alone."""

import time
from datetime import timedelta

import pytest

from partnerships.ingestion import noting
from partnerships.ingestion.following import Bounds
from partnerships.ingestion.interest import Interest
from partnerships.models import Article, FollowedEntry, QueuedArticle
from tests.benchmarks import feeds as samples
from tests.factories import ArticleFactory, FollowedAddressFactory, OutletFactory

from . import news as site
from .news import NOW, article, entry, feed
from .test_sameness import NEWS

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture(scope="module", autouse=True)
def reader():
    with site.one_reader():
        yield


@pytest.fixture
def news():
    with site.news() as served:
        yield served


@pytest.fixture
def followed(news):
    return FollowedAddressFactory(address=news.at("/feed"))


def titles() -> list[str]:
    return sorted(item.article.title for item in QueuedArticle.objects.all())


def test_new_entries_are_read_and_queued_once(news, followed):
    news.pages = {"/feed": feed("/a", "/b"), "/a": article("Alpha"), "/b": article("Beta")}
    counts = news.follow()
    assert (counts.read, counts.noted, counts.queued, counts.failed) == (1, 2, 2, [])
    assert titles() == ["Alpha", "Beta"]
    assert sorted(news.asked()) == ["/a", "/b", "/feed"]
    news.pages["/feed"] = feed("/c", "/a", "/b")
    news.pages["/c"] = article("Gamma")
    assert news.follow(NOW + timedelta(minutes=30)).read == 0  # not due yet
    assert news.asked() == []
    news.follow(LATER)
    assert news.asked() == ["/feed", "/c"]
    assert titles() == ["Alpha", "Beta", "Gamma"]
    assert not Article.objects.visible().exists()


def test_queue_keeps_what_weighing_found_and_who_listed_it(news, followed):
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}
    found = Interest(7, "fr", ("CN", "KZ"), ("KZ", "CN"), ("sco",), (("exchange", "announced"),))
    news.follow(weigh=lambda reading: found)
    item = QueuedArticle.objects.get()
    assert (item.score, item.language, item.partners) == (7, "fr", ["KZ", "CN"])
    assert (item.groupings, item.offers) == (["sco"], [["exchange", "announced"]])
    assert (item.outlet, item.queued_at, item.dismissed_at) == (followed.outlet, NOW, None)


def test_unchanged_feed_costs_a_304_and_counts_as_read(news, followed):
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}
    news.etags = {"/feed": '"1"'}
    news.follow()
    followed.refresh_from_db()
    assert followed.etag == '"1"'
    news.etags["/feed"], news.pages["/feed"] = '"1"', feed("/a", "/b")
    assert (news.follow(LATER).read, FollowedEntry.objects.count()) == (1, 1)
    news.etags["/feed"] = '"2"'
    news.pages["/b"] = article("Beta")
    news.follow(LATER + timedelta(hours=2))
    assert titles() == ["Alpha", "Beta"]


def test_failure_stays_on_its_row_backs_off_and_stops_no_other(news, followed):
    other = FollowedAddressFactory(address=news.at("/other", "other.example"))
    news.pages = {"/other": feed("/a"), "/a": article("Alpha")}
    waits, now = [], NOW
    for _turn in range(7):
        counts = news.follow(now)
        followed.refresh_from_db()
        waits.append((followed.next_try_at - now) / timedelta(hours=1))
        now = followed.next_try_at
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert (followed.failures, followed.failure_code) == (7, "gone")
    assert counts.failed == [followed.address]
    assert titles() == ["Alpha"]
    news.pages["/feed"] = feed("/b")
    news.follow(now)
    followed.refresh_from_db()
    assert (followed.failures, followed.failure_code, followed.read_at) == (0, "", now)
    assert followed.next_try_at == now + timedelta(hours=1)
    other.refresh_from_db()
    assert other.failures == 0


def test_fault_of_ours_stops_no_other(news, followed, caplog):
    news.pages = {"/feed": feed("/a", "/b"), "/a": article("Alpha"), "/b": article("Beta")}

    def weigh(reading):
        if reading.title == "Alpha":
            raise ZeroDivisionError
        return Interest(score=1)

    counts = news.follow(weigh=weigh)
    assert (titles(), counts.unread) == (["Beta"], 1)
    assert FollowedEntry.objects.get(title="/a").failure_code == "unreadable"
    assert not Article.objects.filter(title="Alpha").exists()
    assert "ZeroDivisionError" in caplog.text


def test_entries_that_lead_nowhere_are_left_and_third_hosts_are_guarded(news, followed):
    news.pages["/feed"] = feed(
        "javascript:alert(1)",
        "file:///etc/passwd",
        news.at("/third", "third.example"),
        "http://169.254.169.254/latest/",
        "http://user:secret@third.example/x",
    )
    news.pages["/third"] = article("Third")
    counts = news.follow(network=site.network(news.server, resolve=by_name))
    assert (counts.noted, counts.queued, counts.unread) == (3, 1, 2)
    codes = set(FollowedEntry.objects.values_list("failure_code", flat=True))
    assert codes == {"", "port", "login_in_address"}


def by_name(host: str, port: int) -> list[str]:
    return [host] if host[0].isdigit() else ["127.0.0.1"]


def test_metadata_address_in_a_feed_is_never_asked(news, followed):
    news.pages["/feed"] = feed(news.at("/latest/", "169.254.169.254"))
    assert news.follow(network=site.network(news.server, resolve=by_name)).unread == 1
    assert FollowedEntry.objects.get().failure_code == "special"
    assert news.asked() == ["/feed"]


def test_future_day_is_no_day_and_old_entries_are_left(news, followed):
    news.pages = {
        "/feed": feed(entry("/a", on="2031-01-01"), entry("/b", on="2025-01-01"), "/c"),
        "/a": article("Alpha"),
        "/c": article("Gamma"),
    }
    news.follow()
    assert titles() == ["Alpha", "Gamma"]
    assert Article.objects.get(title="Alpha").published_on is None


def test_day_that_only_the_feed_states_is_taken(news, followed):
    news.pages = {"/feed": feed(entry("/a", on="2026-11-20")), "/a": article("Alpha")}
    news.follow()
    assert Article.objects.get().published_on.isoformat() == "2026-11-20"


def test_feed_that_changes_addresses_is_known_by_titles_and_days(news, followed):
    news.pages["/a"] = article("Alpha")
    for turn in range(3):
        link = f"/a{turn}"
        news.pages |= {
            "/feed": feed(entry(link, "The same news", "2026-11-20")),
            link: article("Alpha"),
        }
        news.follow(NOW + turn * timedelta(hours=2))
    assert FollowedEntry.objects.count() == 1
    assert titles() == ["Alpha"]


def test_undated_feed_that_changes_addresses_queues_each_news_once(news, followed):
    for turn in range(3):
        links = [f"/a{turn}", f"/b{turn}"]
        news.pages = {"/feed": feed(*links), links[0]: article("Alpha"), links[1]: article("Beta")}
        news.follow(NOW + turn * timedelta(hours=2))
    assert titles() == ["Alpha", "Beta"] and Article.objects.count() == 2


def test_reprint_at_another_outlet_is_queued_beside_what_it_reprints(news, followed):
    there = news.at("/a", "other.example")
    news.pages = {"/feed": feed("/a", there), "/a": article("Alpha")}
    assert news.follow().queued == 2
    assert QueuedArticle.objects.exclude(article__origin=None).count() == 1


def test_entries_listed_side_by_side_under_one_title_are_two(news, followed):
    both = [entry(link, "Press release", "2026-11-20") for link in ("/a", "/b")]
    news.pages = {"/a": article("Alpha"), "/b": article("Beta"), "/c": article("Gamma")}
    for turn, listed in enumerate([both, [entry("/c", "Press release", "2026-11-20"), *both]]):
        news.pages["/feed"] = feed(*listed)
        news.follow(NOW + turn * timedelta(hours=2))
    assert titles() == ["Alpha", "Beta", "Gamma"]


def test_entry_of_an_address_no_longer_followed_comes_by_the_other(news, followed):
    other = FollowedAddressFactory(address=news.at("/other"))
    news.pages = {"/feed": feed("/a"), "/other": feed("/a"), "/a": article("Alpha")}
    news.follow(bounds=Bounds(articles=0, pause=0))
    assert FollowedEntry.objects.get().followed == followed
    type(followed).objects.filter(pk=followed.pk).update(is_followed=False)
    news.follow(LATER)
    assert QueuedArticle.objects.get().outlet == other.outlet


@pytest.mark.parametrize("etag", ['"é"', '"a\x01"'])
def test_mark_that_cannot_be_sent_back_is_not_kept(news, followed, etag):
    news.pages, news.etags = {"/feed": feed()}, {"/feed": etag}
    news.follow()
    assert news.follow(LATER).read == 1
    followed.refresh_from_db()
    assert (followed.etag, followed.failures) == ("", 0)


def test_canonical_address_makes_one_article_of_many_addresses(news, followed):
    page = article("Alpha", '<link rel="canonical" href="/alpha">')
    news.pages = {"/feed": feed("/a?s=1", "/a?s=2"), "/a?s=1": page, "/a?s=2": page}
    counts = news.follow()
    assert (counts.queued, counts.known, Article.objects.count()) == (1, 1, 1)


def test_article_known_by_its_address_is_not_fetched_nor_queued(news, followed):
    ArticleFactory(address=news.at("/a"))
    news.pages["/feed"] = feed("/a")
    counts = news.follow()
    assert (counts.known, counts.queued, news.asked()) == (1, 0, ["/feed"])


def test_reprint_of_what_was_dismissed_is_dismissed_with_it(news, followed):
    page = f"<html><title>%s</title><body><article><p>{NEWS}</p></article>"
    news.pages = {"/feed": feed("/a"), "/a": (page % "One").encode()}
    news.follow()
    QueuedArticle.objects.get().dismiss(by=None, now=NOW)
    news.pages |= {"/feed": feed("/b"), "/b": (page % "Other").encode()}
    news.follow(LATER)
    reprint = QueuedArticle.objects.get(article__title="Other")
    assert reprint.article.origin.title == "One" and reprint.dismissed_at == NOW


def test_bounds_of_a_run_leave_the_rest_for_the_next(news, followed):
    other = FollowedAddressFactory(address=news.at("/other"))
    links = [f"/{n}" for n in range(6)]
    news.pages = {link: article(f"News{link[1:]}") for link in links}
    news.pages |= {"/feed": feed(*links[:5]), "/other": feed(links[5])}
    counts = news.follow(bounds=Bounds(articles=2, pause=0))
    assert (counts.queued, counts.left) == (2, 4)
    assert {item.outlet for item in QueuedArticle.objects.all()} == {followed.outlet, other.outlet}
    assert news.follow(bounds=Bounds(seconds=0, pause=0)).left == 4
    news.follow()
    assert len(titles()) == 6
    assert len(news.asked()) == 8


def test_long_feed_brings_its_newest_and_never_too_many(news, followed, monkeypatch):
    monkeypatch.setattr(noting, "MOST_OF_A_FEED", 3)
    monkeypatch.setattr(noting, "MOST_WAITING", 5)
    days = [entry(f"/{n}", on=f"2026-11-{n:02}") for n in range(1, 21)]
    news.pages["/feed"] = feed(*days)
    news.etags["/feed"] = '"1"'
    for turn, expected in enumerate([3, 5, 5]):
        news.follow(NOW + turn * timedelta(hours=2), bounds=Bounds(articles=0, pause=0))
        assert FollowedEntry.objects.count() == expected
    assert sorted(e.published_on.day for e in FollowedEntry.objects.all()) == [16, 17, 18, 19, 20]


def test_robots_is_asked_once_a_host(news, followed):
    FollowedAddressFactory(address=news.at("/feed", "quick.example"))
    news.pages = {"/feed": feed("/1", "/2"), "/1": article("One"), "/2": article("Two")}
    news.follow()
    robots = [headers["host"] for path, headers in news.server.asked if path == "/robots.txt"]
    assert len(robots) == len(set(robots)) == 2


def test_host_gets_a_pause_and_no_more_than_the_run_has(news, followed):
    news.pages = {"/feed": feed("/1", "/2"), "/1": article("One"), "/2": article("Two")}
    began = time.monotonic()
    assert news.follow(bounds=Bounds(pause=0.3)).queued == 2
    assert time.monotonic() - began > 0.6
    news.pages["/feed"] = feed("/3")
    assert news.follow(LATER, bounds=Bounds(pause=3, seconds=2)).left == 1


def test_feeds_leave_half_of_the_time_to_articles(news, followed):
    FollowedAddressFactory(address=news.at("/other"))
    news.pages = {"/feed": feed("/a"), "/other": feed("/b"), "/a": article("Alpha")}
    news.follow(bounds=Bounds(articles=0, pause=0))
    counts = news.follow(LATER, bounds=Bounds(seconds=2, pause=1.1))
    assert (counts.read, counts.queued, counts.left) == (1, 1, 2)  # a feed and an article are left


def test_host_in_trouble_is_left_alone_for_the_run(news, followed):
    news.pages["/feed"] = feed(*(f"http://gone.example:{news.server.port}/{n}" for n in range(5)))

    def resolve(host, port):
        if host == "gone.example":
            raise OSError
        return ["127.0.0.1"]

    counts = news.follow(network=site.network(news.server, resolve=resolve))
    assert (counts.unread, counts.left) == (1, 4)
    tried = FollowedEntry.objects.get(failures=1)
    assert (tried.failure_code, tried.settled_at) == ("unknown_host", None)


def test_entry_that_fails_for_long_is_given_up(news, followed):
    news.pages["/feed"] = feed(f"http://gone.example:{news.server.port}/x")
    for turn in range(6):
        news.follow(
            NOW + turn * timedelta(days=2),
            network=site.network(news.server, resolve=lambda host, port: known_hosts(host)),
        )
    tried = FollowedEntry.objects.get()
    assert tried.failures == 4 and tried.settled_at


def known_hosts(host: str) -> list[str]:
    return ["127.0.0.1"] if host == "news.example" else []


def test_page_without_feed_is_read_for_its_headlines(news, followed):
    news.pages = {
        "/feed": b"""<html><nav><a href="/sport">Sport</a><a href="/feed">The page of all our news today</a></nav>
        <a href="/1">Two countries speak of joint grants</a><a href="/1#more">Two countries speak of joint grants</a>
        <a href="https://elsewhere.example/x">An advertisement that leads elsewhere</a></html>""",
        "/1": article("Grants"),
    }
    news.follow()
    assert titles() == ["Grants"] and news.asked() == ["/feed", "/1"]
    news.pages["/feed"] = b"<html><a href='/sport'>Sport</a>" + b"<p>words</p>" * 50
    assert news.follow(LATER).failed
    followed.refresh_from_db()
    assert followed.failure_code == "no_links"


def test_dry_run_says_what_is_new_and_writes_nothing(news, followed):
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}
    said = []
    counts = news.follow(dry_run=True, tell=said.append)
    assert counts.noted == 1 and f"{followed}: {news.at('/a')}" in said
    assert news.asked() == ["/feed"]
    followed.refresh_from_db()
    assert followed.read_at is None and not FollowedEntry.objects.exists()
    news.pages = {}
    assert news.follow(dry_run=True).failed
    followed.refresh_from_db()
    assert followed.failures == 0


def test_only_named_outlets_due_or_not_and_none_that_is_put_aside(news, followed):
    FollowedAddressFactory(address=news.at("/other"))
    FollowedAddressFactory(outlet=followed.outlet, address=news.at("/aside"), is_followed=False)
    news.pages = {path: feed() for path in ("/feed", "/other", "/aside")}
    news.follow()
    news.asked()
    news.follow(outlets=[followed.outlet])
    assert news.asked() == ["/feed"]
    assert news.follow(outlets=[OutletFactory()]).read == 0


def test_address_taken_away_during_the_run_is_no_failure(news, followed):
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}

    def weigh(reading):
        followed.delete()
        return Interest(score=1)

    assert news.follow(weigh=weigh).queued == 1
    assert not FollowedEntry.objects.exists()


def test_entry_that_no_feed_lists_is_forgotten_in_time(news, followed):
    news.pages = {"/feed": feed("/a", "/b"), "/a": article("Alpha"), "/b": article("Beta")}
    news.follow()
    news.pages["/feed"] = feed("/b")
    for days in (60, 120):
        news.follow(NOW + timedelta(days=days))
    assert [e.title for e in FollowedEntry.objects.all()] == ["/b"]
    assert titles() == ["Alpha", "Beta"]


def test_entry_is_remembered_while_its_feed_is_unchanged(news, followed):
    news.pages, news.etags = {"/feed": feed("/a"), "/a": b""}, {"/feed": '"1"'}
    for days in (0, 60, 120):
        news.follow(NOW + timedelta(days=days))
    news.etags["/feed"] = '"2"'
    news.follow(NOW + timedelta(days=180))
    assert news.asked().count("/a") == 1


@pytest.mark.skipif(not samples.EXPECTED.exists(), reason="no ../shared/data/feeds")
def test_no_sample_feed_stops_a_run(news):
    for number, row in enumerate(samples.rows()):
        news.pages[f"/{number}"] = (samples.DATA / row["file"]).read_bytes()
        FollowedAddressFactory(address=news.at(f"/{number}"))
    counts = news.follow(bounds=Bounds(articles=0, pause=0))
    none = sum(row["version"] == "-" for row in samples.rows())
    assert counts.read + len(counts.failed) == len(samples.rows())
    assert counts.read >= len(samples.rows()) - 2 * none
