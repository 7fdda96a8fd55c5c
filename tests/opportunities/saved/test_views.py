"""`/saved/` as its reader, a stranger and a forger find it."""

from datetime import date

import pytest
from django.test import Client

from opportunities.models import SavedItem, SavedList
from opportunities.preview import preview_url
from opportunities.saved import keeping
from tests.factories import DeadlineFactory, OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OURS = {"Sec-Fetch-Site": "same-origin"}
OVER = {"application": "by-deadline"}


def post(client, path="/saved/", headers=OURS, **data):
    return client.post(path, data, headers=headers)


@pytest.fixture
def item():
    return OpportunityFactory(published=True, called=True, slug="wanted", title="Wanted")


@pytest.fixture
def reader(client, item):
    """Somebody who saved one opportunity."""
    post(client, save="wanted")
    return client


def html(client, path="/saved/") -> str:
    return client.get(path).content.decode()


# --- The cookie


def test_first_save_sets_the_one_cookie(client, item):
    assert not client.get("/saved/").cookies and not client.get("/opportunities/").cookies
    response = post(client, save="wanted")
    assert (response.status_code, response.headers["Location"]) == (303, "/saved/#at-wanted")
    (cookie,) = response.cookies.values()
    assert cookie.key == "__Host-saved" and cookie["secure"] and cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert 13 * 30 * 86_400 < cookie["max-age"] <= 400 * 86_400
    assert keeping.list_of(cookie.value).items.get().opportunity == item


def test_second_save_goes_to_the_same_list(reader):
    OpportunityFactory(published=True, slug="another")
    post(reader, save="another")
    assert SavedList.objects.get().items.count() == 2


@pytest.mark.parametrize("forged", ["x", "chosen-by-an-attacker" * 3, "é", "a" * 4_000])
def test_cookie_of_somebody_elses_making_is_never_taken(client, item, forged):
    client.cookies["__Host-saved"] = forged
    assert "Wanted" not in html(client)
    response = post(client, save="wanted")
    assert response.cookies["__Host-saved"].value not in {forged, ""}
    assert keeping.list_of(forged) is None


@pytest.mark.parametrize("verb", ["remove", "mark", "keep", "forget"])
def test_without_a_list_nothing_else_begins_one(client, item, verb):
    response = post(client, **{verb: "wanted"})
    assert response.status_code == 303 and not response.cookies
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(
    ("state", "said"),
    [({"called": True}, "Remind me by e-mail"), ({}, "Tell me when it opens")],
)
def test_item_leads_to_its_reminders_as_its_page_does(client, state, said):
    OpportunityFactory(published=True, slug="wanted", **state)
    post(client, save="wanted")
    link = f'<a href="/alerts/opportunities/wanted/">{said}</a>'
    assert link in html(client)
    assert link in client.get("/opportunities/wanted/").content.decode()
    assert client.get("/alerts/opportunities/wanted/").status_code == 200


def test_item_that_is_over_offers_no_reminder(client):
    item = OpportunityFactory(
        published=True, called=True, slug="wanted", application="by-deadline", title="Wanted"
    )
    DeadlineFactory(opportunity=item, on=date(2026, 1, 1))
    post(client, save="wanted")
    assert "Wanted" in html(client) and "/alerts/" not in html(client)


# --- Who may write


@pytest.mark.parametrize("verb", ["save", "remove", "mark", "keep", "forget"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}, {"Origin": "null"}],
)
def test_post_from_elsewhere_changes_nothing(reader, verb, headers):
    OpportunityFactory(published=True, slug="another")
    before = [*SavedItem.objects.values(), *SavedList.objects.values()]
    slug = "another" if verb == "save" else "wanted"
    response = post(reader, headers=headers, applied="on", **{verb: slug})
    assert response.status_code == 403 and not response.cookies
    assert [*SavedItem.objects.values(), *SavedList.objects.values()] == before


def test_older_browser_says_its_origin(client, item):
    assert post(client, headers={"Origin": "http://testserver"}, save="wanted").status_code == 303


def test_list_of_another_is_neither_seen_nor_changed(reader, item):
    stranger = Client()
    OpportunityFactory(published=True, slug="strange", title="Strange")
    post(stranger, save="strange")
    assert "Wanted" not in html(stranger) and "Strange" not in html(reader)
    for data in ({"remove": "wanted"}, {"mark": "wanted", "applied": "on"}, {"forget": ""}):
        post(stranger, **data)
    assert not reader.get("/saved/").context["page"].ahead[0].noted.has_applied


# --- What cannot be saved


@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_hidden_opportunity_is_not_there_to_save(client, state):
    OpportunityFactory(slug="hidden-thing", title="Zanzibarite", **state)
    response = post(client, save="hidden-thing")
    assert response.status_code == 404 and not response.cookies
    assert "Zanzibarite" not in response.content.decode()
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(
    "slug", ["", "never-was", "\0", "x" * 10_000, "wanted/", "%00", "' OR 1=1"]
)
def test_unknown_or_garbled_slug_is_a_clean_404(client, item, slug):
    assert post(client, save=slug).status_code == 404
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"steal": "wanted"},
        {"mark": "wanted", "outcome": "rich"},
        {"mark": "wanted", "outcome": "\0"},
    ],
)
def test_verb_or_outcome_we_do_not_know_is_a_400(reader, data):
    assert post(reader, **data).status_code == 400
    assert SavedItem.objects.get().outcome == ""


