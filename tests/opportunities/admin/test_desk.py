"""What one sees at the desk: its lists, its search, its first page, and that nothing runs inline."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunities import needs, stages
from opportunities.choices import Application
from opportunities.models import Opportunity
from partnerships.address_words import transliterated
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    SectorFactory,
    cite_official_call,
)
from tests.indexing import follower
from tests.pages import Page

pytestmark = pytest.mark.django_db

LISTS = {
    "/admin/opportunities/opportunity/": lambda: OpportunityFactory(published=True, places=["KZ"]),
    "/admin/partnerships/partnership/": PartnershipFactory,
    "/admin/partnerships/article/": ArticleFactory,
    "/admin/partnerships/organisation/": lambda: OrganisationFactory(domain="uni.example"),
}


# --- Lists


@pytest.mark.parametrize("url", LISTS)
def test_a_list_asks_as_often_for_five_rows_as_for_one(url, desk):
    client = desk("Editor")
    LISTS[url]()
    client.get(url)  # content types are looked up once
    asked = queries_of(client, url)
    for _more in range(4):
        LISTS[url]()
    assert queries_of(client, url) == asked


def queries_of(client, url: str) -> int:
    follower.bring_up()
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_the_list_shows_stage_deadline_and_languages(desk, now):
    opportunity = OpportunityFactory(published=True, verified_on=date(2026, 10, 1))
    cite_official_call(opportunity)
    Opportunity.objects.filter(pk=opportunity.pk).update(application=Application.BY_DEADLINE)
    DeadlineFactory(opportunity=opportunity, on=date(2026, 11, 1))
    DeadlineFactory(opportunity=opportunity, on=date(2026, 12, 24))
    opportunity.words.create(language="fr", title="Bourse", origin="human")
    page = desk("Editor").get("/admin/opportunities/opportunity/").content.decode()
    for said in ("stage-open", "24 December 2026", "en, fr", "check due"):
        assert said in page
    assert "1 November 2026" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=silk+road", ["Silk Road"]),
        ("stage=announced", ["Silk Road", "Steppe"]),
        ("stage=open", []),
        ("place=KZ", ["Silk Road"]),
        ("needs=lapsed", []),
        ("needs=nonsense&q=steppe", ["Steppe"]),
    ],
)
def test_the_list_narrows(desk, now, query, found):
    OpportunityFactory(title="Silk Road", places=["KZ"])
    OpportunityFactory(title="Steppe", places=["MN"])
    answer = desk("Editor").get(f"/admin/opportunities/opportunity/?{query}&_facets=True")
    assert sorted(map(str, answer.context["cl"].result_list)) == found


# --- Search by names that no column holds


@pytest.mark.parametrize(
    ("prefix", "term", "found"),
    [
        ("", "kazakh", ["KZ"]),
        ("", "kaz", ["KZ"]),
        ("/fr", "chine", ["CN"]),
        ("/fr", "egypte", ["EG"]),
        ("", "united", ["AE", "US"]),
        ("", "ZZZ", []),
    ],
)
def test_a_country_is_found_by_its_name_in_the_editors_language(desk, prefix, term, found):
    for code in ("KZ", "CN", "EG", "AE", "US"):
        CountryFactory(iso2=code)
    url = f"{prefix}/admin/autocomplete/?app_label=opportunities&model_name=opportunity"
    answer = desk("Contributor").get(f"{url}&field_name=places&term={term}")
    assert [row["id"] for row in answer.json()["results"]] == found


def test_a_partnership_is_found_by_its_parties_names(desk):
    wanted = PartnershipFactory(parties=["CN", "KZ"])
    PartnershipFactory(parties=["CN", "EG"])
    answer = desk("Editor").get("/fr/admin/partnerships/partnership/?q=kazakhstan+chine")
    assert list(answer.context["cl"].result_list) == [wanted]


def test_a_sector_is_found_in_any_script(desk):
    SectorFactory(slug="energy", names={"en": "Energy", "ru": "Энергетика"})
    url = "/admin/autocomplete/?app_label=opportunities&model_name=opportunity&field_name=sectors"
    assert desk("Editor").get(f"{url}&term=энерг").json()["results"][0]["text"] == "Energy"


def test_a_citation_offers_only_its_opportunitys_own_deadlines(desk):
    opportunity = OpportunityFactory()
    own, other = DeadlineFactory(opportunity=opportunity), DeadlineFactory()
    url = reverse("admin:opportunities_opportunity_change", args=[opportunity.pk])
    (_words, citations, *_more) = desk("Editor").get(url).context["inline_admin_formsets"]
    offered = citations.formset.forms[0].fields["deadline"].queryset
    assert list(offered) == [own] and other not in offered


def test_sections_of_a_rule_stand_open(desk):
    opportunity = EligibilityRuleFactory().opportunity
    url = reverse("admin:opportunities_opportunity_change", args=[opportunity.pk])
    rules = desk("Editor").get(url).context["inline_admin_formsets"][-1]
    assert [section.is_collapsible for row in rules for section in row] == [False] * 8


# --- The first page


def test_the_first_page_counts_what_needs_an_editor(desk, people, now):
    OpportunityFactory(created_by=people["Editor"])
    OpportunityFactory(in_review=True)
    PartnershipFactory(in_review=True)
    closing = OpportunityFactory(published=True, called=True)
    Opportunity.objects.filter(pk=closing.pk).update(application=Application.BY_DEADLINE)
    DeadlineFactory(opportunity=closing, on=date(2026, 11, 28))
    OpportunityFactory(published=True, verified_on=date(2026, 8, 1))
    old = ArticleFactory(published_on=date(2026, 1, 1))
    OpportunityFactory(published=True, article=old)
    editor = desk("Editor")
    waiting = editor.get("/admin/").context["waiting"]
    assert [row["count"] for row in waiting] == [1, 1, 1, 1, 1, 1]
    for row in waiting:  # and each leads to them
        assert len(editor.get(row["address"]).context["cl"].result_list) == row["count"]


def test_the_first_page_asks_as_often_for_five_as_for_one(desk):
    editor = desk("Editor")
    OpportunityFactory(published=True)
    editor.get("/admin/")
    asked = queries_of(editor, "/admin/")
    OpportunityFactory.create_batch(4, published=True)
    assert queries_of(editor, "/admin/") == asked


def test_a_contributor_sees_only_their_own_drafts_there(desk, people):
    OpportunityFactory(created_by=people["Contributor"])
    OpportunityFactory(created_by=people["Other"], in_review=True)
    (row,) = desk("Contributor").get("/admin/").context["waiting"]
    assert row["count"] == 1


@pytest.mark.parametrize("age", [0, 14, 15, 30, 31, 90, 91, None])
@pytest.mark.parametrize(
    "state", [{}, {"called": True}, {"called": True, "application": Application.BY_DEADLINE}]
)
def test_stale_is_the_twin_of_is_stale(state, age, now):
    checked = None if age is None else date.fromordinal(date(2026, 11, 23).toordinal() - age)
    opportunity = OpportunityFactory(published=True, verified_on=checked, **state)
    DeadlineFactory(opportunity=opportunity, on=date(2027, 1, 1))
    found = Opportunity.objects.with_stage(now).filter(needs.stale(now)).exists()
    stage = opportunity.stage_at(now)
    assert found == stages.is_stale(stage, opportunity.application, checked, now)


# --- Looking at it


def test_a_hidden_one_has_a_preview_and_a_public_one_its_page(desk):
    editor = desk("Editor")
    draft, public = OpportunityFactory(), OpportunityFactory(published=True)
    pages = {
        item: editor.get(reverse("admin:opportunities_opportunity_change", args=[item.pk]))
        for item in (draft, public)
    }
    assert "/opportunities/preview/" in pages[draft].content.decode()
    assert "/opportunities/preview/" not in pages[public].content.decode()
    assert f'href="/opportunities/{public.slug}/"' in pages[public].content.decode()


def test_an_article_links_to_its_page_while_it_is_public(desk):
    editor, loose = desk("Editor"), ArticleFactory()
    cited = OpportunityFactory(published=True).citations.get().article
    pages = {
        article: editor.get(reverse("admin:partnerships_article_change", args=[article.pk]))
        for article in (loose, cited)
    }
    assert f'href="/articles/{cited.slug}/"' in pages[cited].content.decode()
    assert "viewsitelink" not in pages[loose].content.decode()


def every_page() -> list[str]:
    opportunity = OpportunityFactory(published=True, called=True)
    DeadlineFactory(opportunity=opportunity)
    EligibilityRuleFactory(opportunity=opportunity)
    article = opportunity.citations.first().article
    partnership = PartnershipCitationFactory().partnership
    items = [opportunity, article, partnership, opportunity.provider]
    read = ArticleFactory(
        text="Kenya and Morocco agree.\n\nMorocco will offer 40 scholarships to students."
    )
    reading = reverse("admin:opportunities_article_read")
    names = [(item, f"admin:{item._meta.label_lower.replace('.', '_')}") for item in items]
    return [
        "/admin/", "/fr/admin/", "/admin/password_change/", "/admin/auth/user/",
        "/admin/auth/user/add/", "/admin/partnerships/grouping/add/",
        *(reverse(f"{name}_changelist") for _item, name in names),
        *(reverse(f"{name}_add") for _item, name in names),
        *(reverse(f"{name}_{page}", args=[item.pk]) for item, name in names
          for page in ("change", "history")),
        reading, f"{reading}?article={read.pk}",
        reverse("admin:partnerships_partnership_delete", args=[partnership.pk]),
        reverse("admin:opportunities_opportunity_withdraw", args=[opportunity.pk]),
    ]  # fmt: skip


def test_no_page_of_the_desk_runs_or_styles_anything_inline(desk):
    client = desk("Administrator")
    for url in every_page():
        answer = client.get(url)
        assert (url, answer.status_code, Page(answer.content.decode()).inline) == (url, 200, [])
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    login = Client().get("/admin/login/")
    assert Page(login.content.decode()).inline == []


# --- Coming in


def test_five_wrong_tries_close_the_door_from_there_only(people):
    people["Editor"].set_password("the right one")
    people["Editor"].save()
    given = {"username": people["Editor"].username, "password": "wrong"}
    here, elsewhere = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    for _try in range(5):
        last = here.post("/admin/login/", given)
    assert last.status_code == 429
    right = given | {"password": "the right one"}
    assert here.post("/admin/login/", right).status_code == 429
    assert elsewhere.post("/admin/login/", right).status_code == 302


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Silk Road: Tours & Talks", "silk-road-tours-talks"),
        ("Bourses d’été à l’Université", "bourses-dete-a-luniversite"),
        ("Қазақстан мен Қытай", "qazaqstan-men-qytay"),
        ("Конкурс «Щёлк»", "konkurs-shchyolk"),
        ("منحة دراسية", "mnha-drasya"),
        ("中国奖学金", ""),
        ("word " * 40, "-".join(["word"] * 20)),
    ],
)
def test_an_address_is_made_of_the_title(title, address):
    assert transliterated(title) == address
