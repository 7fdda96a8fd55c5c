from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partnerships.ingestion.read import read
from partnerships.ingestion.store import store
from partnerships.models import Article

from .server import answer, serving
from .test_fetch import at, network, once
from .test_read import ITEM, PAGE, RSS

pytestmark = pytest.mark.django_db


def said(reply: bytes) -> dict[str, str]:
    with serving(once(reply)) as server:
        out = StringIO()
        call_command("read_article", at(server, "/a/1"), stdout=out, network=network(server))
    return dict(line.split(": ", 1) for line in out.getvalue().splitlines())


def test_command_says_what_the_page_states_and_stores_nothing():
    lines = said(answer(PAGE.encode()))
    assert lines["title"] == "Trois promesses" and lines["published"] == "2026-03-01"
    assert (lines["outlet"], lines["language"]) == ("Le Courrier", "fr-FR")
    assert int(lines["text"].split()[0]) > 200
    assert (lines["already known"], lines["reprint of"]) == ("no", "none known")
    assert not Article.objects.exists()


def test_command_says_what_is_known():
    store(read(PAGE.encode(), address="http://other.example/"))
    lines = said(answer(PAGE.encode()))
    assert lines["reprint of"] == "Trois promesses"


def test_command_is_told_of_a_feed():
    with pytest.raises(CommandError, match="This is a feed, not an article"):
        said(answer((RSS % ITEM).encode(), kind="application/rss+xml"))


def test_command_refuses_in_a_sentence():
    with pytest.raises(
        CommandError, match=r"not on the public internet; we read only public sites\."
    ):
        call_command("read_article", "http://127.0.0.1/")
