"""“Read an article”: every refusal at its field, nothing hostile rendered, nothing saved twice."""

import re
from contextlib import nullcontext
from html import unescape

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunities.admin.quoting import located
from opportunities.models import Opportunity, ReadOffer
from partnerships.ingestion.guarded import Network
from partnerships.models import Article, Partnership, Sector
from tests.factories import (
    ArticleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OrganisationFactory,
    OutletFactory,
    PartnershipFactory,
)
from tests.opportunities.drafting.conftest import world  # noqa: F401 - a fixture
from tests.opportunities.drafting.reading import NEWS, article
from tests.opportunities.drafting.test_drafting import CALL
from tests.pages import form_values
from tests.partnerships.ingestion.server import answer, serving

pytestmark = pytest.mark.usefixtures("world")

READ = "/admin/opportunities/opportunity/read/"


def at(source: Article) -> str:
    return f"{READ}?article={source.pk}"


def filled(client, source: Article, **changed) -> dict:
    """What the form sends as it stands, without its buttons, and what the editor changes."""
    values = form_values(client.get(at(source)))
    return {k: v for k, v in values.items() if k and not k.startswith(("_", "about-"))} | changed


@pytest.fixture
def elsewhere():
    """A network on which a server of our own stands for every site."""

    def page(server, connection, path, headers):
        pages = {
            "/news": answer(f"<html><head><title>Kenya and Morocco agree</title></head><body><article>"
                            f"{''.join(f'<p>{p}</p>' for p in NEWS.split(chr(10) * 2))}</article></body></html>".encode()),
            "/robots.txt": answer(status="404 Not Found"),
            "/login": answer(status="401 Unauthorized"),
            "/file.pdf": answer(b"%PDF-1.7", kind="application/pdf"),
            "/empty": answer(b"<html><body></body></html>"),
        }  # fmt: skip
        connection.sendall(pages.get(path.partition("?")[0], answer(status="404 Not Found")))

    with serving(page) as server:
        yield (
            f"http://news.example:{server.port}",
            Network(
                resolve=lambda host, port: ["127.0.0.1"],
                ports=frozenset({server.port}),
                allowed=frozenset({"127.0.0.1"}),
                seconds=5,
            ),
        )


# --- Getting it


def test_an_address_is_fetched_stored_and_known_again(desk, elsewhere, monkeypatch):
    site, network = elsewhere
    monkeypatch.setattr(admin.site.get_model_admin(Opportunity), "network", network)
    client = desk("Contributor")
    answered = client.post(READ, {"address": f"{site}/news"})
    stored = Article.objects.get()
    assert answered.url == at(stored)
    assert (stored.title, stored.address) == ("Kenya and Morocco agree", f"{site}/news")
    assert stored.created_by.groups.get().name == "Contributor"
    client.post(READ, {"address": f"{site}/news?utm_source=x"})
    assert Article.objects.count() == 1
    assert "is here already" in client.get(at(stored)).content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/login", "it may need a login"),
        ("/file.pdf", "paste the text instead"),
        ("/empty", "We found no article here"),
        ("/nowhere", "There is no page at this address (404)."),
    ],
)
def test_what_cannot_be_read_is_said_at_the_address(path, said, desk, elsewhere, monkeypatch):
    site, network = elsewhere
    monkeypatch.setattr(admin.site.get_model_admin(Opportunity), "network", network)
    form = desk("Editor").post(READ, {"address": site + path}).context["form"]
    assert said.lower() in form.errors["address"][0].lower()
    assert form["address"].value() == site + path and not Article.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({}, "address", "Give an address, a text or a file."),
        ({"text": " \n "}, "address", "Give an address, a text or a file."),
        ({"address": "not an address"}, "address", "This is not a web address"),
        ({"address": "http://127.0.0.1/"}, "address", "127.0.0.1"),
        ({"address": "ftp://x.example/"}, "address", "This is not a web address"),
        ({"text": "x" * 500_001}, "text", "more than 500000 characters"),
        ({"text": "Burundi."}, "text", "This text is too short for an article"),
        ({"file": SimpleUploadedFile("x.txt", b"Hi.")}, "file", "too short for an article"),
        ({"text": "a\0b"}, "text", "Null characters are not allowed."),
        ({"text": NEWS, "address": "not an address"}, "address", "Enter a valid URL."),
        ({"file": SimpleUploadedFile("x.docx", b"PK")}, "file", "This file ends in “docx”"),
        ({"file": SimpleUploadedFile("x.txt", b" ")}, "file", "We found no article here"),
        ({"file": SimpleUploadedFile("x.html", b"%PDF-")}, "file", "This is no page of text"),
        ({"text": "a", "file": SimpleUploadedFile("x.txt", b"b")}, "file", "not both"),
    ],
)  # fmt: skip
def test_each_refusal_stands_at_its_field(sent, field, said, desk):
    form = desk("Editor").post(READ, sent).context["form"]
    assert said in form.errors[field][0]
    assert not Article.objects.exists()


