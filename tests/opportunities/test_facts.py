from datetime import date, time
from decimal import Decimal

import pytest

from opportunities.editorial import differences
from opportunities.facts import facts_of
from opportunities.models import Opportunity, OpportunityChange, Words
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    GroupingFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db


def test_facts_are_what_the_database_has_not_the_copy_in_hand():
    opportunity = OpportunityFactory()
    opportunity.kind = "festival"
    assert facts_of(opportunity)[("kind", "")] == "scholarship"


def test_facts_leave_out_what_is_empty():
    facts = facts_of(Opportunity.objects.create(slug="bare"))
    assert facts == {("address", ""): "bare", ("funding", ""): "not-stated"}


@pytest.mark.parametrize(
    ("values", "fact", "said"),
    [
        ({"levels": ["master", "bachelor"]}, "level", "bachelor, master"),
        ({"amount_min": Decimal("1500.00"), "currency": "KZT"}, "amount", "1500 KZT"),
        (
            {"amount_min": 100, "amount_max": 250, "currency": "EUR", "amount_period": "month"},
            "amount",
            "100–250 EUR month",
        ),
        ({"places_available": 0}, "places_available", "0"),
        ({"opens_on": date(2026, 12, 1)}, "opens_on", "2026-12-01"),
    ],
)
def test_fact_is_plain_text_no_language_changes(values, fact, said):
    row = OpportunityFactory(**values)
    assert facts_of(row)[(fact, "")].strip() == said


def test_deadline_and_rule_are_one_fact_each():
    row = OpportunityFactory()
    deadline = DeadlineFactory(
        opportunity=row, at=time(17, 0), zone="Asia/Almaty", channel="online", for_whom="all"
    )
    deadline.countries.set([CountryFactory(iso2="KZ"), CountryFactory(iso2="CN")])
    rule = EligibilityRuleFactory(
        opportunity=row, kind="countries", attribute="either", mode="only", text=""
    )
    rule.groupings.add(GroupingFactory(slug="sco"))
    facts = facts_of(row)
    key = ("deadline", str(deadline.pk))
    assert facts[key] == "2026-12-15 · 17:00 · Asia/Almaty · online · all · CN, KZ"
    assert facts[("eligibility", str(rule.pk))] == "countries · either · only · sco"


def test_citation_fact_says_its_words_value_and_why_it_was_set_aside():
    row = OpportunityFactory(article=ArticleFactory(slug="first"))
    cited = OpportunityCitationFactory(
        opportunity=row, article=ArticleFactory(slug="second"), fact="funding", quote="All paid.",
        value="full", set_aside_because="Superseded.",
    )  # fmt: skip
    said = facts_of(row)[("source", f"citation {cited.pk}")]
    assert said == "funding: “All paid.” (second) = full · set aside: Superseded."


def test_every_language_has_its_own_title():
    row = OpportunityFactory(title="Grant")
    Words.objects.create(opportunity=row, language="fr", origin="human", title="Bourse")
    facts = facts_of(row)
    assert (facts[("title", "en")], facts[("title", "fr")]) == ("Grant", "Bourse")


def test_differences_tell_added_removed_and_changed():
    before = {("kind", ""): "festival", ("place", ""): "KZ", ("title", "en"): "A"}
    after = {("kind", ""): "training", ("title", "en"): "A", ("sector", ""): "energy"}
    assert sorted(differences(before, after)) == [
        ("kind", "festival", "training"),
        ("place", "KZ", ""),
        ("sector", "", "energy"),
    ]


@pytest.mark.parametrize(
    "make", [OpportunityFactory, PartnershipFactory, ArticleFactory, OrganisationFactory]
)
def test_every_fact_fits_the_record(make):
    width = OpportunityChange._meta.get_field("fact").max_length
    assert all(len(fact) <= width and value for (fact, _), value in facts_of(make()).items())
