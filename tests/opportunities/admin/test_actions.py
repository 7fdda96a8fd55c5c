"""Several rows at once: each answers for itself; and what may be deleted."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages

from opportunities.models import Opportunity
from partnerships.models import Article, Country, Sector
from tests.factories import (
    ArticleFactory,
    EligibilityRuleFactory,
    OpportunityFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db

OPPORTUNITIES = "/admin/opportunities/opportunity/"


def act(client, verb: str, *rows, url=OPPORTUNITIES, **more):
    return client.post(url, {"action": verb, ACTION_CHECKBOX_NAME: [r.pk for r in rows]} | more)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def statuses(*rows) -> list[str]:
    return [type(row).objects.get(pk=row.pk).status for row in rows]


def test_publishing_names_per_row_what_is_missing_and_counts_the_others(desk):
    whole = OpportunityFactory()
    bare = OpportunityFactory(title="The bare one", kind="")
    bare.sectors.clear()
    answer = act(desk("Editor"), "publish", whole, bare)
    assert statuses(whole, bare) == ["published", "draft"]
    refused, counted = said(answer)
    assert refused == "“The bare one”: Choose a kind. Choose at least one sector."
    assert counted == "1 published."


def test_a_contributor_submits_own_drafts_only(desk, people):
    own = OpportunityFactory(created_by=people["Contributor"])
    other = OpportunityFactory(created_by=people["Other"], title="Of somebody else")
    answer = act(desk("Contributor"), "submit", own, other)
    assert statuses(own, other) == ["in-review", "draft"]
    assert "“Of somebody else”: You may not do this to it." in said(answer)


def test_withdrawing_asks_why_first(desk):
    opportunity = OpportunityFactory(published=True)
    editor = desk("Editor")
    asked = act(editor, "withdraw", opportunity)
    assert "Readers see the reason." in asked.content.decode()
    blank = act(editor, "withdraw", opportunity, confirm="yes", reason=" ")
    assert "This field is required." in blank.content.decode()
    assert statuses(opportunity) == ["published"]
    act(editor, "withdraw", opportunity, confirm="yes", reason="A mistake.")
    opportunity.refresh_from_db()
    assert (opportunity.status, opportunity.withdrawn_because) == ("withdrawn", "A mistake.")
    assert opportunity.changes.get().reason == "A mistake."


def test_partnerships_have_the_same_verbs(desk):
    partnership = PartnershipFactory(in_review=True)
    url = "/admin/partnerships/partnership/"
    answer = act(desk("Editor"), "publish", partnership, url=url)
    assert "Cite at least one article" in said(answer)[0]
    act(desk("Editor"), "send-back", partnership, url=url)
    assert statuses(partnership) == ["draft"]


def test_an_article_is_removed_at_request_with_a_reason(desk):
    article = OpportunityFactory(published=True).citations.get().article
    url = f"/admin/partnerships/article/{article.pk}/remove/"
    desk("Editor").post(url, {"reason": "Its author asked."})
    article.refresh_from_db()
    assert article.removed_because == "Its author asked."


# --- Deleting


def test_nobody_deletes_what_was_published_not_even_a_superuser(desk, people):
    people["Administrator"].is_superuser = True
    people["Administrator"].save()
    draft, withdrawn = OpportunityFactory(), OpportunityFactory(withdrawn=True)
    client = desk("Administrator")
    assert client.post(f"{OPPORTUNITIES}{withdrawn.pk}/delete/", {"post": "yes"}).status_code == 403
    answer = act(client, "delete_selected", draft, withdrawn, post="yes")
    assert answer.status_code == 403
    assert Opportunity.objects.count() == 2
    act(client, "delete_selected", draft, post="yes")
    assert list(Opportunity.objects.all()) == [withdrawn]


def test_an_article_that_something_cites_stays_and_the_page_names_it(desk):
    cited = OpportunityFactory(title="It cites this").citations.get().article
    loose = ArticleFactory()
    editor = desk("Editor")
    answer = editor.post(f"/admin/partnerships/article/{cited.pk}/delete/", {"post": "yes"})
    assert "It cites this" in answer.content.decode()
    editor.post(f"/admin/partnerships/article/{loose.pk}/delete/", {"post": "yes"})
    assert list(Article.objects.all()) == [cited]


def test_a_row_named_through_a_link_table_is_not_deleted_from_under_it(desk):
    rule = EligibilityRuleFactory(opportunity=OpportunityFactory(places=["KZ"]), text="Only these.")
    rule.countries.set(["KZ"])
    administrator = desk("Administrator")
    sector = Sector.objects.get()
    for url in ("/admin/partnerships/country/KZ/", f"/admin/partnerships/sector/{sector.pk}/"):
        answer = administrator.post(f"{url}delete/", {"post": "yes"})
        assert "Title of opportunity" in answer.content.decode()
    assert (Country.objects.count(), Sector.objects.count()) == (1, 1)


def test_a_draft_partnership_that_an_opportunity_names_stays(desk, people):
    partnership = PartnershipFactory(created_by=people["Contributor"])
    OpportunityFactory(published=True, partnerships=[partnership], title="It names this")
    url = f"/admin/partnerships/partnership/{partnership.pk}/delete/"
    answer = desk("Contributor").post(url, {"post": "yes"})
    assert "It names this" in answer.content.decode()
    partnership.refresh_from_db()


@pytest.mark.parametrize("key", ["abc", "9" * 30, "1\0", "-" + "9" * 25, ""])
@pytest.mark.parametrize(
    ("url", "verb"),
    [
        (OPPORTUNITIES, "publish"),
        ("/admin/partnerships/article/", "delete_selected"),
        ("/admin/partnerships/queuedarticle/", "dismiss"),
        ("/admin/partnerships/outlet/", "delete_selected"),
    ],
)
def test_keys_no_row_can_have_are_refused(desk, url, verb, key):
    answer = desk("Administrator").post(url, {"action": verb, ACTION_CHECKBOX_NAME: [key]})
    assert answer.status_code == 400
