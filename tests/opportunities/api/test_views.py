"""The listing and each opportunity for machines: the same question, the same answer, read only."""

import csv
import io
from datetime import date, time

import pytest
from django.test import Client

from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST = "/api/v1/opportunities/"
TABLE = "/api/v1/opportunities.csv"


def read(client, path: str, status: int = 200) -> dict:
    response = client.get(path)
    assert response.status_code == status, response.content[:300]
    return response.json()


def table(client, query: str = "") -> list[dict]:
    response = client.get(TABLE + query)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_list_answers_what_the_listing_does(client):
    item = OpportunityFactory(published=True, called=True, title="Open one", places=["KZ"])
    OpportunityFactory(published=True, title="Announced one")
    found = read(client, LIST)
    assert (found["count"], found["pages"], found["next"]) == (1, 1, None)
    (one,) = found["results"]
    assert (one["id"], one["stage"], one["title"]) == (item.slug, "open", "Open one")
    assert one["places"] == ["KZ"]
    assert one["url"].endswith(item.get_absolute_url()) and one["url"].startswith("http")
    assert found["counts"]["country"] == {"KZ": 1}
    assert read(client, f"{LIST}?stage=announced")["count"] == 1


def test_pages_lead_to_each_other_with_the_filters_kept(client):
    for _ in range(21):
        OpportunityFactory(published=True, called=True)
    first = read(client, f"{LIST}?kind=scholarship")
    assert first["next"].endswith(f"{LIST}?kind=scholarship&page=2")
    second = read(client, first["next"])
    assert [len(one["results"]) for one in (first, second)] == [20, 1]
    assert second["previous"].endswith("page=1")
    assert read(client, f"{LIST}?page=3", 404)["errors"] == {"page": ["1 to 2."]}


