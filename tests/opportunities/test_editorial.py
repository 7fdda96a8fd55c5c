"""The verbs of editors: what each refuses, changes and records."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from opportunities import editorial
from opportunities.choices import Application, Mode, RuleKind
from opportunities.models import Opportunity, OpportunityChange
from partnerships.models import Article, Partnership, PartnershipChange
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    SectorFactory,
    UserFactory,
    cite_official_call,
)

pytestmark = pytest.mark.django_db
WHY = "The university says so."


@pytest.fixture
def editor():
    return UserFactory()


def cited_partnership(**more) -> Partnership:
    return PartnershipCitationFactory(partnership=PartnershipFactory(**more)).partnership


MAKERS = pytest.mark.parametrize("make", [OpportunityFactory, cited_partnership])


def fresh(item):
    return type(item).objects.get(pk=item.pk)


def recorded(item) -> list[tuple[str, str, str]]:
    return [(line.fact, line.before, line.after) for line in item.changes.order_by("pk")]


def fields_refused(verb, *args, **kwargs) -> set[str]:
    with pytest.raises(ValidationError) as refused:
        verb(*args, **kwargs)
    error = refused.value
    return set(error.message_dict) if hasattr(error, "error_dict") else {""}


# --- What publishing needs


@MAKERS
def test_publish_puts_it_before_the_public_and_records_it(make, editor, now):
    item = make()
    editorial.publish(item, by=editor)
    line = item.changes.get()
    assert fresh(item).is_visible and fresh(item).published_at == now
    assert (line.fact, line.before, line.after, line.by, line.at) == (
        "status", "draft", "published", editor, now,
    )  # fmt: skip


def test_publish_names_each_thing_that_is_missing(editor):
    opportunity = OpportunityFactory(kind="", title="", title__summary="")
    opportunity.sectors.clear()
    opportunity.citations.all().delete()
    refused = fields_refused(editorial.publish, opportunity, by=editor)
    assert refused == {"title", "summary", "kind", "sectors", "citations"}
    assert fresh(opportunity).status == "draft" and not opportunity.changes.exists()


def drop_words(row):
    row.words.all().delete()


def translate_only(row):
    row.words.update(origin="machine")


def four_sectors(row):
    row.sectors.set([SectorFactory(slug=f"sector-{n}") for n in range(4)])


def call_without(**emptied):
    def change(row):
        cite_official_call(row)
        Opportunity.objects.filter(pk=row.pk).update(**emptied)

    return change


def deadline_although(application):
    def change(row):
        DeadlineFactory(opportunity=row)
        Opportunity.objects.filter(pk=row.pk).update(application=application, ends_on="2027-01-01")

    return change


def by_no_deadline(row):
    Opportunity.objects.filter(pk=row.pk).update(application=Application.BY_DEADLINE)


def rule_on_no_country(row):
    EligibilityRuleFactory(
        opportunity=row, kind=RuleKind.COUNTRIES, attribute="nationality", mode=Mode.ONLY, text=""
    )


def somebody_elses_address(row):
    OpportunityFactory().former_slugs.create(slug=row.slug)


def quotes_of_one_article(row):
    article = ArticleFactory()
    for n in range(4):
        OpportunityCitationFactory(opportunity=row, article=article, quote=f"{n}" * 226)


NEEDS = [
    (drop_words, {"title", "summary"}),
    (translate_only, {"words"}),
    (four_sectors, {"sectors"}),
    (call_without(official_page=""), {"official_page"}),
    (call_without(application=""), {"application"}),
    (call_without(application="", official_page=""), {"application", "official_page"}),
    (by_no_deadline, {"deadlines"}),
    (deadline_although(Application.ROLLING), {"deadlines"}),
    (deadline_although(Application.NOT_NEEDED), {"deadlines"}),
    (rule_on_no_country, {"rules"}),
    (somebody_elses_address, {"slug"}),
    (quotes_of_one_article, {"citations"}),
]


@pytest.mark.parametrize(("spoil", "fields"), NEEDS)
@pytest.mark.parametrize("verb", [editorial.publish, editorial.submit_for_review])
def test_publish_and_submit_refuse_at_its_field(spoil, fields, verb, editor):
    opportunity = OpportunityFactory()
    spoil(opportunity)
    assert fields_refused(verb, opportunity, by=editor) == fields


@pytest.mark.parametrize(("spoil", "fields"), NEEDS)
def test_revise_refuses_what_could_not_be_published_and_rolls_back(spoil, fields, editor):
    opportunity = OpportunityFactory(published=True)

    def edit():
        with editorial.revise(opportunity, by=editor, reason=WHY):
            opportunity.kind = "festival"
            opportunity.save()
            spoil(opportunity)

    assert fields_refused(edit) == fields
    assert fresh(opportunity).kind == "scholarship"
    assert not OpportunityChange.objects.exists()
    assert editorial.publication_problems(fresh(opportunity)) == {}


def test_revise_refuses_to_drop_the_last_of_what_publishing_needs(editor):
    opportunity = OpportunityFactory(published=True, application=Application.BY_DEADLINE)
    DeadlineFactory(opportunity=opportunity)

    def drop(name):
        with editorial.revise(opportunity, by=editor, reason=WHY):
            getattr(opportunity, name).all().delete()

    for name in ("sectors", "citations", "deadlines"):
        assert fields_refused(drop, name) == {name}
        assert getattr(opportunity, name).count() == 1


def test_publish_takes_three_ways_to_apply(editor):
    for application in Application:
        row = OpportunityFactory(application=application, ends_on=date(2027, 1, 1), called=True)
        if application == Application.BY_DEADLINE:
            DeadlineFactory(opportunity=row)
        editorial.publish(row, by=editor)
        assert fresh(row).is_visible


def test_publish_of_a_promise_needs_no_application(editor):
    opportunity = OpportunityFactory()
    editorial.publish(opportunity, by=editor)
    assert fresh(opportunity).application == ""


def test_publish_of_a_partnership_needs_two_parties_and_a_source(editor):
    refused = fields_refused(editorial.publish, PartnershipFactory(parties=["KZ"]), by=editor)
    assert refused == {"parties", "citations"}


def test_publish_keeps_the_day_it_was_verified_or_takes_today(editor, now):
    checked, unchecked = OpportunityFactory(), OpportunityFactory(verified_on=None)
    editorial.publish(checked, by=editor)
    editorial.publish(unchecked, by=editor)
    assert fresh(checked).verified_on == date(2026, 11, 20)
    assert fresh(unchecked).verified_on == now.date()


# --- 900 characters of one article, over everything public together


def quote(owner, article, start, length):
    make = (
        OpportunityCitationFactory if isinstance(owner, Opportunity) else PartnershipCitationFactory
    )
    name = owner._meta.model_name
    return make(**{name: owner}, article=article, quote="x" * length, start=start)


def test_quotes_of_one_article_count_over_all_that_is_public(editor):
    article, draft = ArticleFactory(), OpportunityFactory()
    for n, make in enumerate([OpportunityFactory, PartnershipFactory]):
        quote(make(published=True), article, n * 300, 300)
        quote(make(), article, 10_000 + n * 300, 300)  # hidden: counts nothing
    quote(draft, article, 600, 300)
    assert editorial.publication_problems(draft) == {}
    quote(draft, article, 900, 1)
    assert set(editorial.publication_problems(draft)) == {"citations"}
    assert "901" in editorial.publication_problems(draft)["citations"][0]


def test_quotes_that_overlap_count_once():
    article, draft = ArticleFactory(), OpportunityFactory()
    for start in range(0, 601, 100):
        quote(draft, article, start, 300)
    assert editorial.characters_of(article, draft) == 900
    assert editorial.publication_problems(draft) == {}


# --- Through the desk


@MAKERS
@pytest.mark.parametrize("state", ["in_review", "published", "withdrawn"])
def test_submit_refuses_what_is_no_draft(make, state, editor):
    item = make(**{state: True})
    assert fields_refused(editorial.submit_for_review, item, by=editor) == {""}
    assert fresh(item).status == item.status


@MAKERS
def test_submit_and_send_back_move_and_record_nothing_public(make, editor):
    item = make()
    editorial.submit_for_review(item, by=editor)
    assert fresh(item).status == "in-review" and not fresh(item).is_visible
    editorial.send_back(item, by=editor)
    assert fresh(item).status == "draft"
    assert recorded(item) == []


@MAKERS
@pytest.mark.parametrize("state", [{}, {"published": True}, {"withdrawn": True}])
def test_send_back_refuses_what_is_not_in_review(make, state, editor):
    assert fields_refused(editorial.send_back, make(**state), by=editor) == {""}


@MAKERS
def test_publish_twice_is_refused_even_with_a_stale_copy(make, editor):
    item = make()
    stale = fresh(item)
    editorial.publish(item, by=editor)
    assert fields_refused(editorial.publish, stale, by=editor) == {""}
    assert len(recorded(item)) == 1


@MAKERS
@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_withdraw_refuses_what_is_not_published(make, state, editor):
    assert fields_refused(editorial.withdraw, make(**state), by=editor, reason=WHY) == {""}


@MAKERS
@pytest.mark.parametrize("reason", ["", " \n", "bad\x0bbyte"])
def test_withdraw_asks_for_a_reason(make, reason, editor):
    item = make(published=True)
    assert fields_refused(editorial.withdraw, item, by=editor, reason=reason) == {"reason"}
    assert fresh(item).is_visible and recorded(item) == []


@MAKERS
def test_withdraw_hides_it_with_the_reason_and_publish_brings_it_back(make, editor, now):
    item = make(published=True)
    first_published = item.published_at
    editorial.withdraw(item, by=editor, reason="  No such call.\n")
    assert fresh(item).withdrawn_because == "No such call." and not fresh(item).is_visible
    editorial.publish(item, by=editor, now=now + timedelta(days=1))
    assert fresh(item).is_visible and fresh(item).withdrawn_because == ""
    assert fresh(item).published_at == first_published
    assert recorded(item) == [
        ("status", "published", "withdrawn"),
        ("status", "withdrawn", "published"),
    ]
    assert [line.reason for line in item.changes.order_by("pk")] == ["No such call.", ""]


# --- Revising what readers see


def test_revise_records_each_fact_once_with_why_by_whom_and_source(editor, now):
    opportunity, source = OpportunityFactory(published=True, places=["KZ"]), ArticleFactory()
    with editorial.revise(opportunity, by=editor, reason=f" {WHY} ", article=source):
        opportunity.kind, opportunity.opens_on = "festival", date(2027, 1, 1)
        opportunity.save()
        opportunity.places.add(CountryFactory(iso2="CN"))
        opportunity.words.update(title="Another title")
    assert sorted(recorded(opportunity)) == [
        ("kind", "scholarship", "festival"),
        ("opens_on", "", "2027-01-01"),
        ("place", "KZ", "CN, KZ"),
        ("title", f"Title of {opportunity.slug}", "Another title"),
    ]
    lines = opportunity.changes.values_list("reason", "by", "article", "at")
    assert set(lines) == {(WHY, editor.pk, source.pk, now)}
    assert fresh(opportunity).updated_at == now


def test_revise_records_citations_deadlines_and_rules(editor):
    opportunity = OpportunityFactory(published=True)
    with editorial.revise(opportunity, by=editor, reason=WHY):
        DeadlineFactory(opportunity=opportunity)
        EligibilityRuleFactory(opportunity=opportunity)
        opportunity.citations.update(set_aside_because="The ministry says otherwise.")
    assert {fact for fact, _, _ in recorded(opportunity)} == {"deadline", "eligibility", "source"}
    [(_, before, after)] = [line for line in recorded(opportunity) if line[0] == "source"]
    assert "set aside" not in before and "set aside: The ministry says otherwise." in after


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_revise_asks_why_and_rolls_back(reason, editor):
    opportunity = OpportunityFactory(published=True)

    def edit():
        with editorial.revise(opportunity, by=editor, reason=reason):
            Opportunity.objects.update(kind="festival")

    assert fields_refused(edit) == {"reason"}
    assert fresh(opportunity).kind == "scholarship"


def test_revise_without_a_change_asks_and_records_nothing(editor):
    opportunity = OpportunityFactory(published=True)
    with editorial.revise(opportunity, by=editor):
        opportunity.save()
    assert recorded(opportunity) == []


def test_revise_of_a_draft_records_nothing_and_may_lack_anything(editor):
    draft = OpportunityFactory()
    with editorial.revise(draft, by=editor):
        draft.sectors.clear()
    assert not draft.sectors.exists() and recorded(draft) == []


def test_revise_of_something_withdrawn_is_recorded_but_not_held_to_be_complete(editor):
    withdrawn = OpportunityFactory(withdrawn=True)
    with editorial.revise(withdrawn, by=editor, reason=WHY):
        withdrawn.sectors.clear()
    assert recorded(withdrawn) == [("sector", "energy", "")]


def test_revise_rolls_back_when_the_edit_itself_fails(editor):
    opportunity = OpportunityFactory(published=True)
    with pytest.raises(RuntimeError), editorial.revise(opportunity, by=editor, reason=WHY):
        Opportunity.objects.update(kind="festival")
        raise RuntimeError
    assert fresh(opportunity).kind == "scholarship" and recorded(opportunity) == []


def test_revise_of_a_partnership_records_its_parties(editor):
    partnership = cited_partnership(published=True, parties=["CN", "KZ"])
    with editorial.revise(partnership, by=editor, reason=WHY):
        partnership.parties.create(country=CountryFactory(iso2="UZ"))
    assert recorded(partnership) == [("parties", "CN, KZ", "CN, KZ, UZ")]


# --- Former addresses


def rename(item, slug, editor):
    with editorial.revise(item, by=editor, reason=WHY):
        item.slug = slug
        item.save()


@MAKERS
def test_former_address_is_kept_for_each_name_it_had(make, editor):
    item = make(published=True, slug="one")
    rename(item, "two", editor)
    rename(item, "three", editor)
    assert {former.slug for former in item.former_slugs.all()} == {"one", "two"}
    rename(item, "one", editor)
    assert {former.slug for former in item.former_slugs.all()} == {"two", "three"}
    assert ("address", "one", "two") in recorded(item)


@MAKERS
def test_former_address_is_never_given_away(make, editor):
    moved, other, draft = make(published=True, slug="one"), make(published=True), make()
    rename(moved, "two", editor)
    assert fields_refused(rename, other, "one", editor) == {"slug"}
    draft.slug = "one"
    draft.save()
    assert fields_refused(editorial.publish, draft, by=editor) == {"slug"}
    assert fields_refused(draft.full_clean) == {"slug"}


@MAKERS
def test_former_address_of_a_draft_is_forgotten(make, editor):
    draft = make(slug="one")
    rename(draft, "two", editor)
    assert not draft.former_slugs.exists()


# --- Articles and organisations that published things rest on


def test_revise_source_records_on_everything_public_that_rests_on_it(editor):
    article = ArticleFactory(title="Old")
    shown = OpportunityFactory(published=True, article=article)
    hidden = OpportunityFactory(article=article)
    partnership = PartnershipCitationFactory(
        partnership=PartnershipFactory(published=True), article=article
    ).partnership
    with editorial.revise_source(article, by=editor, reason=WHY):
        article.title = "New"
        article.save()
    assert recorded(shown) == recorded(partnership) == [("source", "Old", "New")]
    assert recorded(hidden) == []
    assert shown.changes.get().article == article


def test_revise_source_of_what_nothing_public_rests_on_asks_no_reason(editor):
    article = ArticleFactory(slug="one")
    OpportunityFactory(article=article)
    with editorial.revise_source(article, by=editor):
        article.slug = "two"
        article.save()
    assert not OpportunityChange.objects.exists()
    assert article.former_slugs.get().slug == "one"


def test_revise_source_asks_why_and_rolls_back(editor):
    article = ArticleFactory(title="Old")
    OpportunityFactory(published=True, article=article)

    def edit():
        with editorial.revise_source(article, by=editor):
            Article.objects.update(title="New")

    assert fields_refused(edit) == {"reason"}
    assert Article.objects.get().title == "Old"


def test_revise_source_refuses_a_domain_that_makes_an_incomplete_call(editor):
    provider = OrganisationFactory()
    row = OpportunityFactory(published=True, provider=provider)
    cite_official_call(row)
    Opportunity.objects.update(application="", official_page="")

    def edit():
        with editorial.revise_source(provider, by=editor, reason=WHY):
            provider.domains.create(domain="uni.example")

    with pytest.raises(ValidationError, match=f"Title of {row.slug}.* rests on this"):
        edit()
    assert not provider.domains.exists()


def test_revise_source_of_an_organisation_records_once_where_it_provides_and_hosts(editor):
    organisation = OrganisationFactory(domain="uni.example")
    both = OpportunityFactory(published=True, provider=organisation, host=organisation)
    hosted = OpportunityFactory(published=True, host=organisation)
    with editorial.revise_source(organisation, by=editor, reason=WHY):
        organisation.domains.create(domain="apply.example")
    line = ("organisation", "uni.example", "apply.example, uni.example")
    assert recorded(both) == recorded(hosted) == [line]


def test_revise_source_never_gives_an_article_address_away(editor):
    moved, other = ArticleFactory(slug="one"), ArticleFactory()
    with editorial.revise_source(moved, by=editor):
        Article.objects.filter(pk=moved.pk).update(slug="two")

    def take():
        with editorial.revise_source(other, by=editor):
            Article.objects.filter(pk=other.pk).update(slug="one")

    assert fields_refused(take) == {"slug"}
    assert fields_refused(ArticleFactory.build(slug="one").clean) == {"slug"}


@pytest.mark.parametrize("reason", ["", " ", "\x1b[2J"])
def test_remove_article_asks_for_a_reason(reason, editor):
    article = ArticleFactory()
    refused = fields_refused(editorial.remove_article, article, by=editor, reason=reason)
    assert refused == {"reason"} and Article.objects.get().removed_on is None


def test_remove_article_hides_it_and_is_recorded_where_it_was_shown(editor, now):
    article = ArticleFactory()
    shown = OpportunityFactory(published=True, article=article)
    editorial.remove_article(article, by=editor, reason=" Its owner asks. ")
    article.refresh_from_db()
    assert (article.removed_on, article.removed_because) == (now.date(), "Its owner asks.")
    assert not Article.objects.visible().exists() and Article.objects.rested_on().exists()
    assert recorded(shown) == [("source", "", "Its owner asks.")]


def test_every_verb_takes_the_moment_as_an_argument(editor):
    item, at = OpportunityFactory(), datetime(2030, 1, 2, 3, 4, tzinfo=UTC)
    editorial.publish(item, by=editor, now=at)
    editorial.withdraw(item, by=editor, reason=WHY, now=at)
    assert set(item.changes.values_list("at", flat=True)) == {at}
    assert fresh(item).published_at == at
    assert not PartnershipChange.objects.exists()


def test_stored_copy_may_not_change_under_a_quote():
    article = ArticleFactory(text="We will give scholarships.")
    OpportunityCitationFactory(article=article, quote="scholarships", start=13)
    with (
        pytest.raises(ValidationError, match="no longer says at character 13"),
        editorial.revise_source(article, by=UserFactory()),
    ):
        article.text = "They will give scholarships."
        article.save()
