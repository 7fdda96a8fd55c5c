"""The articles that wait: what is read first, what is said of it, and what leaves the list."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from opportunities.admin.obtaining import read_address
from partnerships.models import Article, QueuedArticle
from tests.factories import (
    ArticleFactory,
    GroupingFactory,
    OpportunityFactory,
    OutletFactory,
    QueuedArticleFactory,
)

from .test_desk import queries_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split())


URL = "/admin/partnerships/queuedarticle/"


def shown(client, query: str = "") -> list[str]:
    response = client.get(URL + query)
    assert response.status_code == 200
    return [str(item) for item in response.context["cl"].result_list]


def queued(title: str, **values) -> QueuedArticle:
    return QueuedArticleFactory(article=ArticleFactory(title=title), **values)


def test_highest_score_comes_first(desk):
    for score in (3, 11, 7):
        queued(f"Of {score}", score=score)
    assert shown(desk("Contributor")) == ["Of 11", "Of 7", "Of 3"]


def test_row_says_countries_language_and_why_in_the_editors_words(desk):
    GroupingFactory(
        slug="sco", names={"en": "Shanghai Cooperation", "fr": "Coopération de Shanghai"}
    )
    queued(
        "Trois promesses",
        language="kk",
        countries=["KZ", "CN", "FR"],
        partners=["CN", "KZ"],
        groupings=["sco"],
        offers=[["exchange", "announced"]],
    )
    text = text_of(desk("Editor").get(URL))
    assert "China–Kazakhstan work together · Shanghai Cooperation · Exchange (announced)" in text
    assert "China, Kazakhstan, France" in text and "Kazakh" in text
    text = text_of(desk("Editor").get("/fr" + URL))
    assert "Coopération de Shanghai" in text and "Chine, Kazakhstan, France" in text


def test_words_of_strangers_are_never_markup(desk):
    queued("<script>alert(1)</script>", offers=[["<b>kind", "<i>"]], countries=["<u>"], language="")
    body = desk("Editor").get(URL).content.decode()
    assert "<script>alert(1)" not in body and "<b>kind" not in body and "<u>" not in body


def test_dismissed_leaves_the_list_and_stays_dismissed(desk, people):
    item, other = queued("Out"), queued("In")
    editor = desk("Editor")
    editor.post(URL, {"action": "dismiss", "_selected_action": item.pk})
    assert shown(editor) == ["In"] and shown(editor, "?state=dismissed") == ["Out"]
    item.refresh_from_db()
    assert item.dismissed_by == people["Editor"]
    editor.post(f"{URL}?state=dismissed", {"action": "put-back", "_selected_action": item.pk})
    assert set(shown(editor)) == {"In", "Out"}
    desk("Contributor").post(URL, {"action": "dismiss", "_selected_action": other.pk})
    assert set(shown(editor)) == {"In", "Out"}


def test_article_that_something_rests_on_or_that_was_removed_waits_no_more(desk):
    read, removed = queued("Read"), queued("Removed")
    OpportunityFactory(article=read.article)
    Article.objects.filter(pk=removed.article_id).update(
        removed_on=date(2026, 11, 1), removed_because="The owner asked."
    )
    editor = desk("Editor")
    assert shown(editor) == []
    assert shown(editor, "?state=read") == ["Read"]
    assert set(shown(editor, "?state=all")) == {"Read", "Removed"}


def test_list_is_filtered_by_outlet_and_language(desk):
    outlet = OutletFactory()
    queued("One", outlet=outlet, language="ar")
    queued("Other", outlet=OutletFactory(), language="")
    editor = desk("Editor")
    assert shown(editor, f"?outlet__id__exact={outlet.pk}") == ["One"]
    assert shown(editor, "?language=ar") == ["One"]
    assert shown(editor, "?language=-") == ["Other"]
    assert shown(editor, "?language=nonsense&state=nonsense") == []


def test_reprint_says_of_what(desk):
    origin = ArticleFactory(title="First")
    QueuedArticleFactory(article=ArticleFactory(title="Second", origin=origin))
    assert "reprint of “First”" in text_of(desk("Editor").get(URL))


def test_read_leads_to_the_article(desk):
    item = queued("Read me")
    client = desk("Contributor")
    address = read_address(item.article)
    assert f'href="{address}"' in client.get(URL).content.decode()
    assert client.get(address).status_code == 200


def test_first_page_counts_what_waits(desk):
    queued("One")
    queued("Other").dismiss(by=None)
    (row,) = (
        row
        for row in desk("Contributor").get("/admin/").context["waiting"]
        if "queued" in row["address"]
    )
    assert row["count"] == 1 and row["address"].startswith(
        reverse("admin:partnerships_queuedarticle_changelist")
    )


def test_article_with_its_place_in_the_queue_can_be_deleted(desk):
    item = queued("Out")
    url = reverse("admin:partnerships_article_delete", args=[item.article_id])
    desk("Editor").post(url, {"post": "yes"})
    assert not QueuedArticle.objects.exists()


def test_list_asks_as_often_for_five_rows_as_for_one(desk):
    def more():
        GroupingFactory(slug="sco")
        QueuedArticleFactory(
            article=ArticleFactory(origin=ArticleFactory(), outlet=OutletFactory()),
            groupings=["sco"],
            countries=["KZ"],
        )

    client = desk("Editor")
    more()
    client.get(URL)
    asked = queries_of(client, URL)
    for _row in range(4):
        more()
    assert queries_of(client, URL) == asked