def test_a_pasted_text_keeps_where_it_stands_and_two_megabytes_are_refused(desk):
    client = desk("Editor")
    client.post(READ, {"text": NEWS, "address": "https://news.example/kenya"})
    assert Article.objects.get().address == "https://news.example/kenya"
    form = client.post(READ, {"text": "Кения " * 180_000}).context["form"]
    assert "too many for an article" in form.errors["text"][0]


def test_a_known_article_without_a_copy_gets_one_that_says_what_is_quoted(desk):
    known = ArticleFactory(address="https://news.example/kenya")
    quoted = OpportunityCitationFactory(article=known, quote="Morocco will offer 40", start=3)
    client = desk("Editor")
    sent = {"text": NEWS, "address": "https://news.example/kenya"}
    form = client.post(READ, sent).context["form"]
    assert "no longer says at character 3" in form.errors["text"][0]
    quoted.delete()
    assert client.post(READ, sent).url == at(known)
    known.refresh_from_db()
    assert known.text == NEWS and len(client.get(at(known)).context["forms"].rows) == 3


def test_an_uploaded_page_is_read_without_what_it_would_run(desk):
    page = f"<html><body><article><p onclick='x()'>{NEWS}</p><script>alert(1)</script></article>"
    file = SimpleUploadedFile("news.html", page.encode())
    answered = desk("Editor").post(READ, {"file": file})
    assert answered.url == at(Article.objects.get())
    assert "alert" not in Article.objects.get().text


def test_a_reprint_is_said_to_be_one(desk):
    client = desk("Editor")
    client.post(READ, {"text": NEWS, "address": "https://one.example/a"})
    client.post(READ, {"text": "Nairobi.\n" + NEWS, "address": "https://two.example/a"})
    first, second = Article.objects.order_by("pk")
    assert second.origin == first
    said = client.get(at(second)).content.decode()
    assert "This is a reprint of" in said and at(first) in unescape(said)


def test_a_new_page_of_an_official_domain_that_calls_is_taken_for_a_call(desk):
    OrganisationFactory(name="Uni", domain="uni.example")
    client = desk("Editor")
    client.post(READ, {"text": CALL, "address": "https://www.uni.example/call"})
    source = Article.objects.get()
    assert source.nature == "call"
    client.post(at(source), filled(client, source, _publish="1"))
    (called,) = Opportunity.objects.visible().with_stage()
    assert (called.stage, called.official_page) == ("open", "https://www.uni.example/call")
    assert called.provider.name == "Uni"


@pytest.mark.parametrize("pk", ["0", "x", "-1", "9" * 30, "", "1e3", "²"])
def test_an_article_that_is_not_there_is_not_found(pk, desk):
    assert desk("Editor").get(f"{READ}?article={pk}").status_code == 404


def test_what_has_no_copy_or_was_removed_is_not_read(desk, now):
    removed = ArticleFactory(text=NEWS, removed_on=now.date(), removed_because="Asked.")
    for source, said in [
        (ArticleFactory(), "We have no copy of this article"),
        (removed, "removed at its owner’s request"),
    ]:
        answered = desk("Editor").get(at(source)).content.decode()
        assert said in answered and "solar" not in answered
        assert desk("Editor").post(at(source), {"_save": "1"}).status_code == 200


# --- What is shown


def test_sentences_are_marked_and_lead_to_their_rows(desk):
    page = desk("Editor").get(at(article())).content.decode()
    marks = re.findall(r'<mark><a href="#row-(\w)" id="mark-\1">', page)
    assert marks == ["P", "1", "2", "3"]
    assert all(f'id="row-{label}"' in page for label in marks)


