"""Every way of writing what the public sees writes the index too, in the same transaction."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from opportunities import editorial
from opportunities.demo.load import load_demo
from opportunities.derivation import derive_instants_again
from opportunities.filters import Query
from opportunities.models import Deadline, Indexed, Opportunity, Posting, RebuiltChunk
from opportunities.search import index
from opportunities.search.answer import answer
from opportunities.search.check import problems
from opportunities.search.moment import clock
from opportunities.search.rebuild import rebuild_search_index
from partnerships.models import REFERENCE, Article, Membership, Version
from partnerships.reference import load_reference_data
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    GroupingFactory,
    MembershipFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.unaided]

EVERY = frozenset({"all"})


@pytest.fixture
def editor():
    return UserFactory(role="Editor")


def total(now, **asked) -> int:
    return answer(Query(**{"stage": EVERY} | asked), now).total


def published(editor, **kwargs) -> Opportunity:
    item = OpportunityFactory(**kwargs)
    editorial.publish(item, by=editor)
    item.refresh_from_db()
    return item


def test_publishing_indexes_and_withdrawing_takes_out(now, editor):
    item = OpportunityFactory(title="Solar power")
    assert total(now) == 0
    editorial.publish(item, by=editor)
    assert total(now, q="solar") == 1
    editorial.withdraw(item, by=editor, reason="A mistake.")
    assert total(now) == total(now, q="solar") == 0
    assert list(problems(now)) == []


def test_revising_moves_it_to_its_new_words_and_facts(now, editor):
    item = published(editor, title="Solar power", kind="festival")
    with editorial.revise(item, by=editor, reason="Better."):
        item.words.update(title="Wind power")
        item.kind = "training"
        item.save()
    assert total(now, q="solar") == total(now, kind=frozenset({"festival"})) == 0
    assert total(now, q="wind", kind=frozenset({"training"})) == 1
    assert list(problems(now)) == []


def test_a_refused_edit_leaves_the_index_as_it_was(now, editor):
    item = published(editor, title="Solar power")
    with pytest.raises(RuntimeError), transaction.atomic():
        with editorial.revise(item, by=editor, reason="Better."):
            item.words.update(title="Wind power")
        raise RuntimeError
    assert (total(now, q="solar"), total(now, q="wind")) == (1, 0)


def test_what_an_article_says_of_itself_moves_stages(now, editor):
    item = OpportunityFactory(called=True)
    editorial.publish(item, by=editor)
    opened = frozenset({"open"})
    assert total(now, stage=opened) == 1
    call = Article.objects.get(nature="call")
    with editorial.revise_source(call, by=editor, reason="It is news."):
        call.nature = "news"
        call.save()
    assert total(now, stage=opened) == 0
    assert list(problems(now)) == []


def test_a_domain_less_moves_stages(now, editor):
    item = OpportunityFactory(called=True)
    editorial.publish(item, by=editor)
    with editorial.revise_source(item.provider, by=editor, reason="Not theirs."):
        item.provider.domains.all().delete()
    assert total(now, stage=frozenset({"open"})) == 0


def test_partnership_is_filtered_on_only_while_it_is_public(now, editor):
    partnership = PartnershipFactory(parties=["CN", "KZ"])
    PartnershipCitationFactory(partnership=partnership)
    published(editor, partnerships=[partnership])
    brought = {"country": frozenset({"CN"})}
    assert total(now, **brought) == 0
    editorial.publish(partnership, by=editor)
    assert total(now, **brought) == 1
    editorial.withdraw(partnership, by=editor, reason="It ended.")
    assert total(now, **brought) == 0


def test_membership_edited_at_the_desk_counts_at_once(now, editor, admin_client):
    partnership = PartnershipFactory(published=True)
    grouping = GroupingFactory(slug="sco")
    partnership.parties.create(grouping=grouping)
    link = MembershipFactory(grouping=grouping, country__iso2="KG")
    published(editor, partnerships=[partnership])
    assert total(now, country=frozenset({"KG"})) == 1
    before = Version.objects.numbers()[REFERENCE]
    admin_client.post("/admin/partnerships/grouping/", {
        "action": "delete_selected", "_selected_action": [grouping.pk], "index": 0,
    })  # fmt: skip
    assert Version.objects.numbers()[REFERENCE] == before  # it is in use: nothing was deleted
    Membership.objects.filter(pk=link.pk).update(until=date(2026, 1, 1))
    Version.objects.bump(REFERENCE)
    assert total(now, country=frozenset({"KG"})) == 0


def test_zone_rules_applied_again_reach_the_index(now, editor):
    item = OpportunityFactory(called=True, application="by-deadline")
    DeadlineFactory(opportunity=item)
    editorial.publish(item, by=editor)
    Deadline.objects.update(closes_at=now - timedelta(days=3))
    index.write([item.pk])
    assert total(now, stage=frozenset({"closed"})) == 1
    derive_instants_again()
    assert total(now, stage=frozenset({"open"})) == 1


def test_demo_is_indexed_and_moves_with_its_days(now):
    load_reference_data()
    load_demo(date(2026, 11, 1))
    assert list(problems(now)) == []
    load_demo(date(2026, 11, 20))
    assert list(problems(now)) == []
    assert total(now) == Opportunity.objects.visible().count() > 20


# --- The clock alone


def test_stages_days_and_windows_turn_without_a_job(now, editor):
    item = OpportunityFactory(called=True, application="by-deadline", opens_on=date(2026, 11, 25))
    DeadlineFactory(opportunity=item, on=date(2026, 12, 15), zone="UTC")
    editorial.publish(item, by=editor)
    opening = now.replace(day=25, hour=0)
    closing = opening.replace(month=12, day=16)
    second = timedelta(seconds=1)
    stages = [
        next(iter(answer(Query(stage=EVERY), at).counts["stage"]))
        for at in (opening - second, opening, closing - second, closing)
    ]
    assert stages == ["upcoming", "open", "open", "closed"]
    week = Query(deadline=frozenset({"7"}))
    enters = closing - timedelta(days=7)
    assert [answer(week, at).total for at in (enters - second, enters, closing)] == [0, 1, 0]


def test_membership_that_ends_leaves_its_people_out_that_day(now, editor):
    item = published(editor)
    rule = EligibilityRuleFactory(
        opportunity=item, kind="countries", attribute="nationality", mode="only", text=""
    )
    link = MembershipFactory(country__iso2="NP", until=date(2026, 11, 24))
    rule.groupings.set([link.grouping])
    index.write([item.pk])
    Version.objects.bump(REFERENCE)
    nepali = Query(stage=EVERY, nationality=frozenset({"NP"}))
    midnight = now.replace(hour=0) + timedelta(days=1)
    assert answer(nepali, midnight - timedelta(seconds=1)).total == 1
    assert answer(nepali, midnight).total == 0


# --- Rebuilding and checking


def test_rebuild_makes_the_index_from_nothing(now):
    OpportunityFactory(published=True, title="Solar power")
    Version.objects.filter(name=index.INDEX).delete()
    clock.forget()
    assert total(now, q="solar") == 1  # by comparing
    seen = []
    rebuild_search_index(lambda done, of: seen.append((done, of)))
    assert seen == [(1, 1)]
    assert total(now, q="solar") == 1
    assert list(problems(now)) == []


def test_rebuild_after_an_upgrade_counts_on_where_the_older_index_was(now, editor):
    """Rows that are the same in both kinds keep their number: below it they do not count as moved."""
    published(editor, kind="festival")
    Version.objects.filter(name=index.INDEX).update(name="index-0", number=900)
    Posting.objects.update(version=900)
    clock.forget()
    rebuild_search_index()
    assert Version.objects.get(name=index.INDEX).number > 900
    assert total(now, kind=frozenset({"festival"})) == 1
    assert list(problems(now)) == []


@pytest.mark.parametrize(
    ("fact", "before", "after"),
    [("age_max", 20, 30), ("age_on", date(2026, 12, 1), date(2010, 1, 1))],
)
def test_edit_of_a_rule_on_age_is_seen_at_once(now, editor, fact, before, after):
    item = published(editor)
    own = {"kind": "age", "age_max": 20, "age_reference": "date", "age_on": date(2026, 12, 1)}
    EligibilityRuleFactory(opportunity=item, text="", **(own | {fact: before}))
    index.write([item.pk])
    assert total(now, age=25) == 0
    with editorial.revise(item, by=editor, reason="Better."):
        item.rules.update(**{fact: after})
    assert total(now, age=25) == 1
    assert list(problems(now)) == []


def test_first_day_of_the_opportunity_is_the_day_that_age_counts_on(now, editor):
    item = published(editor, starts_on=date(2027, 3, 1))
    rule = {"age_max": 25, "age_reference": "start"}
    EligibilityRuleFactory(opportunity=item, kind="age", text="", **rule)
    index.write([item.pk])
    assert (total(now, age=26), total(now, age=25)) == (0, 1)
    with editorial.revise(item, by=editor, reason="Not stated after all."):
        item.starts_on = None
        item.save()
    assert (total(now, age=26), total(now, age=90)) == (1, 1)


def test_stopped_rebuild_goes_on_where_it_was(now):
    first = OpportunityFactory(published=True)
    OpportunityFactory(published=True, id=first.pk + (1 << 16))

    def stop(done, of):
        if done == 2:
            raise KeyboardInterrupt

    Version.objects.filter(name=index.INDEX).delete()
    with pytest.raises(KeyboardInterrupt):
        rebuild_search_index(stop)
    assert RebuiltChunk.objects.count() == 1
    assert clock.memory.current() is None  # not whole: it does not serve
    written = Indexed.objects.get(pk=first.pk).version
    rebuild_search_index()
    assert Indexed.objects.get(pk=first.pk).version == written
    assert total(now) == 2
    assert list(problems(now)) == []


def test_edit_during_a_rebuild_is_not_lost(now, editor):
    item = published(editor, title="Solar power")
    OpportunityFactory(published=True)

    def edit(done, of):
        with editorial.revise(item, by=editor, reason="Better."):
            item.words.update(title="Wind power")

    rebuild_search_index(edit)
    assert (total(now, q="solar"), total(now, q="wind"), total(now)) == (0, 1, 2)
    assert list(problems(now)) == []


def test_what_was_written_past_the_index_is_reported_and_repaired(now, editor, capsys):
    kept, gone = published(editor), published(editor)
    Opportunity.objects.filter(pk=gone.pk).update(status="draft")
    kept.words.update(title="Wind")
    with pytest.raises(CommandError, match="differences"):
        call_command("check_search_index")
    said = capsys.readouterr().out
    assert f"Opportunity {gone.pk} is indexed and not public." in said
    assert f"Opportunity {kept.pk} is indexed otherwise" in said
    call_command("check_search_index", "--repair")
    call_command("check_search_index")
    assert "The search index is right." in capsys.readouterr().out
    assert (total(now), total(now, q="wind")) == (1, 1)


@pytest.mark.parametrize(
    ("term", "harm"),
    [
        ("kind:festival", "damage"),
        ("t:solar", "loss"),
        pytest.param("kind:festival", "loss", marks=pytest.mark.slow),
        pytest.param("t:solar", "damage", marks=pytest.mark.slow),
        *(
            pytest.param(term, harm, marks=pytest.mark.slow)
            for term in ("rulein:0:KZ", "closes:20803")
            for harm in ("damage", "loss")
        ),
    ],
)
def test_harmed_row_is_reported_and_the_site_goes_on(
    now, editor, caplog, client, monkeypatch, term, harm
):
    monkeypatch.setattr(index, "MOST_WAITING", 0)
    item = OpportunityFactory(
        called=True, kind="festival", title="Solar power", application="by-deadline"
    )
    DeadlineFactory(opportunity=item, on=date(2026, 12, 15), zone="UTC")
    rule = EligibilityRuleFactory(
        opportunity=item, kind="countries", attribute="nationality", mode="only", text=""
    )
    rule.countries.set([CountryFactory(iso2="KZ")])
    editorial.publish(item, by=editor)
    row = Posting.objects.filter(term=term.encode())
    assert row.exists()
    row.update(bits=b"garbage") if harm == "damage" else row.delete()
    clock.forget()
    assert client.get("/opportunities/?q=solar&kind=festival&nationality=KZ").status_code == 200
    if harm == "damage":
        assert total(now, q="solar", kind=frozenset({"festival"})) == 1  # made again in memory
        assert term in caplog.text
    assert any(term in problem for problem in problems(now))
    call_command("check_search_index", "--repair")
    clock.forget()
    assert list(problems(now)) == []
    assert total(now, q="solar", kind=frozenset({"festival"})) == 1


def test_an_edit_mends_the_damaged_row_it_meets(now, editor):
    first, second = published(editor, kind="festival"), OpportunityFactory(kind="festival")
    Posting.objects.filter(term=b"kind:festival").update(bits=b"garbage")
    editorial.publish(second, by=editor)
    assert total(now, kind=frozenset({"festival"})) == 2
    assert list(problems(now)) == []
    assert first.pk != second.pk


def test_only_what_differs_is_written(now, editor):
    item = published(editor, title="Solar power")
    before = Version.objects.numbers()[index.INDEX]
    with editorial.revise(item, by=editor, reason="Better."):
        item.kind = "festival"
        item.save()
    moved = Posting.objects.filter(version__gt=before)
    assert {bytes(row.term) for row in moved} == {b"kind:festival", b"kind:scholarship"}


def test_a_removed_article_leaves_the_stage(now, editor):
    item = OpportunityFactory(called=True, article=ArticleFactory())
    editorial.publish(item, by=editor)
    call = Article.objects.get(nature="call")
    editorial.remove_article(call, by=editor, reason="Its owner asked.")
    assert total(now, stage=frozenset({"open"})) == 1
    assert list(problems(now)) == []
