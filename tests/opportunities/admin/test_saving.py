"""What an editor types is saved whole or comes back whole, saying why."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from opportunities.admin.publishable import refuse_if_moved
from opportunities.choices import Fact, Origin
from opportunities.models import Opportunity
from partnerships.models import Article, Partnership
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipFactory,
    SectorFactory,
    cite_official_call,
)
from tests.pages import form_values

pytestmark = pytest.mark.django_db

ADD = "/admin/opportunities/opportunity/add/"


def page_of(item) -> str:
    return reverse(f"admin:{item._meta.label_lower.replace('.', '_')}_change", args=[item.pk])


def send(client, url: str, **typed):
    """Fill in the page's form and send it; "_publish" and the like are its buttons."""
    return client.post(url, form_values(client.get(url)) | typed)


def errors_in(response) -> dict:
    """What the answer says, by the name of the field it stands at."""
    said = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        if problems := inline.formset.non_form_errors():
            said[inline.formset.prefix] = problems
        for form in inline.formset.forms:
            said |= {form.add_prefix(name): errors for name, errors in form.errors.items()}
    return said


# --- Too early


def test_publishing_too_early_names_each_thing_at_its_field_and_keeps_what_was_typed(desk):
    typed = {"words-0-language": "en", "words-0-title": "Silk Road grants", "words-0-text": "More."}
    answer = send(desk("Editor"), ADD, **typed, _publish="1")
    assert set(errors_in(answer)) == {"words-0-summary", "kind", "sectors", "citations"}
    assert Opportunity.objects.count() == 0
    kept = form_values(answer)
    assert {name: kept[name] for name in typed} == {name: [said] for name, said in typed.items()}


def test_with_an_official_call_it_asks_for_the_official_page(desk):
    opportunity = OpportunityFactory(provider=OrganisationFactory(domain="uni.example"))
    call = ArticleFactory(call=True)
    OpportunityCitationFactory(
        opportunity=opportunity, article=call, fact=Fact.OFFICIAL_CALL,
        speaker_role="provider", speaker_name="The university",
    )  # fmt: skip
    answer = send(desk("Editor"), page_of(opportunity), _submit="1")
    assert set(errors_in(answer)) == {"official_page", "application"}


def test_an_empty_title_is_named_where_it_is_typed(desk):
    opportunity = OpportunityFactory(published=True)
    answer = send(desk("Editor"), page_of(opportunity), **{"words-0-title": ""}, reason="Shorter.")
    assert list(errors_in(answer)) == ["words-0-title"]


def test_deadlines_that_an_application_by_deadline_needs_are_named_at_their_section(desk):
    opportunity = OpportunityFactory(application="by-deadline")
    answer = send(desk("Editor"), page_of(opportunity), _publish="1")
    assert list(errors_in(answer)) == ["deadlines"]


def test_a_published_one_keeps_its_kind(desk):
    opportunity = OpportunityFactory(published=True)
    answer = send(desk("Editor"), page_of(opportunity), kind="", reason="No kind.")
    assert list(errors_in(answer)) == ["kind"]


@pytest.mark.parametrize("word", ["Bad Slug", "été", "a/b", "../x"])
@pytest.mark.parametrize(
    ("kind", "field"),
    [("opportunity", "places_available"), ("partnership", "since"), ("article", "author")],
)
def test_a_mistyped_address_comes_back_with_what_was_typed(desk, kind, field, word):
    item = published(kind)
    typed = {"slug": word, field: "2019", "reason": "It moved."}
    answer = send(desk("Editor"), page_of(item), **typed)
    assert answer.status_code == 200
    assert list(errors_in(answer)) == ["slug"]
    kept = form_values(answer)
    assert {name: kept[name] for name in typed} == {name: [said] for name, said in typed.items()}
    assert f"/{item.slug}/" in answer.context["absolute_url"]


def published(kind: str):
    if kind == "partnership":
        return PartnershipFactory(published=True)
    opportunity = OpportunityFactory(published=True)
    return opportunity if kind == "opportunity" else opportunity.citations.get().article


# --- Adding


