"""`answer(query, now)`: what it finds, counts and in which order."""

from datetime import date, timedelta

import pytest

from opportunities.filters import FACETS, Query
from opportunities.models import Opportunity
from opportunities.search.answer import answer
from tests.factories import (
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    GroupingFactory,
    MembershipFactory,
    OpportunityFactory,
    PartnershipFactory,
    SectorFactory,
)
from tests.indexing import follower

pytestmark = pytest.mark.django_db


def asked(now, **values):
    values = {k: frozenset([v]) if k in FACETS else v for k, v in values.items()}
    return answered(Query(**values), now)


def answered(query, now):
    follower.bring_up()
    return answer(query, now)


def found(now, **values):
    ids = asked(now, **values).page_ids
    return [Opportunity.objects.get(pk=pk).slug for pk in ids]


def opened(slug, **kwargs):
    return OpportunityFactory(published=True, called=True, slug=slug, **kwargs)


def due(slug, days, **kwargs):
    opportunity = opened(slug, application="by-deadline", **kwargs)
    DeadlineFactory(opportunity=opportunity, on=date(2026, 11, 23) + timedelta(days), zone="UTC")
    return opportunity


@pytest.mark.parametrize(
    ("asks", "fits", "does_not"),
    [
        ({"kind": "festival"}, {"kind": "festival"}, {"kind": "training"}),
        ({"audience": "student"}, {"audiences": ["student"]}, {"audiences": ["traveller"]}),
        ({"level": "master"}, {"levels": ["bachelor", "master"]}, {"levels": ["bachelor"]}),
        ({"language": "kk"}, {"languages": ["kk", "ru"]}, {"languages": ["ru"]}),
        ({"format": "online"}, {"format": "online"}, {"format": ""}),
        ({"funding": "not-stated"}, {"funding": "not-stated"}, {"funding": "full"}),
        ({"host": "KZ"}, {"places": ["KZ"]}, {"places": ["FR"]}),
        ({"country": "KZ"}, {"places": ["KZ"]}, {"places": ["FR"]}),
        ({"sector": "energy"}, {"sectors": ["energy"]}, {"sectors": ["health"]}),
    ],
)
def test_facet_narrows(now, asks, fits, does_not):
    opened("fits", **fits)
    opened("does-not", **does_not)
    assert found(now, **asks) == ["fits"]


def test_parent_sector_includes_its_children(now):
    SectorFactory(slug="green-energy", parent=SectorFactory(slug="energy"))
    opened("green", sectors=["green-energy"])
    assert found(now, sector="energy") == ["green"]


def test_country_is_a_party_or_member_today_of_a_grouping_that_is_one(now):
    grouping = GroupingFactory()
    MembershipFactory(grouping=grouping, country=CountryFactory(iso2="KG"))
    left = CountryFactory(iso2="GB")
    MembershipFactory(grouping=grouping, country=left, until=date(2026, 11, 23))
    observer = CountryFactory(iso2="MN")
    MembershipFactory(grouping=grouping, country=observer, status="observer")
    partnership = PartnershipFactory(published=True, parties=["CN", "KZ"])
    partnership.parties.create(grouping=grouping)
    opened("brought", partnerships=[partnership])
    assert found(now, country="KZ") == found(now, country="KG") == ["brought"]
    assert found(now, country="GB") == found(now, country="MN") == []


def test_framework_never_counts_for_a_country_but_for_its_grouping(now):
    grouping = GroupingFactory(slug="sco")
    MembershipFactory(grouping=grouping, country=CountryFactory(iso2="KG"))
    partnership = PartnershipFactory(published=True)
    partnership.frameworks.add(grouping)
    opened("brought", partnerships=[partnership])
    opened("named", groupings=[grouping])
    assert found(now, country="KG") == []
    assert sorted(found(now, grouping="sco")) == ["brought", "named"]


def test_nationality_leaves_out_only_what_is_known_not_to_admit(now):
    for code in ("KZ", "FR", "PE"):
        CountryFactory(iso2=code)
    opened("for-all")
    rule = {"kind": "countries", "attribute": "nationality", "text": ""}
    only = EligibilityRuleFactory(opportunity=opened("only-kz"), mode="only", **rule)
    only.countries.set(["KZ"])
    unsure = EligibilityRuleFactory(opportunity=opened("unsure"), mode="only", **rule)
    link = MembershipFactory(country_id="PE", country=None, is_verified=False)
    unsure.groupings.set([link.grouping])
    assert sorted(found(now, nationality="KZ")) == ["for-all", "only-kz"]
    assert found(now, nationality="FR") == ["for-all"]
    assert sorted(found(now, nationality="PE")) == ["for-all", "unsure"]
    assert asked(now).counts["nationality"] == {"KZ": 2, "FR": 1, "PE": 2}


def test_deadline_windows_are_whole_days_from_now(now):
    due("in-six", 6)
    due("in-eight", 8)
    opened("rolling")
    assert found(now, deadline="7") == ["in-six"]
    assert found(now, deadline="30") == ["in-six", "in-eight"]
    assert found(now, deadline="rolling") == ["rolling"]


