"""The pages as a reader gets them."""

import pytest
import time_machine
from django.test import Client

from opportunities import editorial
from opportunities.models import Opportunity
from opportunities.preview import preview_url
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    GroupingFactory,
    MembershipFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    SectorFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def test_home_counts_what_is_open_and_what_is_announced(client):
    OpportunityFactory(published=True, called=True, title="Open one")
    OpportunityFactory(published=True, title="Announced one")
    content = page(client, "/")
    assert "1 open or opening soon" in content
    assert "1 announced, without a call yet" in content


def test_home_leads_by_what_readers_do_to_what_is_for_them(client):
    OpportunityFactory(published=True, called=True, audiences=["researcher"])
    content = page(client, "/")
    assert (
        '<a href="/opportunities/?audience=researcher">I research <small>1</small></a>' in content
    )
    assert "I want to travel" not in content  # there is nothing behind it


def test_list_shows_open_ones_and_says_how_many_are_announced(client):
    OpportunityFactory(published=True, called=True, title="Open one")
    OpportunityFactory(published=True, title="Announced one")
    content = page(client, "/opportunities/")
    assert "Open one" in content
    assert "Announced one" not in content
    assert "1 more is announced, without a call yet" in content
    assert 'href="/opportunities/?stage=announced"' in content


def test_list_names_what_of_the_address_it_could_not_read(client):
    OpportunityFactory(published=True, called=True, title="Open one")
    content = page(client, "/opportunities/?country=XX&page=abc&sector=energy")
    assert "“XX” is not something we know here." in content
    assert "Page:" in content
    assert "Open one" in content


def test_empty_list_says_which_filter_to_drop_and_what_that_gives(client):
    OpportunityFactory(published=True, called=True, title="Open one")
    content = page(client, "/opportunities/?kind=festival&sector=energy")
    assert "Nothing fits all of this." in content
    assert "Without “Kind”: 1 opportunity" in content