def test_an_editor_adds_and_publishes_in_one_step(desk, people):
    sector, article = SectorFactory(), ArticleFactory()
    answer = send(
        desk("Editor"), ADD, kind="scholarship", sectors=[sector.pk], _publish="1",
        **{
            "words-0-language": "en", "words-0-title": "Гранты для студентов",
            "words-0-summary": "What it is.",
            "citations-0-fact": "existence", "citations-0-article": article.pk,
            "citations-0-quote": "There will be grants.", "citations-0-speaker_role": "outlet",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    opportunity = Opportunity.objects.get()
    assert opportunity.is_visible
    assert opportunity.slug == "granty-dlya-studentov"
    assert opportunity.created_by == people["Editor"]


def test_a_partnership_is_addressed_by_its_parties_in_english(desk):
    CountryFactory(iso2="CN"), CountryFactory(iso2="KZ")
    send(
        desk("Editor"), "/fr/admin/partnerships/partnership/add/",
        **{"parties-0-country": "CN", "parties-1-country": "KZ"},
    )  # fmt: skip
    assert Partnership.objects.get().slug == "china-kazakhstan"


def test_without_a_title_the_address_is_kind_and_number(desk):
    OpportunityFactory(slug="festival-1")
    send(desk("Contributor"), ADD, kind="festival")
    assert Opportunity.objects.filter(slug="festival-2").exists()


def test_two_originals_are_refused_and_said_once(desk):
    opportunity = OpportunityFactory()
    second = {
        "words-TOTAL_FORMS": "2", "words-1-language": "fr", "words-1-title": "Titre",
        "words-1-origin": Origin.ORIGINAL,
    }  # fmt: skip
    answer = send(desk("Editor"), page_of(opportunity), **second)
    assert list(errors_in(answer)) == ["words-1-origin"]


def test_another_version_may_become_the_original(desk):
    opportunity = OpportunityFactory()
    french = opportunity.words.create(language="fr", title="Titre", origin=Origin.HUMAN)
    english = opportunity.words.get(language="en")
    swapped = {"words-0-origin": Origin.HUMAN, "words-1-origin": Origin.ORIGINAL}
    assert send(desk("Editor"), page_of(opportunity), **swapped).status_code == 302
    send(
        desk("Editor"), page_of(opportunity),
        **{"words-0-origin": Origin.ORIGINAL, "words-1-origin": Origin.HUMAN},
    )  # fmt: skip
    english.refresh_from_db(), french.refresh_from_db()
    assert (english.origin, french.origin) == (Origin.ORIGINAL, Origin.HUMAN)


# --- Revising


def test_a_revision_needs_a_reason_and_is_recorded_with_it(desk, people):
    opportunity, article = OpportunityFactory(published=True), ArticleFactory()
    editor = desk("Editor")
    answer = send(editor, page_of(opportunity), places_available="30")
    assert list(errors_in(answer)) == ["reason"]
    assert form_values(answer)["places_available"] == ["30"]
    opportunity.refresh_from_db()
    assert opportunity.places_available is None
    why = {"reason": "The call says so.", "resting_on": article.pk}
    assert send(editor, page_of(opportunity), places_available="30", **why).status_code == 302
    change = opportunity.changes.get()
    assert (change.fact, change.before, change.after) == ("places_available", "", "30")
    assert (change.reason, change.article, change.by) == (
        "The call says so.", article, people["Editor"],
    )  # fmt: skip
    page = editor.get(page_of(opportunity)).content.decode()
    assert "The call says so." in page


def test_a_draft_asks_for_no_reason(desk):
    page = desk("Editor").get(page_of(OpportunityFactory()))
    assert "reason" not in form_values(page)


def test_a_revision_of_a_deadline_is_recorded(desk):
    opportunity = OpportunityFactory(published=True)
    cite_official_call(opportunity)
    Opportunity.objects.filter(pk=opportunity.pk).update(application="by-deadline")
    deadline = opportunity.deadlines.create(on=date(2026, 12, 15))
    send(
        desk("Editor"), page_of(opportunity),
        **{"deadlines-0-on": "2026-12-20"}, reason="It was put off.",
    )  # fmt: skip
    change = opportunity.changes.get(fact="deadline")
    assert (change.before, change.after) == ("2026-12-15", "2026-12-20")
    deadline.refresh_from_db()
    assert deadline.closes_at.isoformat() == "2026-12-21T12:00:00+00:00"


def test_an_article_under_something_public_needs_a_reason_and_one_under_nothing_does_not(desk):
    loose = ArticleFactory()
    cited = OpportunityFactory(published=True).citations.get().article
    editor = desk("Editor")
    assert send(editor, page_of(loose), author="A. Writer").status_code == 302
    assert list(errors_in(send(editor, page_of(cited), author="A. Writer"))) == ["reason"]
    send(editor, page_of(cited), author="A. Writer", reason="It is signed.")
    cited.refresh_from_db()
    assert cited.author == "A. Writer"


def test_an_article_quoted_after_a_line_break_takes_a_new_title(desk):
    """A browser sends the copy back with \\r\\n."""
    article = ArticleFactory(text="One.\nTwo.\n\nThree.")
    OpportunityFactory(published=True).citations.update(
        article=article, quote="Three.", start=11, end=17
    )
    url, editor = page_of(article), desk("Editor")
    sent = form_values(editor.get(url)) | {"text": "One.\r\nTwo.\r\n\r\nThree."}
    answer = editor.post(url, sent | {"title": "Another", "reason": "As printed."})
    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.title, article.text) == ("Another", "One.\nTwo.\n\nThree.")


def test_a_quote_over_two_lines_is_found_at_the_desk(desk):
    article = ArticleFactory(text="One.\nTwo.\nThree.")
    opportunity = OpportunityFactory(article=article)
    answer = send(
        desk("Editor"), page_of(opportunity),
        **{"citations-0-quote": "Two.\r\nThree."}, reason="Longer.",
    )  # fmt: skip
    assert answer.status_code == 302
    citation = opportunity.citations.get()
    assert (citation.quote, citation.start, citation.end) == ("Two.\nThree.", 5, 16)


def test_an_article_that_would_leave_a_call_incomplete_says_which(desk):
    provider = OrganisationFactory(domain="uni.example")
    opportunity = OpportunityFactory(published=True, provider=provider, title="The grant")
    article = ArticleFactory(nature=Article.Nature.NEWS, address="https://uni.example/news")
    OpportunityCitationFactory(
        opportunity=opportunity, article=article, fact=Fact.OFFICIAL_CALL,
        speaker_role="provider", speaker_name="The university",
    )  # fmt: skip
    answer = send(desk("Editor"), page_of(article), nature="call", reason="It is the call.")
    (problem, *_more) = errors_in(answer)["__all__"]
    assert "The grant" in problem
    article.refresh_from_db()
    assert article.nature == Article.Nature.NEWS


def test_an_organisations_domain_is_recorded_where_it_provides(desk):
    provider = OrganisationFactory(domain="uni.example")
    opportunity = OpportunityFactory(published=True, provider=provider)
    send(
        desk("Editor"), page_of(provider),
        **{"domains-0-domain": "university.example"}, reason="It moved.",
    )  # fmt: skip
    assert opportunity.changes.get().after == "university.example"


# --- Buttons


def buttons_on(client, item) -> set[str]:
    page = client.get(page_of(item)).content.decode()
    names = {"_submit", "_publish", "_send-back"}
    return {n for n in names if f'name="{n}"' in page} | (
        {"withdraw"} if "/withdraw/" in page else set()
    )


@pytest.mark.parametrize(
    ("role", "state", "buttons"),
    [
        ("Contributor", {}, {"_submit"}),
        ("Contributor", {"in_review": True}, set()),
        ("Contributor", {"published": True}, set()),
        ("Editor", {}, {"_submit", "_publish"}),
        ("Editor", {"in_review": True}, {"_publish", "_send-back"}),
        ("Editor", {"published": True}, {"withdraw"}),
        ("Editor", {"withdrawn": True}, {"_publish"}),
    ],
)
@pytest.mark.parametrize("make", [OpportunityFactory, PartnershipFactory])
def test_a_page_offers_what_its_person_may_do_now(desk, people, role, state, buttons, make):
    item = make(created_by=people[role], **state)
    assert buttons_on(desk(role), item) == buttons


@pytest.mark.parametrize("button", ["_publish", "_send-back", "_withdraw"])
def test_a_contributor_cannot_press_what_is_not_offered(desk, people, button):
    opportunity = OpportunityFactory(created_by=people["Contributor"])
    answer = send(desk("Contributor"), page_of(opportunity), kind="festival", **{button: "1"})
    opportunity.refresh_from_db()
    assert (answer.status_code, opportunity.status, opportunity.kind) == (
        403,
        "draft",
        "scholarship",
    )


def test_of_two_editors_the_second_is_told_and_keeps_what_was_typed(desk):
    opportunity = OpportunityFactory(title="As it was")
    client = desk("Editor")
    form = form_values(client.get(page_of(opportunity)))
    client.post(page_of(opportunity), form | {"words-0-title": "First"})
    answer = client.post(page_of(opportunity), form | {"words-0-title": "Second"})
    assert opportunity.words.get().title == "First"
    assert "Somebody else moved or saved this just now" in answer.content.decode()
    assert form_values(answer)["words-0-title"] == ["Second"]


def test_what_was_moved_meanwhile_is_not_moved_back():
    """The form holds what it read; its status is not written over another editor's."""
    read = OpportunityFactory()
    Opportunity.objects.filter(pk=read.pk).update(status="in-review")
    with pytest.raises(ValidationError, match="moved or saved this just now"):
        refuse_if_moved(read, "")
