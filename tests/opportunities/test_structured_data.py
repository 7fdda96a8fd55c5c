"""schema.org data: it parses, says what the page says, and offers nothing that is not open."""

import json
import re
from datetime import date

import pytest
import time_machine

from opportunities.choices import Kind
from opportunities.structured_data import OFFERS, script
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PROPERTIES = {
    "WebPage": "name description inLanguage dateModified isBasedOn mainEntity",
    "NewsArticle": "headline url datePublished inLanguage publisher",
    "CreativeWork": "headline url datePublished inLanguage publisher",
    "EducationalOccupationalProgram": "name description url provider applicationStartDate applicationDeadline "
    "startDate endDate educationalProgramMode maximumEnrollment",
    "MonetaryGrant": "name description url funder amount",
    "MonetaryAmount": "currency minValue maxValue",
    "JobPosting": "name description url title datePosted validThrough hiringOrganization jobLocation "
    "employmentType directApply",
    "Event": "name description url startDate endDate location eventAttendanceMode eventStatus organizer",
    "TouristTrip": "name description url provider",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "Organization": "name",
    "Place": "name address",
    "PostalAddress": "addressCountry",
    "VirtualLocation": "url",
    "WebSite": "name url inLanguage potentialAction",
    "SearchAction": "target query-input",
}
"""Of schema.org's vocabulary, what we write; a name that is not here is none of theirs or new."""


def data_of(client, path: str) -> list[dict]:
    html = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return [node for text in found for node in json.loads(text)["@graph"]]


def nodes_in(value) -> list[dict]:
    if isinstance(value, list):
        return [node for one in value for node in nodes_in(one)]
    if not isinstance(value, dict):
        return []
    return [value, *(node for one in value.values() for node in nodes_in(one))]


def offer_of(client, item) -> dict:
    nodes = data_of(client, item.get_absolute_url())
    offers = [node for node in nodes if node.get("@id", "").endswith("#offer")]
    return offers[0] if offers else {}


def open_one(kind: str, **given):
    """With all that its type in schema.org requires."""
    return OpportunityFactory(
        published=True,
        called=True,
        kind=kind,
        places=["KZ"],
        starts_on=date(2027, 3, 1),
        **given,
    )


@pytest.mark.parametrize("kind", Kind.values)
def test_data_of_every_kind_uses_properties_of_its_types(client, kind):
    item = open_one(kind)
    nodes = [n for n in nodes_in(data_of(client, item.get_absolute_url())) if "@type" in n]
    for node in nodes:
        assert node.keys() - {"@type", "@id"} <= set(PROPERTIES[node["@type"]].split())
    assert bool(offer_of(client, item)) == (kind in OFFERS)


def test_nothing_is_offered_that_cannot_be_applied_for(client):
    announced = OpportunityFactory(published=True, kind="scholarship")
    page, *others = data_of(client, announced.get_absolute_url())
    assert page["@type"] == "WebPage" and "mainEntity" not in page
    assert [node["@type"] for node in others] == ["BreadcrumbList"]


def test_offer_is_gone_once_its_deadline_has_passed(client):
    item = open_one("scholarship", application="by-deadline")
    DeadlineFactory(opportunity=item, on=date(2026, 12, 24))
    assert offer_of(client, item)["applicationDeadline"] == "2026-12-24"
    with time_machine.travel("2027-01-02T00:00:00Z", tick=False):
        assert offer_of(client, item) == {}


def test_internship_without_a_place_is_no_job_posting(client):
    item = OpportunityFactory(published=True, called=True, kind="internship")
    assert offer_of(client, item) == {}
    item.places.add(CountryFactory(iso2="KZ"))
    offer = offer_of(client, item)
    assert offer["jobLocation"][0]["address"]["addressCountry"] == "KZ"
    assert offer["hiringOrganization"]["name"] == item.provider.name


def test_example_gives_machines_nothing(client):
    item = open_one("scholarship", is_example=True)
    assert data_of(client, item.get_absolute_url()) == []


def test_title_cannot_end_the_script(client):
    title = "</script><script>alert(1)</script>&amp;"
    item = OpportunityFactory(published=True, title=title)
    assert data_of(client, item.get_absolute_url())[0]["name"] == title
    assert "<script>alert" not in client.get(item.get_absolute_url()).content.decode()
    assert str(script({"name": "<"})).count("<") == 2


def test_first_page_says_how_to_search(client):
    (site,) = data_of(client, "/fr/")
    assert site["inLanguage"] == "fr"
    assert site["potentialAction"]["target"].endswith("/fr/opportunities/?q={search_term_string}")


def test_deadline_is_left_out_where_some_must_be_earlier(client):
    item = open_one("scholarship", application="by-deadline")
    for day in (1, 24):
        DeadlineFactory(opportunity=item, on=date(2026, 12, day))
    assert "applicationDeadline" not in offer_of(client, item)


def test_amount_is_left_out_where_sources_disagree(client):
    item = open_one("research-grant", amount_max=100, currency="EUR")
    assert offer_of(client, item)["amount"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "maxValue": 100.0,
    }
    OpportunityCitationFactory(opportunity=item, fact="amount", value="EUR 200")
    assert "amount" not in offer_of(client, item)


def test_article_without_an_address_is_known_by_its_page_here(client):
    article = ArticleFactory(address="")
    item = OpportunityFactory(published=True, article=article)
    (source,) = data_of(client, item.get_absolute_url())[0]["isBasedOn"]
    assert source["url"].endswith(f"/articles/{article.slug}/")