def test_hostile_words_are_shown_and_never_rendered(desk):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    hostile = NEWS.replace("students", f"students {evil}")
    client = desk("Editor")
    source = article(hostile, title=f"{evil} & co")
    page = client.get(at(source)).content.decode()
    assert evil not in page and "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    preview = client.post(at(source), filled(client, source, _preview="1")).content.decode()
    assert evil not in preview and "&lt;script&gt;" in preview
    client.post(at(source), filled(client, source, _publish="1"))
    shown = client.get(Opportunity.objects.visible().first().get_absolute_url()).content.decode()
    assert evil not in shown


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("", "auto")])
def test_the_text_has_its_language_and_direction(language, direction, desk):
    text = "ᓄᓇᕗᑦ ᐃᓄᐃᑦ" if not language else NEWS
    page = desk("Editor").get(at(article(text, language=language))).content.decode()
    assert f'lang="{language}" dir="{direction}">' in page


def test_many_offers_are_bounded(desk):
    many = "\n\n".join(
        f"Morocco will offer {n} {kind} to students from Kenya.\n\nThe weather was fine."
        for n in range(2, 60)
        for kind in ("scholarships", "internships", "festivals", "training courses", "competitions")
    )
    response = desk("Editor").get(at(article(many)))
    assert len(response.context["forms"].rows) <= 40
    assert len(form_values(response)) < 2_000


def test_an_unknown_language_can_be_marked_by_hand(desk):
    client = desk("Editor")
    source = article("ᓄᓇᕗᑦ ᐃᓄᐃᑦ\nᓴᓇᔨᑦ ᐃᓕᓐᓂᐊᕐᓂᖅ.", language="")
    by_hand = {
        "hand-0-quote": "ᓄᓇᕗᑦ  ᐃᓄᐃᑦ ᓴᓇᔨᑦ",
        "hand-0-kind": "training",
        "hand-0-title": "Training",
        "hand-1-quote": "ᓄᓇᕗ elsewhere",
        "hand-1-kind": "training",
    }
    response = client.post(at(source), filled(client, source, _save="1", **by_hand))
    assert "word for word" in response.context["forms"].by_hand[1].errors["quote"][0]
    assert response.context["forms"].by_hand[0]["title"].value() == "Training"
    assert not Opportunity.objects.exists()
    by_hand = {key: value for key, value in by_hand.items() if key.startswith("hand-0")}
    client.post(at(source), filled(client, source, _save="1", **by_hand))
    made = Opportunity.objects.get()
    assert {c.quote for c in made.citations.all()} == {"ᓄᓇᕗᑦ ᐃᓄᐃᑦ\nᓴᓇᔨᑦ"}


def test_the_page_asks_as_often_for_many_offers_as_for_one(desk):
    client = desk("Editor")
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    for kind in ("scholarship", "internship", "festival", "festival", "festival"):
        OpportunityFactory(kind=kind, partnerships=[partnership], published=True)
    one, all_of_it = article(NEWS.partition(" Internships")[0]), article()
    asked = []
    for source in (one, one, all_of_it):  # the first asking fills what is kept
        with CaptureQueriesContext(connection) as queries:
            client.get(at(source))
        asked.append(len(queries))
    assert asked[1] == asked[2]
    client.post(at(all_of_it), filled(client, all_of_it, _save="1"))
    client.get(at(all_of_it))  # indexes what was merged
    with CaptureQueriesContext(connection) as queries:
        client.get(at(all_of_it))
    assert len(queries) <= asked[1] + 1  # the words of what was made of them


# --- What becomes of it


def test_a_preview_shows_the_cards_and_saves_nothing(desk):
    client = desk("Editor")
    source = article()
    data = filled(client, source, _preview="1", **{"internship-233-title": "Solar internships"})
    response = client.post(at(source), data)
    page = response.content.decode()
    cards = response.context["preview"].cards
    assert len(cards) == 3 and "Solar internships" in cards[1] and "Kenya–Morocco" in cards[1]
    assert 'class="stage announced"' in cards[1] and "href" not in "".join(cards)
    assert 'value="Solar internships"' in page  # nothing typed is lost
    assert not (Opportunity.objects.exists() or Partnership.objects.exists())
    assert not ReadOffer.objects.exists()