def test_list_that_tells_of_a_person_is_kept_by_nobody(client):
    CountryFactory(iso2="KZ")
    response = client.get("/opportunities/?nationality=KZ")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_public_pages_set_no_cookie_and_vary_by_none(client):
    OpportunityFactory(published=True, called=True)
    response = client.get("/opportunities/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_opportunity_shows_the_sentence_who_says_it_and_no_apply_link_while_announced(client):
    opportunity = OpportunityFactory(
        published=True, official_page="https://uni.example/apply", slug="promise"
    )
    OpportunityCitationFactory(
        opportunity=opportunity,
        speaker_role="official",
        speaker_name="A minister",
        quote="We will give scholarships.",
        article=ArticleFactory(slug="the-news"),
    )
    content = page(client, "/opportunities/promise/")
    assert "We will give scholarships." in content
    assert "said by A minister" in content
    assert 'href="/articles/the-news/"' in content
    assert "uni.example/apply" not in content


def test_open_opportunity_has_its_apply_link(client):
    OpportunityFactory(published=True, called=True, slug="open-one")
    content = page(client, "/opportunities/open-one/")
    assert 'href="https://uni.example/apply"' in content


def test_opportunity_page_shows_what_sources_disagree_on(client):
    opportunity = OpportunityFactory(published=True, called=True, slug="disputed")
    opportunity.application = "by-deadline"
    opportunity.save()
    deadline = DeadlineFactory(opportunity=opportunity)
    OpportunityCitationFactory(
        opportunity=opportunity, fact="deadline", deadline=deadline, value="2026-12-20"
    )
    content = page(client, "/opportunities/disputed/")
    assert "Sources disagree: 20 December 2026, suggested by the press" in content


def test_source_that_says_the_same_does_not_disagree(client):
    opportunity = OpportunityFactory(published=True, called=True, slug="agreed")
    Opportunity.objects.filter(pk=opportunity.pk).update(application="by-deadline")
    deadline = DeadlineFactory(opportunity=opportunity, zone="Asia/Almaty", channel="online")
    OpportunityCitationFactory(
        opportunity=opportunity, fact="deadline", deadline=deadline, value="2026-12-15"
    )
    OpportunityCitationFactory(opportunity=opportunity, fact="kind", value="scholarship")
    assert "Sources disagree" not in page(client, "/opportunities/agreed/")


def test_words_inside_a_quoted_sentence_have_no_note_of_their_own(client):
    opportunity = OpportunityFactory(published=True, slug="noted")
    sentence = opportunity.citations.get()
    opportunity.citations.update(quote="There will be grants for students.", start=10, end=44)
    inside = {"opportunity": opportunity, "article": sentence.article, "start": 24}
    OpportunityCitationFactory(**inside, fact="kind", quote="grants")
    OpportunityCitationFactory(
        **inside, fact="level", quote="grants", speaker_role="official", speaker_name="Minister Y"
    )
    content = page(client, "/opportunities/noted/")
    assert content.count("<blockquote") == 2
    assert "kind (“grants”)" in content
    assert "said by Minister Y" in content


def test_record_reads_in_the_readers_words(client):
    opportunity = OpportunityFactory(published=True, slug="changed")
    with editorial.revise(opportunity, by=UserFactory(), reason="The call says so"):
        Opportunity.objects.filter(pk=opportunity.pk).update(kind="festival")
    content = page(client, "/fr/opportunities/changed/")
    assert "<ins>Festival</ins>" in content
    assert "scholarship" not in content.split("The call says so")[0].split("<del>")[1]


def test_withdrawn_opportunity_is_gone_and_says_why(client):
    OpportunityFactory(withdrawn=True, slug="gone", title="Hidden title")
    content = page(client, "/opportunities/gone/", 410)
    assert "It was a mistake." in content
    assert "Hidden title" not in content


def test_unknown_and_draft_are_not_found_and_helpful(client):
    OpportunityFactory(slug="draft", title="Hidden title")
    for path in ("/opportunities/draft/", "/opportunities/never/", "/fr/opportunities/never/"):
        content = page(client, path, 404)
        assert "Hidden title" not in content
        assert "/opportunities/" in content


def test_renamed_opportunity_redirects_and_a_hidden_one_does_not_leak(client):
    shown = OpportunityFactory(published=True, slug="new")
    shown.former_slugs.create(slug="old")
    hidden = OpportunityFactory(slug="secret")
    hidden.former_slugs.create(slug="former-secret")
    response = client.get("/fr/opportunities/old/")
    assert (response.status_code, response.headers["Location"]) == (301, "/fr/opportunities/new/")
    assert client.get("/opportunities/former-secret/").status_code == 404


def test_preview_shows_a_draft_to_who_holds_the_link_only_for_its_days(client, now):
    draft = OpportunityFactory(slug="draft", title="Drafted")
    url = preview_url(draft)
    response = client.get(url)
    assert "Drafted" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert client.post(url).status_code == 405
    assert client.get(url[:-2] + "x/").status_code == 404
    with time_machine.travel("2026-12-01T12:00:01Z", tick=False):
        assert client.get(url).status_code == 404


def test_partnership_page_scores_its_promises(client):
    partnership = PartnershipFactory(published=True, slug="china-kazakhstan")
    PartnershipCitationFactory(partnership=partnership, quote="They work together.")
    OpportunityFactory(published=True, partnerships=[partnership], title="Promised")
    OpportunityFactory(published=True, called=True, partnerships=[partnership], title="Called")
    content = page(client, "/fr/partnerships/china-kazakhstan/")
    assert "Chine–Kazakhstan" in content
    assert "They work together." in content
    assert "Promised" in content and "Called" in content
    numbers = [part.split("<")[0] for part in content.split('class="score"')[1].split("<dd>")[1:5]]
    assert numbers == ["1", "1", "1", "0"]


def test_article_page_shows_quotes_what_rests_on_them_and_never_the_copy(client):
    article = ArticleFactory(slug="news", title="", text="Secret copy. We will give scholarships.")
    opportunity = OpportunityFactory(published=True, title="Promised")
    OpportunityCitationFactory(
        opportunity=opportunity, article=article, quote="We will give scholarships.", start=13
    )
    content = page(client, "/articles/news/")
    assert "We will give scholarships." in content
    assert "Promised" in content
    assert "Secret copy" not in content
    assert "not stated" in content
    assert "mailto:" in content


def test_article_that_nothing_public_rests_on_is_not_found(client):
    article = ArticleFactory(slug="news")
    OpportunityCitationFactory(article=article)
    assert client.get("/articles/news/").status_code == 404


def test_country_page_lists_exactly_what_the_listing_does(client):
    grouping = GroupingFactory(slug="sco", names={"en": "SCO"})
    MembershipFactory(grouping=grouping, country=CountryFactory(iso2="KZ"))
    partnership = PartnershipFactory(published=True, parties=["CN", "RU"])
    partnership.parties.create(grouping=grouping)
    OpportunityFactory(
        published=True, called=True, title="Through the grouping", partnerships=[partnership]
    )
    OpportunityFactory(published=True, called=True, title="There", places=["KZ"])
    OpportunityFactory(published=True, called=True, title="Elsewhere", places=["FR"])
    CountryFactory(iso2="FR")
    listing, country = page(client, "/opportunities/?country=KZ"), page(client, "/countries/kz/")
    for title, shown in [("Through the grouping", True), ("There", True), ("Elsewhere", False)]:
        assert (title in listing, title in country) == (shown, shown)
    assert client.get("/countries/KZ/").headers["Location"] == "/countries/kz/"


def test_sector_page_includes_its_children(client):
    parent = SectorFactory(slug="energy")
    SectorFactory(slug="green-energy", parent=parent)
    OpportunityFactory(published=True, called=True, title="Green", sectors=["green-energy"])
    assert "Green" in page(client, "/sectors/energy/")


def test_grouping_page_marks_what_is_unverified(client):
    link = MembershipFactory(is_verified=False)
    content = page(client, f"/groupings/{link.grouping.slug}/")
    assert "unverified" in content
    assert "Kazakhstan" in content


def test_facet_page_shows_every_value_and_keeps_the_other_filters(client):
    for code in ("AR", "BR", "CL"):
        OpportunityFactory(published=True, called=True, places=[code])
    content = page(client, "/opportunities/filter/country/?kind=scholarship")
    assert 'name="kind" value="scholarship"' in content
    for name in ("Argentina", "Brazil", "Chile"):
        assert name in content
    assert client.get("/opportunities/filter/page/").status_code == 404


def test_hidden_partnership_is_neither_shown_nor_filtered_on_nor_counted(client):
    hidden = PartnershipFactory(
        slug="secret-pact", names={"en": "Secret pact"}, parties=["KZ", "CN"]
    )
    OpportunityFactory(published=True, called=True, slug="shown", partnerships=[hidden])
    assert "Secret pact" not in page(client, "/opportunities/shown/")
    content = page(client, "/opportunities/?partnership=secret-pact")
    assert "“secret-pact” is not something we know here" in content
    assert "Secret pact" not in content
    assert "0 opportunities" in page(client, "/opportunities/?country=KZ")


@pytest.mark.parametrize("path", ["/partnerships/", "/articles/", "/partnerships/?page=1"])
def test_lists_answer(client, path):
    partnership = PartnershipFactory(published=True)
    PartnershipCitationFactory(partnership=partnership)
    content = page(client, path)
    assert "China–Kazakhstan" in content or "Article" in content


@pytest.mark.parametrize("path", ["/partnerships/?page=abc", "/articles/?page=-1"])
def test_list_refuses_a_page_it_does_not_have(client, path):
    assert client.get(path).status_code == 400


def test_list_says_that_a_page_is_beyond_the_last(client):
    OpportunityFactory(published=True, called=True)
    assert "There is no page 9999" in page(client, "/opportunities/?page=9999")


def test_empty_list_without_a_stage_counts_the_usual_stages(client):
    OpportunityFactory(published=True, kind="festival")
    OpportunityFactory(published=True, called=True, kind="training")
    content = page(client, "/opportunities/?kind=festival&stage=closed")
    assert "Without “Stage”" not in content
    assert "Without “Kind and Stage”: 1 opportunity" in content


@pytest.mark.parametrize("method", ["put", "delete", "post", "trace"])
def test_reading_pages_take_no_other_method(method):
    client = Client(enforce_csrf_checks=True)
    for path in ("/", "/opportunities/", "/healthz", "/sitemap.xml"):
        assert getattr(client, method)(path).status_code == 405


def test_machine_addresses_answer(client):
    OpportunityFactory(published=True, slug="listed")
    assert "ok" in page(client, "/healthz")
    assert "Disallow: /admin/" in page(client, "/robots.txt")
    assert "mailto:" in page(client, "/.well-known/security.txt")
    assert "/opportunities/listed/" in page(client, "/sitemap.xml")


def trail_of(content: str) -> str:
    return content.split('<ol class="trail">')[1].split("</ol>")[0]


def test_trail_leads_from_what_documents_the_partnership_to_the_opportunity(client):
    partnership = PartnershipFactory(published=True, parties=["CN", "KZ"])
    documents = PartnershipCitationFactory(partnership=partnership).article
    other = ArticleFactory(title="Says nothing of the partnership")
    item = OpportunityFactory(
        published=True, title="At the end", article=other, partnerships=[partnership]
    )
    trail = trail_of(page(client, item.get_absolute_url()))
    places = [f"/articles/{documents.slug}/", partnership.get_absolute_url(), "At the end"]
    assert [trail.index(place) for place in places] == sorted(map(trail.index, places))
    assert other.slug not in trail


def test_trail_passes_over_a_hidden_partnership_and_counts_further_articles(client):
    hidden = PartnershipFactory(parties=["CN", "KZ"])
    PartnershipCitationFactory(partnership=hidden)
    item = OpportunityFactory(published=True, partnerships=[hidden])
    for _ in range(4):
        OpportunityCitationFactory(opportunity=item)
    trail = trail_of(page(client, item.get_absolute_url()))
    assert hidden.get_absolute_url() not in trail
    assert trail.count("/articles/") == 3
    assert "and 2 more" in trail