def test_values_of_one_facet_are_ored_and_facets_anded(now):
    opened("a", kind="festival", format="online")
    opened("b", kind="training", format="online")
    opened("c", kind="training", format="on-site")
    query = Query(kind=frozenset({"festival", "training"}), format=frozenset({"online"}))
    assert answered(query, now).total == 2


def test_facet_is_counted_on_the_other_facets_alone(now):
    opened("a", kind="festival", format="online")
    opened("b", kind="training", format="online")
    opened("c", kind="training", format="on-site")
    counts = asked(now, kind="festival", format="online").counts
    assert counts["kind"] == {"festival": 1, "training": 1}
    assert counts["format"] == {"online": 1}


def test_every_count_is_what_that_value_alone_would_give(now):
    opened("a", kind="festival", format="online", audiences=["student"], places=["KZ"])
    opened("b", kind="training", format="online", languages=["fr"], levels=["master"])
    OpportunityFactory(published=True, kind="training", format="on-site")
    due("c", 5, kind="festival")
    kept = Query(kind=frozenset({"festival", "training"}))
    counts = answered(kept, now).counts
    for name in FACETS:
        for value, count in counts[name].items():
            alone = Query(**{**{"kind": kept.kind}, name: frozenset({value})})
            assert answered(alone, now).total == count, (name, value)


def test_text_is_found_in_any_version_without_accents_or_case(now):
    item = opened("solar", title="Énergie solaire")
    item.words.create(language="kk", origin="human", title="Күн энергиясы", summary="Грант")
    opened("other", title="Rail", sectors=["transport"])
    assert found(now, q="ENERGIE") == found(now, q="энергиясы") == ["solar"]


def test_nothing_found_says_what_dropping_each_filter_gives(now):
    opened("a", kind="festival")
    results = asked(now, kind="training", q="nowhere")
    assert (results.total, results.relaxed) == (0, {("q", "kind"): 1})
    assert asked(now, kind="training").relaxed == {("kind",): 1}


def test_many_filters_that_find_nothing_are_relaxed_as_dropping_them_would(now):
    SectorFactory(slug="energy")
    opened("near", kind="festival", format="online", audiences=["student"], levels=["master"])
    OpportunityFactory(published=True, kind="training", format="online")
    query = Query(
        q="nowhere", kind=frozenset({"training"}), stage=frozenset({"closed"}),
        format=frozenset({"online"}), audience=frozenset({"student"}), level=frozenset({"master"}),
        sector=frozenset({"energy"}), funding=frozenset({"full"}), language=frozenset({"fr"}),
        host=frozenset({"KZ"}), country=frozenset({"KZ"}), deadline=frozenset({"7"}),
        partnership=frozenset({"none"}), grouping=frozenset({"none"}),
    )  # fmt: skip
    relaxed = answered(query, now).relaxed
    assert relaxed
    for names, count in relaxed.items():
        assert answered(query.without(*names), now).total == count > 0


def test_announced_are_told_for_the_same_filters(now):
    OpportunityFactory(published=True, kind="festival")
    OpportunityFactory(published=True, kind="training")
    assert asked(now, kind="festival").announced == 1


def test_deadline_order_is_stale_last_then_undated_then_nearest(now):
    due("late", 20)
    due("soon", 2)
    opened("undated")
    due("stale", 1, verified_on=date(2026, 10, 1))
    opened(
        "opening", application="not-needed", opens_on=date(2026, 12, 1), ends_on=date(2027, 1, 1)
    )
    assert found(now) == ["soon", "opening", "late", "undated", "stale"]


def test_newest_order_is_by_publication_then_id(now):
    first, second = opened("first"), opened("second")
    Opportunity.objects.filter(pk=first.pk).update(published_at=now)
    assert found(now, sort="newest") == ["first", "second"]
    Opportunity.objects.filter(pk=second.pk).update(published_at=now)
    assert found(now, sort="newest") == ["second", "first"]


def test_title_matches_come_before_others_by_relevance(now):
    opened("in-summary", title="Rail", title__summary="About solar power")
    opened("in-title", title="Solar power")
    assert found(now, q="solar") == ["in-title", "in-summary"]


def test_page_beyond_the_last_is_the_last(now):
    for number in range(21):
        opened(f"item-{number}")
    results = asked(now, page=9)
    assert (results.page, results.pages, len(results.page_ids)) == (2, 2, 1)


@pytest.mark.parametrize("name", ["Kazakhstan", "казахстан", "哈萨克斯坦", "Қазақ", "كازاخستان"])
def test_country_is_found_by_its_name_in_every_interface_language(now, name):
    opened("there", places=["KZ"])
    opened("elsewhere", places=["FR"])
    assert found(now, q=name) == ["there"]


def test_kind_and_sector_are_found_by_their_names(now):
    SectorFactory(slug="energy", names={"en": "Energy", "fr": "Énergie"})
    opened("a", kind="internship", sectors=["energy"])
    opened("b", kind="festival", sectors=["health"])
    assert found(now, q="stage énergie") == ["a"]