def test_garbled_bodies_are_refused_and_lose_nothing(reader):
    for body, kind in [
        (b"\xff" * 100, "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
        ("&".join("a=1" for _ in range(3_000)).encode(), "application/x-www-form-urlencoded"),
    ]:
        assert reader.generic("POST", "/saved/", body, kind, headers=OURS).status_code == 400
    assert "Wanted" in html(reader)


def test_full_list_says_so_and_keeps_what_it_has(reader, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    OpportunityFactory(published=True, slug="another", title="Another")
    response = post(reader, save="another")
    assert response.status_code == 409
    said = response.content.decode()
    assert "It was not saved: a list holds 1 opportunity." in said and "Wanted" in said


# --- What it shows


def test_marks_are_shown_and_an_outcome_says_that_one_applied(reader):
    assert "I have not applied yet" in html(reader)
    assert post(reader, mark="wanted", applied="on").status_code == 303
    assert "<summary>I applied</summary>" in html(reader)
    post(reader, mark="wanted", outcome="waiting")
    assert "<summary>I applied: on the waiting list</summary>" in html(reader)
    assert "J’ai postulé\xa0: sur liste d’attente" in html(reader, "/fr/saved/")
    post(reader, mark="wanted")
    assert "I have not applied yet" in html(reader)


def test_promise_offers_no_mark_of_an_application(client):
    OpportunityFactory(published=True, slug="promised")
    post(client, save="promised")
    assert "promised" in html(client) and "applied" not in html(client)


def test_next_deadline_comes_first_then_undated_then_what_is_stale(client, now):
    def saved(slug, on=None, **state):
        dated = OVER if on else {}
        item = OpportunityFactory(published=True, called=True, slug=slug, **dated, **state)
        if on:
            DeadlineFactory(opportunity=item, on=on)
        post(client, save=slug)

    saved("stale", date(2026, 11, 25), verified_on=date(2026, 1, 1))
    saved("undated")
    saved("later", date(2027, 1, 10))
    saved("sooner", date(2026, 11, 30))
    saved("opens", opens_on=date(2026, 12, 10))
    saved("over", date(2026, 11, 1))
    page = client.get("/saved/").context["page"]
    assert [entry.card.item.slug for entry in page.ahead] == [
        "sooner", "opens", "later", "undated", "stale",
    ]  # fmt: skip
    assert [entry.card.item.slug for entry in page.over] == ["over"]
    listed = client.get("/opportunities/").content.decode()
    places = [listed.index(f"/opportunities/{e.card.item.slug}/") for e in page.ahead]
    assert places == sorted(places)


def test_withdrawn_one_is_named_by_its_address_and_its_reason_only(reader, item):
    OpportunityFactory._meta.model.objects.filter(pk=item.pk).update(
        status="withdrawn", withdrawn_because="The provider <b>asked</b>."
    )
    said = html(reader)
    assert "Wanted" not in said and "/opportunities/wanted/" in said
    assert "The provider &lt;b&gt;asked&lt;/b&gt;." in said
    post(reader, remove="wanted")
    assert "/opportunities/wanted/" not in html(reader)


def test_what_went_back_behind_the_scenes_is_not_shown_at_all(reader, item):
    OpportunityFactory._meta.model.objects.update(status="draft")
    assert "wanted" not in html(reader).lower()


def test_page_is_for_nobody_else_to_keep(reader):
    for response in (reader.get("/saved/"), reader.get("/fr/saved/"), post(reader, keep="")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Referrer-Policy"] == "same-origin"
    assert "/saved/" not in reader.get("/sitemap.xml").content.decode()
    assert "Disallow: /fr/saved/" in reader.get("/robots.txt").content.decode()


def test_public_pages_are_the_same_for_who_saved(reader):
    for path in ("/", "/opportunities/", "/opportunities/wanted/", "/fr/opportunities/"):
        theirs, anybodys = reader.get(path), Client().get(path)
        assert theirs.content == anybodys.content
        assert not theirs.cookies and "cookie" not in theirs.headers.get("Vary", "").lower()


def test_reading_changes_nothing(reader):
    SavedList.objects.update(used_on=date(2026, 1, 1))
    reader.get("/saved/")
    assert SavedList.objects.get().used_on == date(2026, 1, 1)
    assert "1 February 2027" in html(reader) or "February 1, 2027" in html(reader)
    assert post(reader, keep="").status_code == 303
    assert SavedList.objects.get().used_on == date(2026, 11, 23)


def test_one_tap_deletes_everything_and_the_cookie(reader):
    response = post(reader, forget="")
    cookie = response.cookies["__Host-saved"]
    assert (cookie.value, cookie["max-age"], cookie["secure"]) == ("", 0, True)
    assert not SavedList.objects.exists() and not SavedItem.objects.exists()
    assert "Wanted" not in html(reader)


def test_card_and_page_offer_to_save_but_a_preview_does_not(client, item):
    button = 'name="save" value="wanted"'
    for path in ("/opportunities/", "/opportunities/wanted/", "/fr/opportunities/wanted/"):
        assert button in html(client, path)
    assert 'action="/fr/saved/"' in html(client, "/fr/opportunities/wanted/")
    assert "Wanted" in html(client, preview_url(item)) and button not in html(
        client, preview_url(item)
    )
