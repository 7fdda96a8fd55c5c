"""Following outlets from the command line and from cron; also after a kill in the middle."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from opportunities import outlets
from opportunities.management.commands import fetch_articles, run_due
from partnerships.models import FollowedEntry, QueuedArticle
from tests.factories import FollowedAddressFactory, OutletFactory
from tests.partnerships.ingestion import news as site
from tests.partnerships.ingestion.news import FAST, article, feed
from tests.partnerships.ingestion.server import answer, serving
from tests.partnerships.ingestion.test_fetch import network

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def reader():
    with site.one_reader():
        yield


@pytest.fixture
def news():
    with site.news() as served:
        yield served


def run(news, **options) -> tuple[str, str]:
    out, said = StringIO(), StringIO()
    given = {"network": network(news.server), "bounds": FAST}
    call_command("fetch_articles", stdout=out, stderr=said, **given | options)
    return out.getvalue(), said.getvalue()


def test_command_says_what_it_did_and_how_it_went(news):
    FollowedAddressFactory(address=news.at("/feed"))
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}
    out, said = run(news)
    assert out.startswith("1 feeds read, 0 failed; 1 new entries; 1 articles queued")
    assert said.splitlines() == [f"{news.at('/feed')}: 1 new", f"{news.at('/a')}: 0"]
    assert "0 feeds read" in run(news)[0]


def test_command_ends_in_1_where_an_outlet_failed_and_reads_the_others(news):
    FollowedAddressFactory(address=news.at("/gone"))
    FollowedAddressFactory(address=news.at("/feed"))
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}
    with pytest.raises(CommandError, match="Not read: .*/gone"):
        run(news)
    assert QueuedArticle.objects.count() == 1


@pytest.mark.parametrize("named", ["Le Courrier", "le courrier", "le-courrier", "courrier.example"])
def test_command_reads_one_outlet_by_any_of_its_names(news, named):
    outlet = OutletFactory(name="Le Courrier", website="https://www.courrier.example/")
    FollowedAddressFactory(address=news.at("/feed"), outlet=outlet)
    FollowedAddressFactory(address=news.at("/other"))
    news.pages = {"/feed": feed(), "/other": feed()}
    run(news, outlet=named)
    assert news.asked() == ["/feed"]


def test_command_knows_no_such_outlet(news):
    with pytest.raises(CommandError, match="No outlet is called Nowhere"):
        run(news, outlet="Nowhere")


def test_command_only_says_when_run_dry(news):
    FollowedAddressFactory(address=news.at("/feed"))
    news.pages = {"/feed": feed("/a"), "/a": article("Alpha")}
    assert news.at("/a") in run(news, dry_run=True)[1]
    assert not FollowedEntry.objects.exists() and news.asked() == ["/feed"]


def test_command_leaves_alone_what_another_process_is_at(news, monkeypatch):
    @contextmanager
    def taken(name):
        assert name == outlets.LOCK
        yield False

    monkeypatch.setattr(fetch_articles, "locked", taken)
    FollowedAddressFactory(address=news.at("/feed"))
    assert run(news) == ("", "Another process is at it.\n")
    assert news.asked() == []


def test_command_and_cron_hold_the_same_lock():
    assert outlets.LOCK in [name for name, _part in run_due.PARTS]


def test_part_of_cron_asks_nobody_where_nothing_is_due(now):
    assert outlets.follow_outlets(now, dry_run=False) == "0 feeds to read, 0 articles to fetch"
    FollowedAddressFactory()
    assert outlets.follow_outlets(now, dry_run=True) == "1 feeds to read, 0 articles to fetch"


def test_part_of_cron_keeps_a_failure_on_its_row(now):
    followed = FollowedAddressFactory(address="http://127.0.0.1/feed")
    assert "1 failed" in outlets.follow_outlets(now, dry_run=False)
    followed.refresh_from_db()
    assert (followed.failure_code, followed.failures) == ("special", 1)


# --- Killed in the middle, and run again

SETUP = """
import sys
import django
django.setup()
from django.core.management import call_command
from partnerships.models import FollowedAddress, Outlet
call_command("migrate", verbosity=0)
outlet = Outlet.objects.create(name="News", grade="public")
FollowedAddress.objects.create(outlet=outlet, address=f"http://news.example:{sys.argv[1]}/feed")
"""
FETCH = """
import sys
import django
django.setup()
from django.core.management import call_command
from partnerships.ingestion.following import Bounds
from partnerships.ingestion.guarded import Network
network = Network(resolve=lambda host, port: ["127.0.0.1"], allowed=frozenset({"127.0.0.1"}),
                  ports=frozenset({int(sys.argv[1])}), seconds=60)
call_command("fetch_articles", network=network, bounds=Bounds(pause=0))
"""
ARTICLES = 6


@pytest.mark.slow
@pytest.mark.parametrize("killed_at", [0, 4])
def test_killed_run_leaves_nothing_half_and_the_next_ends_it(tmp_path, killed_at):
    """The article it is killed at is asked for again; the others are not."""
    held = threading.Event()

    def reply(server, connection, path, headers):
        if path == f"/{killed_at}" and server.paths.count(path) == 1:
            held.set()
            server.is_over.wait(60)
        pages = {f"/{n}": article(f"News{n}") for n in range(ARTICLES)}
        pages["/feed"] = feed(*pages)
        connection.sendall(answer(pages[path]) if path in pages else answer(b"", "404 Not Found"))

    database = tmp_path / "db.sqlite3"
    with serving(reply) as server:
        with python(SETUP, server.port, database) as made:
            assert made.wait(120) == 0
        with python(FETCH, server.port, database) as killed:
            assert held.wait(120)
            killed.kill()
        assert rows(database) == (killed_at, killed_at, killed_at)
        with python(FETCH, server.port, database) as again:
            assert again.wait(120) == 0
        asked = sorted(server.paths)
    assert rows(database) == (ARTICLES, ARTICLES, ARTICLES)
    assert asked == sorted(["/feed", f"/{killed_at}", *(f"/{n}" for n in range(ARTICLES))])


def python(script: str, port: int, database) -> subprocess.Popen:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
    env = os.environ | settings | {"DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.Popen([sys.executable, "-c", script, str(port)], env=env)


COUNTED = (
    "SELECT count(*) FROM partnerships_article",
    "SELECT count(*) FROM partnerships_queuedarticle",
    "SELECT count(*) FROM partnerships_followedentry WHERE settled_at IS NOT NULL",
)


def rows(database) -> tuple[int, int, int]:
    """Articles, in the queue, entries settled."""
    with closing(sqlite3.connect(database)) as db:
        return tuple(db.execute(query).fetchone()[0] for query in COUNTED)