def test_a_preview_says_what_publishing_still_needs(desk):
    client = desk("Editor")
    source = article()
    data = filled(client, source, _preview="1", **{"internship-233-summary": ""})
    missing = client.post(at(source), data).context["preview"].missing
    assert [said for _name, said in missing] == [["Say in a summary what it is."]]


def test_saving_drafts_makes_them_once_however_often_it_is_sent(desk, people):
    client = desk("Contributor")
    source = article()
    data = filled(client, source, _save="1")
    assert client.post(at(source), data).url == at(source)
    client.post(at(source), data)
    assert Opportunity.objects.count() == 3 and Partnership.objects.count() == 1
    assert {o.created_by for o in Opportunity.objects.all()} == {people["Contributor"]}
    assert not Opportunity.objects.visible().exists()
    page = client.get(at(source)).content.decode()
    assert page.count("/opportunities/preview/") == 3 and "_publish" not in page


def test_an_editor_saves_and_publishes_in_one_go(desk):
    client = desk("Editor")
    source = article()
    client.post(at(source), filled(client, source, _publish="1"))
    assert {o.kind for o in Opportunity.objects.visible()} == {
        "scholarship",
        "internship",
        "festival",
    }
    assert Opportunity.objects.announced().count() == 3
    (partnership,) = Partnership.objects.visible()
    assert partnership.name == "Kenya–Morocco"
    assert client.get(at(source)).content.decode().count("its page") == 3


def test_drafts_of_a_contributor_are_published_from_the_same_page(desk):
    source = article()
    client = desk("Contributor")
    client.post(at(source), filled(client, source, _save="1"))
    editor = desk("Editor")
    kept = Opportunity.objects.get(kind="festival")
    data = filled(editor, source, _publish="1")
    del data[f"done-{kept.pk}-publish"]
    editor.post(at(source), data)
    assert set(Opportunity.objects.values_list("kind", "status")) == {
        ("scholarship", "published"), ("internship", "published"), ("festival", "draft"),
    }  # fmt: skip


def test_what_publishing_needs_is_named_at_its_field_and_nothing_is_lost(desk):
    client = desk("Editor")
    source = article()
    changed = {
        "internship-233-summary": "",
        "festival-312-sector_1": "",
        "scholarship-144-title": "The editor’s own",
    }
    response = client.post(at(source), filled(client, source, _publish="1", **changed))
    rows = {row.key: row for row in response.context["forms"].rows}
    assert rows["internship-233"].errors == {"summary": ["Say in a summary what it is."]}
    assert rows["festival-312"].errors == {"sector_1": ["Choose at least one sector."]}
    assert rows["scholarship-144"]["title"].value() == "The editor’s own"
    assert not Opportunity.objects.exists() and not Partnership.objects.exists()


def test_two_parties_are_asked_for_at_their_field(desk):
    client = desk("Editor")
    source = article()
    data = filled(client, source, _save="1", **{"partnership-parties": ["country:KE"]})
    form = client.post(at(source), data).context["forms"].partnership
    assert form.errors == {"parties": ["Name at least two parties."]}


def test_quotes_beyond_the_limit_are_told_before_publishing_refuses_them(desk):
    long = ", ".join(["who come from towns and villages near the coast"] * 5)
    kinds = ("scholarships", "internships", "festivals", "competitions")
    paragraphs = [f"Morocco will offer 40 {kind} to students from Kenya, {long}." for kind in kinds]
    source = article("Kenya and Morocco agree.\n\n" + "\n\n".join(paragraphs))
    client = desk("Editor")
    told = "Shorten quotes or leave something out"
    assert told not in client.get(at(source)).content.decode()
    data = filled(client, source, _preview="1")
    assert told in client.post(at(source), data).content.decode()
    refused = client.post(at(source), filled(client, source, _publish="1")).content.decode()
    assert "at most 900 may be quoted" in refused and not Opportunity.objects.exists()


