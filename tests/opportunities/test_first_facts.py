"""The four facts that lead the page of an opportunity, and what pages of places lead to."""

import re
from datetime import date

import pytest

from tests.factories import (
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def first_facts(client, path="/opportunities/grant/") -> dict[str, str]:
    content = client.get(path).content.decode()
    block = content.split('<dl class="first">')[1].split("</dl>")[0]
    lines = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", block)
    return {label: re.sub(r"<[^>]+>", "", said) for label, said in lines}


def grant(**given):
    return OpportunityFactory(**{"published": True, "slug": "grant"} | given)


def test_they_say_what_for_whom_worth_and_until_when(client):
    item = grant(
        called=True,
        application="by-deadline",
        places=["KZ"],
        audiences=["student"],
        levels=["master"],
        funding="full",
        covers=["tuition"],
        amount_max=700,
        currency="KZT",
        amount_period="month",
    )
    DeadlineFactory(opportunity=item, on=date(2026, 12, 15))
    EligibilityRuleFactory(opportunity=item)
    assert first_facts(client) == {
        "What": "Scholarship · Kazakhstan",
        "For whom": "Students · Master’s · 1 rule on who may apply",
        "Worth": "Fully funded · up to KZT\N{NO-BREAK SPACE}700 a month",
        "Until when": "apply by 15 December 2026, in 22 days",
    }


def test_what_no_source_states_is_said_to_be_so(client):
    grant()
    assert first_facts(client) == {
        "What": "Scholarship",
        "For whom": "not stated",
        "Worth": "not stated",
        "Until when": "no date: there is no call",
    }


def upcoming():
    item = grant(called=True, application="by-deadline", opens_on=date(2026, 12, 1))
    DeadlineFactory(opportunity=item, on=date(2026, 12, 24))


def closed():
    item = grant(called=True, application="by-deadline")
    DeadlineFactory(opportunity=item, on=date(2026, 11, 2))


def ended():
    grant(called=True, application="rolling", ends_on=date(2026, 11, 3))


def cancelled():
    OpportunityCitationFactory(opportunity=grant(called=True), fact="cancellation")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (upcoming, "opens on 1 December 2026 · apply by 24 December 2026"),
        (closed, "the last day was 2 November 2026"),
        (ended, "the last day was 3 November 2026"),
        (cancelled, "cancelled"),
    ],
)
def test_until_when_follows_the_stage(client, make, said):
    make()
    assert first_facts(client)["Until when"] == said


def test_page_names_the_official_domain_of_its_call(client):
    grant(called=True)
    content = client.get("/opportunities/grant/").content.decode()
    assert 'on its official domain <b dir="ltr">uni.example</b>' in content


@pytest.mark.parametrize("path", ["/countries/kz/", "/sectors/energy/"])
def test_place_says_what_is_open_what_is_promised_and_who_works_together(client, path):
    CountryFactory(iso2="KZ")
    partnership = PartnershipFactory(published=True, parties=["KZ", "CN"])
    about = {"partnerships": [partnership], "published": True}
    open_one = OpportunityFactory(called=True, title="Open one", **about)
    partnership.sectors.set(open_one.sectors.all())
    for number in range(4):
        OpportunityFactory(title=f"Promise {number}", **about)
    content = client.get(path).content.decode()
    before, promised = content.split('<h2 id="announced">')
    assert "1 open or opening soon" in before and "Open one" in before
    assert "Promise" not in before
    assert promised.count('class="card"') == 3
    assert "4 announced, without a call yet" in promised
    assert partnership.name in promised.split('<h2 id="partnerships">')[1]
