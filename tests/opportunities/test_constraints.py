"""What must always hold, held by the database: one row here for each constraint of both rooms."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from opportunities.choices import Fact, RuleKind
from opportunities.models import (
    Alert,
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Posting,
    ReadOffer,
    SavedList,
    Subscriber,
    Words,
)
from partnerships.models import (
    Article,
    Country,
    Membership,
    OrganisationDomain,
    Partnership,
    PartnershipCitation,
    PartnershipParty,
)
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    FollowedAddressFactory,
    GroupingFactory,
    MembershipFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db
ROOMS = ("partnerships", "opportunities")


def constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for constraint in model._meta.constraints
    }


DAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def saved_item(**values):
    saved, _made = SavedList.objects.get_or_create(token_hash="a", used_on=DAY)
    item = Opportunity.objects.first() or OpportunityFactory()
    return saved.items.create(opportunity=item, **values)


def alert(**values):
    subscriber, _made = Subscriber.objects.get_or_create(email="a@b.example", created_at=NOON)
    return subscriber.alerts.create(asked_at=NOON, **values)


def alert_on_one():
    item = Opportunity.objects.first() or OpportunityFactory()
    return alert(opportunity=item, about="change")


def told(item):
    one = Alert.objects.first() or alert(asked="kind=festival")
    mail, _made = one.subscriber.mails.get_or_create(
        message_id="a", made_at=NOON, try_at=NOON, purpose="digest"
    )
    return one.outbox.create(opportunity=item, kind="match", mail=mail)


def by_update(make, **values):
    """Break it past every save(), by one UPDATE of a valid row."""

    def break_it():
        row = make()
        type(row).objects.filter(pk=row.pk).update(**values)

    return break_it


def rule_of(kind, **more):
    return lambda: EligibilityRuleFactory(kind=kind, **{"text": "", **more})


def age_rule(**more):
    return rule_of(RuleKind.AGE, **{"age_min": 18, "age_reference": "start", **more})


def country_rule():
    return EligibilityRuleFactory(kind="countries", attribute="nationality", mode="only", text="")


def add_again(row):
    """The same row a second time."""
    row.pk, row._state.adding = None, True
    row.save()


def second_words(**more):
    Words.objects.create(opportunity=OpportunityFactory(), **more)


def second_party(**party):
    add_again(PartnershipParty.objects.create(partnership=PartnershipFactory(), **party))


def of_publishable(prefix, make):
    return {
        f"{prefix}_status_known": [by_update(lambda: make(published=True), status="rumoured")],
        f"{prefix}_published_has_date": [
            by_update(make, status="published"),
            by_update(make, status="withdrawn", withdrawn_because="It ended."),
        ],
        f"{prefix}_withdrawn_says_why": [
            by_update(lambda: make(withdrawn=True), withdrawn_because="")
        ],
    }


def of_citation(prefix, make):
    return {
        f"{prefix}_quote_is_short": [by_update(make, quote=""), by_update(make, quote="x" * 301)],
        f"{prefix}_span_fits_quote": [
            by_update(make, start=3),
            by_update(make, end=3),
            by_update(lambda: make(start=3), end=3),
            by_update(lambda: make(start=3), start=4),
        ],
        f"{prefix}_names_its_speaker": [
            by_update(make, speaker_name="Somebody"),
            by_update(make, speaker_role="official"),
            by_update(make, speaker_role="provider"),
        ],
    }


BREAKS = {
    **of_publishable("opportunities_opportunity", OpportunityFactory),
    **of_publishable("partnerships_partnership", PartnershipFactory),
    **of_citation("opportunities_opportunitycitation", OpportunityCitationFactory),
    **of_citation("partnerships_partnershipcitation", PartnershipCitationFactory),
    "opportunity_published_has_kind": [
        by_update(lambda: OpportunityFactory(published=True), kind=""),
        by_update(lambda: OpportunityFactory(withdrawn=True), kind=""),
    ],
    "opportunity_dates_in_order": [
        by_update(OpportunityFactory, starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 1))
    ],
    "opportunity_amounts_in_order": [
        by_update(OpportunityFactory, amount_min=2, amount_max=1, currency="KZT")
    ],
    "opportunity_amount_has_currency": [
        by_update(OpportunityFactory, amount_min=1),
        by_update(OpportunityFactory, amount_max=1),
    ],
    "opportunity_not_needed_has_end": [by_update(OpportunityFactory, application="not-needed")],
    "rule_on_countries_is_whole": [
        by_update(country_rule, attribute=""),
        by_update(country_rule, mode=""),
        by_update(EligibilityRuleFactory, attribute="nationality"),
        by_update(EligibilityRuleFactory, mode="only"),
    ],
    "rule_on_age_is_whole": [
        by_update(age_rule(), age_min=None),
        by_update(age_rule(), age_reference=""),
        by_update(EligibilityRuleFactory, age_max=30),
        by_update(EligibilityRuleFactory, age_reference="start"),
    ],
    "rule_ages_in_order": [by_update(age_rule(), age_max=17)],
    "rule_age_date_where_counted_on_a_date": [
        by_update(age_rule(), age_reference="date"),
        by_update(age_rule(), age_on=date(2026, 1, 1)),
    ],
    "rule_on_levels_names_them": [
        by_update(rule_of(RuleKind.LEVEL_HELD, levels=("6",)), levels=()),
        by_update(rule_of(RuleKind.LEVEL_SOUGHT, levels=("6",)), levels=()),
    ],
    "rule_on_fields_names_them": [by_update(rule_of(RuleKind.FIELD, fields=("05",)), fields=())],
    "rule_on_language_names_it": [
        by_update(rule_of(RuleKind.LANGUAGE, language="fr"), language="")
    ],
    "rule_in_words_has_them": [by_update(EligibilityRuleFactory, text="")],
    "citation_of_a_deadline_names_it": [
        by_update(OpportunityCitationFactory, fact=Fact.DEADLINE),
        lambda: OpportunityCitationFactory(deadline=DeadlineFactory()),
    ],
    "citation_of_a_rule_names_it": [
        by_update(OpportunityCitationFactory, fact=Fact.ELIGIBILITY),
        lambda: OpportunityCitationFactory(rule=EligibilityRuleFactory()),
    ],
    "words_once_per_language": [lambda: second_words(language="en", origin="human")],
    "words_one_original": [lambda: second_words(language="fr", origin="original")],
    "membership_dates_in_order": [
        by_update(MembershipFactory, until=date(2001, 6, 15)),
        by_update(MembershipFactory, until=date(2000, 1, 1)),
    ],
    "membership_said_once": [lambda: add_again(MembershipFactory())],
    "undated_membership_said_once": [lambda: add_again(MembershipFactory(since=None))],
    "organisation_domain_once": [
        lambda: OrganisationFactory(domain="uni.example").domains.create(domain="UNI.example")
    ],
    "organisation_domain_has_a_dot": [
        lambda: OrganisationFactory(domain="localhost"),
        lambda: OrganisationDomain.objects.bulk_create(
            [OrganisationDomain(organisation=OrganisationFactory(), domain=".example")]
        ),
    ],
    "article_address_once": [
        lambda: [ArticleFactory(address="https://a.example/") for _again in range(2)]
    ],
    "article_removed_says_why": [by_update(ArticleFactory, removed_on=date(2026, 1, 1))],
    "article_reprints_another": [
        lambda: (article := ArticleFactory()) and Article.objects.update(origin=article)
    ],
    "article_mark_once": [
        lambda: [ArticleFactory().marks.create(mark=1).article.marks.create(mark=1)]
    ],
    "followed_address_once": [lambda: add_again(FollowedAddressFactory())],
    "party_is_country_or_grouping": [
        lambda: PartnershipFactory().parties.create(),
        lambda: PartnershipFactory().parties.create(
            country=CountryFactory(), grouping=GroupingFactory()
        ),
    ],
    "party_country_once": [lambda: second_party(country=CountryFactory(iso2="UZ"))],
    "party_grouping_once": [lambda: second_party(grouping=GroupingFactory())],
    "saved_calendar_once": [
        lambda: [
            SavedList.objects.create(token_hash=str(n), calendar_hash="a", used_on=DAY)
            for n in range(2)
        ]
    ],
    "offer_read_once": [
        lambda: [
            ReadOffer.objects.create(article=article, kind="training", start=3, quote="q")
            for article in [ArticleFactory()] * 2
        ]
    ],
    "saved_once": [lambda: [saved_item() for _again in range(2)]],
    "saved_outcome_after_applying": [lambda: saved_item(outcome="accepted")],
    "alert_once_a_filter": [lambda: [alert(asked="kind=festival") for _again in range(2)]],
    "alert_once_an_opportunity": [lambda: [alert_on_one() for _again in range(2)]],
    "alert_on_one_thing": [
        lambda: alert(asked="kind=festival", about="change"),
        lambda: alert(opportunity=OpportunityFactory(), asked="kind=festival", about="change"),
        lambda: alert(opportunity=OpportunityFactory(), about=""),
    ],
    "outbox_once": [lambda: [told(item) for item in [OpportunityFactory()] * 2]],
    "outbox_once_of_no_item": [lambda: [told(None) for _again in range(2)]],
    "posting_once": [
        lambda: [
            Posting.objects.create(term=b"a", chunk=0, bits=b"", version=1, is_resident=True)
            for _again in range(2)
        ]
    ],
    "country_iso2_is_two_capitals": [
        lambda: CountryFactory(iso2="kz", iso3="KAZ"),
        lambda: CountryFactory(iso2="K", iso3="KAZ"),
        lambda: CountryFactory(iso2="", iso3="KAZ"),
    ],
}


@pytest.mark.parametrize(
    ("name", "break_it"),
    [(name, break_it) for name, ways in BREAKS.items() for break_it in ways],
    ids=[f"{name}-{n}" for name, ways in BREAKS.items() for n in range(len(ways))],
)
def test_constraint_refuses(name, break_it):
    with pytest.raises((IntegrityError, DataError)) as refused, transaction.atomic():
        break_it()
    message = str(refused.value)
    constraint = constraints()[name]
    columns = [column.name for column in getattr(constraint, "expressions", ())]
    columns += getattr(constraint, "fields", ())
    of_columns = bool(columns) and all(column in message for column in columns)  # SQLite says so
    too_wide = "too long" in message and "is_short" in name  # PostgreSQL asks the column first
    assert name in message or of_columns or too_wide


def test_every_constraint_has_a_test_that_breaks_it():
    assert set(BREAKS) == set(constraints())


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_every_constraint_tells_the_person_who_breaks_it(name):
    message = str(constraints()[name].get_violation_error_message())
    assert name not in message and message.endswith(".")


# --- The same in words, where a form asks


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (lambda: Opportunity(slug="a", application="not-needed"), "say when it ends"),
        (
            lambda: Opportunity(slug="a", amount_min=5, amount_max=1, currency="KZT"),
            "lowest amount",
        ),
        (lambda: Opportunity(slug="a", amount_min=5), "which currency"),
        (
            lambda: Opportunity(slug="a", starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 1)),
            "ends before it starts",
        ),
        (lambda: EligibilityRule(kind="level-held"), "at least one level"),
        (lambda: EligibilityRule(kind="field"), "at least one field"),
        (lambda: EligibilityRule(kind="language"), "which language"),
        (lambda: EligibilityRule(kind="other"), "as the source puts it"),
        (lambda: EligibilityRule(kind="countries"), "an attribute and a mode"),
        (lambda: EligibilityRule(kind="age"), "lowest or highest age"),
        (lambda: OpportunityCitation(fact="deadline", quote="q"), "Choose the deadline"),
        (lambda: OpportunityCitation(fact="eligibility", quote="q"), "Choose the eligibility rule"),
        (
            lambda: PartnershipCitation(quote="q", speaker_role="official", speaker_name=""),
            "Name who says it",
        ),
        (lambda: Partnership(slug="a", status="withdrawn"), "Say why it is withdrawn"),
        (lambda: PartnershipParty(), "either a country or a grouping"),
        (lambda: Country(iso2="kz", iso3="KAZ"), "two capital letters"),
        (lambda: Article(slug="a", removed_on=date(2026, 1, 1)), "Say why it is removed"),
        (lambda: OrganisationDomain(domain="localhost"), "whole domain"),
        (lambda: Membership(since=date(2026, 2, 2), until=date(2026, 2, 1)), "before it begins"),
    ],
)
def test_constraint_says_so_in_words_before_the_database(row, message):
    with pytest.raises(ValidationError, match=message):
        row().validate_constraints()


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(1899, 12, 31)])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Deadline, "on"),
        (Opportunity, "opens_on"),
        (Opportunity, "starts_on"),
        (Opportunity, "ends_on"),
        (Opportunity, "verified_on"),
        (EligibilityRule, "age_on"),
        (Article, "published_on"),
        (Article, "received_on"),
    ],
)
def test_stand_in_dates_are_refused(model, field, day):
    with pytest.raises(ValidationError) as refused:
        model(**{field: day}).clean_fields()
    assert "1900" in str(refused.value.message_dict[field])


@pytest.mark.parametrize(
    ("model", "field"), [(Opportunity, "verified_on"), (Article, "received_on")]
)
def test_what_was_done_was_not_done_in_the_future(model, field, now):
    model(**{field: date(2026, 11, 24)}).clean_fields(exclude=other_fields(model, field))
    with pytest.raises(ValidationError) as refused:
        model(**{field: date(2026, 11, 25)}).clean_fields()
    assert "still to come" in str(refused.value.message_dict[field])


def other_fields(model, field: str) -> set[str]:
    return {column.name for column in model._meta.fields} - {field}


@pytest.mark.parametrize(
    "rows",
    [
        lambda: [ArticleFactory(address="") for _ in range(2)],
        lambda: [PartnershipFactory(parties=["CN", "KZ"]) for _ in range(2)],
        lambda: [MembershipFactory(country=CountryFactory(iso2=code)) for code in ("KZ", "CN")],
        lambda: [OrganisationFactory(domain="shared.example") for _ in range(2)],
        lambda: second_words(language="fr", origin="human"),
        lambda: OpportunityFactory(application="not-needed", ends_on=date(2027, 1, 1)),
        lambda: OpportunityFactory(starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 1)),
        lambda: OpportunityCitationFactory(start=0, quote="x" * 300),
        lambda: OpportunityCitationFactory(speaker_role="official", speaker_name="Somebody"),
    ],
)
def test_constraint_lets_stand_what_is_right(rows):
    rows()