def test_a_quote_is_shortened_and_what_is_quoted_is_in_the_text(desk):
    client = desk("Editor")
    source = article()
    shorter = "Morocco will offer 40 scholarships to Kenyan  students"
    changed = {"scholarship-144-quote": shorter, "internship-233-quote": "It never said this."}
    rows = (
        client.post(at(source), filled(client, source, _save="1", **changed)).context["forms"].rows
    )
    assert rows[1].errors == {"quote": ["The article does not say this word for word."]}
    assert rows[0]["quote"].value() == shorter
    changed["internship-233-quote"] = "will also be offered to young engineers"
    client.post(at(source), filled(client, source, _save="1", **changed))
    quotes = set(
        Opportunity.objects.get(kind="scholarship").citations.values_list("quote", "start")
    )
    assert ("Morocco will offer 40 scholarships to Kenyan students", 144) in quotes
    assert len(quotes) == 2  # and that of the partnership
    before = Opportunity.objects.count()
    client.post(at(source), filled(client, source, _save="1"))
    assert Opportunity.objects.count() == before


def test_an_existing_partnership_is_offered_only_what_it_lacks(desk):
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    partnership.sectors.add(Sector.objects.get(slug="green-energy"))
    client = desk("Editor")
    source = article()
    form = client.get(at(source)).context["forms"].partnership
    assert form["chosen"].value() == partnership.pk
    offered = {slug for slug, _name in form.fields["sectors"].choices}
    assert "green-energy" not in offered and {"education", "culture"} <= offered
    assert form["sectors"].value() == []  # what an editor left out is not added unasked
    client.post(
        at(source), filled(client, source, _publish="1", **{"partnership-sectors": ["culture"]})
    )
    assert {s.slug for s in partnership.sectors.all()} == {"green-energy", "culture"}
    assert set(partnership.citations.values_list("fact", "value")) == {
        ("parties", ""), ("sector", "culture"),
    }  # fmt: skip
    assert {change.reason for change in partnership.changes.all()} == {
        "Another article speaks of it."
    }


def test_a_partnership_is_made_by_hand(desk):
    client = desk("Editor")
    source = article("ᓄᓇᕗᑦ ᐃᓄᐃᑦ\nᓴᓇᔨᑦ ᐃᓕᓐᓂᐊᕐᓂᖅ.", language="")
    changed = {
        "partnership-chosen": "new",
        "partnership-more_parties": ["KE", "MA"],
        "partnership-quote": "ᓄᓇᕗᑦ ᐃᓄᐃᑦ ᓴᓇᔨᑦ",
    }
    client.post(at(source), filled(client, source, _publish="1", **changed))
    (partnership,) = Partnership.objects.visible()
    assert partnership.citations.get().quote == "ᓄᓇᕗᑦ ᐃᓄᐃᑦ\nᓴᓇᔨᑦ"


def test_merging_discarding_and_changing_a_kind(desk):
    other = OpportunityFactory(kind="training")
    client = desk("Editor")
    source = article()
    changed = {
        "scholarship-144-action": "merge",
        "scholarship-144-into_slug": other.slug,
        "internship-233-kind": "fellowship",
        "festival-312-action": "discard",
    }
    client.post(at(source), filled(client, source, _save="1", **changed))
    assert other.citations.filter(article=source).get().fact == "existence"
    assert {o.kind for o in Opportunity.objects.all()} == {"training", "fellowship"}
    outcomes = dict(ReadOffer.objects.values_list("kind", "outcome"))
    assert outcomes == {
        "scholarship": "merged", "internship": "drafted", "festival": "discarded",
    }  # fmt: skip


def test_saving_drafts_adds_nothing_to_what_is_public_until_it_is_published(desk):
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    promise = OpportunityFactory(published=True, sectors=["education"], partnerships=[partnership])
    client = desk("Editor")
    source = article()
    sent = filled(client, source, _save="1", **{"scholarship-144-speaker_role": "official"})
    sent |= {"scholarship-144-speaker_name": "The minister", "internship-233-action": "discard"}
    response = client.post(at(source), sent)
    said = response.content.decode()
    assert "2 rows add to something public" in said and "1 drafted." in said
    assert not partnership.citations.exists() and not promise.citations.filter(article=source)
    assert not ReadOffer.objects.filter(kind="scholarship").exists()
    row = response.context["forms"].rows[0]
    assert (row["action"].value(), row["speaker_name"].value()) == ("merge", "The minister")
    assert not response.context["forms"].has_errors
    client.post(at(source), filled(client, source, _publish="1"))
    assert partnership.citations.filter(article=source).exists()
    assert promise.citations.filter(article=source).get().fact == "existence"