@pytest.mark.parametrize("query", ["country=XX", "page=abc", "sort=;drop", "deadline=-1"])
@pytest.mark.parametrize("path", [LIST, TABLE])
def test_address_that_cannot_be_read_is_refused_with_the_reason(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [query.split("=")[0]]


@pytest.mark.parametrize(
    "query", ["kinds=internship", "page_size=100", "sort=newest&sort=deadline"]
)
def test_parameter_that_would_not_count_is_refused(client, query):
    assert read(client, f"{LIST}?{query}", 400)["errors"].keys() == {query.split("=")[0]}


def test_table_has_no_pages(client):
    assert client.get(f"{TABLE}?page=2").status_code == 400


@pytest.mark.parametrize(
    "path", [f"{LIST}?q=%00a", f"{LIST}?q={'x' * 5000}", "/api/v1/", "/api/v2/x"]
)
def test_error_before_any_view_is_a_problem_for_programs_too(client, path):
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json()["status"] == response.status_code >= 400


def test_promise_says_who_speaks_of_it(client):
    OpportunityFactory(published=True)
    assert (
        read(client, f"{LIST}?stage=announced")["results"][0]["voice"] == "suggested by the press"
    )


def test_detail_joins_deadlines_and_rules_with_their_sentences(client):
    item = OpportunityFactory(published=True)
    deadline = DeadlineFactory(opportunity=item)
    OpportunityCitationFactory(opportunity=item, fact="deadline", deadline=deadline)
    whole = read(client, f"{LIST}{item.slug}/")
    assert whole["deadlines"][0]["id"] == whole["citations"][-1]["deadline"] == deadline.pk


def test_words_come_in_the_language_asked_for_and_say_which(client):
    item = OpportunityFactory(published=True, called=True, title="In English")
    item.words.create(language="fr", title="En français", summary="Quoi.", origin="human")
    (one,) = read(client, f"{LIST}?lang=fr")["results"]
    assert (one["title"], one["language"], one["origin"]) == ("En français", "fr", "human")
    assert one["url"].endswith(f"/fr/opportunities/{item.slug}/")
    assert read(client, LIST)["results"][0]["title"] == "In English"
    assert "lang" in read(client, f"{LIST}?lang=xx", 400)["errors"]


def test_promise_has_no_official_page(client):
    item = OpportunityFactory(published=True, official_page="https://example.org/promised")
    assert read(client, f"{LIST}{item.slug}/")["official_page"] is None


def test_detail_holds_each_fact_with_its_sentence(client):
    article = ArticleFactory(title="They work together")
    item = OpportunityFactory(published=True, article=article)
    (cited,) = read(client, f"{LIST}{item.slug}/")["citations"]
    assert cited["quote"] == item.citations.get().quote
    assert cited["article"]["title"] == "They work together"


def test_detail_keeps_back_the_quote_of_a_removed_source_and_a_hidden_partnership(client):
    hidden = PartnershipFactory()
    item = OpportunityFactory(published=True, partnerships=[hidden])
    removed = ArticleFactory(removed_on=date(2026, 11, 1), removed_because="Asked for.")
    OpportunityCitationFactory(opportunity=item, article=removed, quote="Not to be shown.")
    body = client.get(f"{LIST}{item.slug}/").content.decode()
    assert "Not to be shown." not in body
    assert removed.slug not in body and hidden.slug not in body


def test_withdrawn_one_says_why_and_an_unknown_one_nothing(client):
    item = OpportunityFactory(withdrawn=True)
    assert read(client, f"{LIST}{item.slug}/", 410)["errors"]["reason"] == ["It was a mistake."]
    assert read(client, f"{LIST}never-was/", 404)["status"] == 404


def test_table_has_a_row_for_each_of_the_listing(client):
    item = OpportunityFactory(
        published=True, called=True, places=["CN", "KZ"], application="by-deadline"
    )
    DeadlineFactory(opportunity=item, on=date(2026, 12, 24), at=None, zone="", channel="by post")
    DeadlineFactory(opportunity=item, on=date(2026, 12, 31), at=time(15), zone="Asia/Almaty")
    OpportunityFactory(published=True)
    (row,) = table(client)
    assert (row["id"], row["places"], row["stage"]) == (item.slug, "CN KZ", "open")
    assert row["deadlines"] == "2026-12-24 (by post) | 2026-12-31 15:00 Asia/Almaty"
    assert client.get(TABLE).headers["X-Total-Count"] == "1"


@pytest.mark.parametrize("title", ["=1+1", "  @SUM(A1)", "+7", "-1", "＝1", '=HYPERLINK("x")'])
def test_cell_cannot_be_a_formula(client, title):
    OpportunityFactory(published=True, called=True, title=title)
    assert table(client)[0]["title"] == f"'{title}"


def test_anybody_may_read_and_nobody_may_write(client):
    OpportunityFactory(published=True, called=True)
    assert client.get(LIST).headers["Access-Control-Allow-Origin"] == "*"
    refused = Client(enforce_csrf_checks=True).post(LIST)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.headers["Content-Type"] == "application/problem+json"
    again = client.get(LIST, HTTP_IF_NONE_MATCH=client.get(LIST).headers["ETag"])
    assert again.status_code == 304


def test_answer_that_tells_of_a_person_is_not_kept(client):
    CountryFactory(iso2="KZ")
    for path in (LIST, TABLE):
        for told in ("nationality=KZ", "residence=KZ", "age=22", "held=6", "age=abc"):
            response = client.get(f"{path}?{told}")
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["X-Robots-Tag"] == "noindex"


def test_what_is_known_not_to_fit_is_left_out_as_in_the_listing(client):
    item = OpportunityFactory(published=True, called=True)
    EligibilityRuleFactory(opportunity=item, kind="level-held", levels=["6"], text="")
    assert read(client, f"{LIST}?held=3")["count"] == 0
    assert read(client, f"{LIST}?held=6")["count"] == 1
    assert read(client, f"{LIST}?held=3&unfit=shown")["count"] == 1
    assert table(client, "?held=3") == []


def test_nationality_counts_what_choosing_it_gives_though_nobody_told_anything(client):
    country = CountryFactory(iso2="FR")
    rule = EligibilityRuleFactory(
        opportunity=OpportunityFactory(published=True, called=True),
        kind="countries", attribute="nationality", mode="except",
    )  # fmt: skip
    rule.countries.add(country)
    for asked, count in [("", 0), ("&unfit=shown", 1)]:
        assert (
            read(client, f"{LIST}?stage=all{asked}")["counts"]["nationality"].get("FR", 0) == count
        )
        assert read(client, f"{LIST}?stage=all&nationality=FR{asked}")["count"] == count