def test_every_refusal_is_drawn_at_its_row(desk):
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    promise = OpportunityFactory(published=True, sectors=["education"], partnerships=[partnership])
    client = desk("Editor")
    source = article()
    sent = filled(client, source, _preview="1", **{"internship-233-action": "merge"})
    sent |= {"partnership-sectors": ["nonsense"], "partnership-frameworks": ["nonsense"]}
    Opportunity.objects.filter(pk=promise.pk).update(status="withdrawn", withdrawn_because="No.")
    page = client.post(at(source), sent)
    said = page.content.decode()
    assert "Choose what it is to be added to." in said  # into nothing
    assert said.count("no longer offered; choose again") == 3
    slug = {"scholarship-144-into_slug": promise.slug}
    assert "This one was withdrawn" in client.post(at(source), sent | slug).content.decode()


def test_a_partnership_made_meanwhile_is_named_and_not_made_twice(desk):
    client = desk("Editor")
    first, second = article(), article(NEWS.replace("Rabat on Monday", "Nairobi on Friday"))
    stale = filled(client, second, _publish="1")
    client.post(at(first), filled(client, first, _publish="1"))
    response = client.post(at(second), stale)
    form = response.context["forms"].partnership
    assert form.errors == {"chosen": ["This partnership was made meanwhile; choose it."]}
    (made,) = Partnership.objects.all()
    assert client.post(at(second), stale | {"partnership-chosen": made.pk}).status_code == 302
    assert made.citations.filter(article=second).exists()


def test_a_stale_form_does_not_undo_what_somebody_left_out(desk):
    source = article()
    stale = filled(desk("Contributor"), source, _save="1")
    editor = desk("Editor")
    editor.post(at(source), filled(editor, source, _save="1", **{"festival-312-action": "discard"}))
    refused = desk("Contributor").post(at(source), stale)
    assert "Somebody left this out meanwhile" in refused.content.decode()
    assert not Opportunity.objects.filter(kind="festival").exists()
    again = {
        k: v for k, v in form_values(refused).items() if k and not k.startswith(("_", "about"))
    }
    again |= {"_save": "1", "partnership-chosen": Partnership.objects.get().pk}
    desk("Contributor").post(at(source), again)
    assert Opportunity.objects.filter(kind="festival").exists()


def test_what_was_typed_into_a_row_that_somebody_drafted_meanwhile_is_shown(desk):
    source = article()
    client = desk("Editor")
    untouched = filled(client, source, _save="1")
    stale = untouched | {"scholarship-144-title": "Forty grants in Rabat"}
    client.post(at(source), untouched | {"scholarship-144-title": "Grants"})
    assert client.post(at(source), untouched).status_code == 302
    page = client.post(at(source), stale)
    assert page.status_code == 200
    said = page.content.decode()
    assert "Somebody drafted this meanwhile" in said
    assert '<blockquote dir="auto">Forty grants in Rabat</blockquote>' in said
    assert not Opportunity.objects.filter(words__title="Forty grants in Rabat").exists()
    assert client.post(at(source), filled(client, source, _save="1")).status_code == 302


def test_what_was_typed_by_hand_is_not_dropped_without_a_word(desk):
    client = desk("Editor")
    source = article()
    client.post(
        at(source), filled(client, source, _save="1", **{"internship-233-kind": "training"})
    )
    by_hand = {
        "hand-0-quote": "Internships in solar energy projects will also be offered",
        "hand-0-kind": "internship",
        "hand-0-title": "Solar internships",
    }
    sent = filled(client, source, _save="1", **by_hand)
    row = client.post(at(source), sent).context["forms"].by_hand[0]
    assert "(training) was made of these words already" in row.errors["quote"][0].lower()
    assert row["title"].value() == "Solar internships"


@pytest.mark.parametrize(
    ("text", "quote", "is_enough"),
    [
        ("The end of the road.", "the", False),
        ("The end of the road.", "of the road", True),
        ("Scholarships.", "Scholarships", False),
        ("Scholarships abroad.", "Scholarships ab", True),
        ("肯尼亚将提供奖学金。", "奖学金", False),
        ("肯尼亚将提供奖学金。", "将提供奖学金", True),
    ],
)
def test_a_quote_says_something_by_itself(text, quote, is_enough):
    with nullcontext() if is_enough else pytest.raises(ValidationError):
        assert located(text.lower(), quote.lower())


def test_a_long_text_says_that_it_is_cut(desk):
    long = NEWS + "\n\n" + "The weather was fine. " * 5_000
    said = "Only the first 100,000 of its 110,"
    assert said in desk("Editor").get(at(article(long))).content.decode()
    assert said not in desk("Editor").get(at(article())).content.decode()


def test_what_is_not_taken_over_into_another_is_said(desk):
    said = "Only its sentence is added there: deadline, places"
    assert desk("Editor").get(at(article())).content.decode().count(said) == 5


def test_what_goes_on_already_is_left_out_and_says_why(desk):
    goes_on = (
        "Kenya and Morocco are partners in education.\n\n"
        "The scholarship programme for Kenyan students has been running since 2015."
    )
    response = desk("Editor").get(at(article(goes_on)))
    (row,) = response.context["forms"].rows
    assert (row.proposed.offer.standing, row["action"].value()) == ("ongoing", "discard")
    assert "something that goes on already" in response.content.decode()


def test_a_file_of_mixed_encodings_is_kept_with_a_warning(desk):
    client = desk("Editor")
    mixed = ("Écoles créées à Rabat. " * 20).encode() + ("Écoles créées à Rabat. " * 9).encode(
        "cp1252"
    )
    for name, body, is_warned in [("a", mixed, True), ("b", mixed[:300] + b" Fin.", False)]:
        answered = client.post(READ, {"file": SimpleUploadedFile(f"{name}.txt", body)})
        page = client.get(answered.url).content.decode()
        assert ("characters came out wrong" in page) == is_warned


@pytest.mark.parametrize("slug", ["", "nowhere"])
def test_merging_needs_something_to_merge_into(slug, desk):
    client = desk("Editor")
    source = article()
    changed = {"scholarship-144-action": "merge", "scholarship-144-into_slug": slug}
    rows = (
        client.post(at(source), filled(client, source, _save="1", **changed)).context["forms"].rows
    )
    assert "Choose what it is to be added to." in str(rows[0].errors)
    assert not Opportunity.objects.exists()


def test_facts_of_the_article_are_corrected_and_it_is_read_again(desk):
    client = desk("Editor")
    source = article()
    outlet = OutletFactory()
    about = form_values(client.get(at(source)))
    about |= {"about-nature": "statement", "about-outlet": outlet.pk, "_article": "1"}
    client.post(at(source), about)
    source.refresh_from_db()
    assert (source.nature, source.outlet) == ("statement", outlet)
    response = client.post(at(source), about | {"about-language": "nonsense"})
    assert response.context["about"].errors["language"]


# --- Who may


def test_a_contributor_cannot_publish_by_address(desk, caplog):
    client = desk("Contributor")
    source = article()
    data = filled(client, source, _publish="1")
    assert client.post(at(source), data).status_code == 403
    assert not Opportunity.objects.exists()


def test_a_contributor_adds_only_to_drafts_of_their_own(desk):
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    promise = OpportunityFactory(published=True, sectors=["education"], partnerships=[partnership])
    client = desk("Contributor")
    source = article()
    row = client.get(at(source)).context["forms"].rows[0]
    assert row["action"].value() == "draft" and row.targets() == []
    changed = {"scholarship-144-action": "merge", "scholarship-144-into_slug": promise.slug}
    rows = (
        client.post(at(source), filled(client, source, _save="1", **changed)).context["forms"].rows
    )
    assert rows[0].errors == {"into_slug": ["You may not change this one."]}
    client.post(at(source), filled(client, source, _save="1"))
    assert not partnership.citations.exists() and promise.citations.count() == 1


def test_a_contributor_does_not_correct_the_article_of_another(desk):
    source = article()
    client = desk("Contributor")
    assert client.get(at(source)).context["about"] is None
    sent = {"_article": "1", "about-nature": "call"}
    assert client.post(at(source), sent).status_code == 403


def test_the_page_is_led_to_from_where_editors_are(desk):
    client = desk("Contributor")
    source = article()
    changed = reverse("admin:partnerships_article_change", args=[source.pk])
    for path in ("/admin/", "/admin/opportunities/opportunity/", "/admin/partnerships/article/"):
        assert f'href="{READ}"' in client.get(path).content.decode()
    assert at(source) in client.get(changed).content.decode()
