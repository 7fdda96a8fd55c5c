"""Does it fit me? The rule in Python, the search and the page give one answer."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from opportunities.criteria import criteria_of, links_of
from opportunities.eligibility import Verdict, answers
from opportunities.filters import OpportunityFilter, Query
from opportunities.models import Opportunity
from opportunities.search.answer import answer
from opportunities.search.brute import answer_by_comparing
from tests.factories import (
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    GroupingFactory,
    MembershipFactory,
    OpportunityFactory,
)
from tests.indexing import follower

from .eligibility_cases import CASES, MEMBERSHIPS, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SLOW = pytest.mark.slow
LETTERS = {Verdict.MEETS: "y", Verdict.DOES_NOT_MEET: "n", Verdict.NOT_STATED: "?"}
STYLES = {"yes": "y", "no": "n", "unknown": "?"}
COUNTRIES = ["KZ", "UZ", "BY", "TJ", "IR", "MN", "TR", "IN", "VN", "FR", "CN"]
GROUPINGS = ["sco", "asean"]


@pytest.fixture
def items():
    """One open opportunity for each rule and its deadlines."""
    for code in COUNTRIES:
        CountryFactory(iso2=code)
    groupings = {slug: GroupingFactory(slug=slug) for slug in GROUPINGS}
    for code, slug, status, since, until, is_verified in MEMBERSHIPS:
        MembershipFactory(
            country=CountryFactory(iso2=code),
            grouping=groupings[slug],
            status=status,
            since=since and date.fromisoformat(since),
            until=until and date.fromisoformat(until),
            is_verified=is_verified,
        )
    made = {key: make(*key) for key in TABLE}
    follower.bring_up()
    return made


def make(rule: str, deadlines: str) -> Opportunity:
    item = OpportunityFactory(published=True, starts_on=date(2027, 3, 1))
    for written in deadlines.split():
        on, _, nationals = written.partition(":")
        DeadlineFactory(opportunity=item, on=date.fromisoformat(on)).countries.set(
            nationals.split() or []
        )
    kind, *said = rule.split()
    if kind == "fee":
        Opportunity.objects.filter(pk=item.pk).update(funding="fee")
    else:
        make_rule(item, kind, said)
    return item


def make_rule(item, kind, said) -> None:
    own = {"opportunity": item, "text": ""}
    if kind in {"nationality", "residence", "either"}:
        mode, *names = said
        rule = EligibilityRuleFactory(**own, kind="countries", attribute=kind, mode=mode)
        rule.countries.set([name for name in names if name.isupper()])
        rule.groupings.set([GroupingFactory(slug=name) for name in names if name.islower()])
    elif kind == "age":
        span, reference, *on = said
        low, high = (int(end) if end else None for end in span.split("-"))
        EligibilityRuleFactory(
            **own,
            kind="age",
            age_min=low,
            age_max=high,
            age_reference=reference,
            age_on=date.fromisoformat(on[0]) if on else None,
        )
    elif kind in {"held", "sought"}:
        EligibilityRuleFactory(**own, kind=f"level-{kind}", levels=said)
    elif kind == "field":
        EligibilityRuleFactory(**own, kind="field", fields=said)
    elif kind == "language":
        EligibilityRuleFactory(**own, kind="language", language=said[0], language_level=said[1])
    else:
        EligibilityRuleFactory(opportunity=item)


def query_of(case) -> Query:
    return OpportunityFilter(QueryDict(case.address)).query


def test_there_are_cases_enough_and_of_every_answer():
    assert len(CASES) >= 200
    assert {case.answer for case in CASES} == {"y", "n", "?"}


def test_rule_in_python_answers_as_the_table_says(items, now):
    wrong = []
    for case in CASES:
        item = Opportunity.objects.for_criteria().get(pk=items[case.rule, case.deadlines].pk)
        query = query_of(case)
        [said] = answers(query.applicant, criteria_of(item), links_of(COUNTRIES), now)
        if LETTERS[said.verdict] != case.answer:
            wrong.append((case, said))
    assert wrong == []


ASKS = [answer, pytest.param(answer_by_comparing, marks=SLOW)]


@pytest.mark.parametrize("ask", ASKS)
def test_search_leaves_out_just_what_the_table_refuses(items, now, ask):
    wrong, found = [], {}
    for case in CASES:
        about = query_of(case).about
        if about not in found:
            found[about] = found_by(ask, about, now)
        is_hidden = items[case.rule, case.deadlines].pk not in found[about]
        if is_hidden != case.is_hidden:
            wrong.append(case)
    assert wrong == []


def found_by(ask, about, now) -> set[int]:
    query = replace(about, stage=frozenset({"all"}))
    first = ask(query, now)
    assert first.total + first.left_out == len(TABLE)
    pages = range(1, first.pages + 1)
    return {pk for n in pages for pk in ask(replace(query, page=n), now).page_ids}


@pytest.mark.parametrize("ask", ASKS)
def test_search_says_by_which_rule_each_case_is_left_out(items, now, ask):
    """Each opportunity has one rule, so the numbers add up; the table names most of those refused."""
    for about in {query_of(case).about for case in CASES}:
        results = ask(replace(about, stage=frozenset({"all"})), now)
        assert sum(results.refused_by.values()) == results.left_out, about
    [alone] = [case for case in CASES if (case.rule, case.asks) == ("held 3 6", "///2")]
    by_level = ask(replace(query_of(alone).about, stage=frozenset({"all"})), now).refused_by
    assert by_level == {"level-held": 2}


@pytest.mark.parametrize("unfit", ["", "shown"])
def test_every_nationality_counts_what_it_would_give(items, now, unfit):
    """Whatever else was told: the number beside a nationality is the total once it is chosen."""
    every = {"stage": frozenset({"all"}), "unfit": unfit}
    others = {replace(query_of(case).about, nationality=frozenset()) for case in CASES}
    for about in {Query(), *others}:
        counts = answer(replace(about, **every), now).counts["nationality"]
        for code in COUNTRIES:
            chosen = replace(about, **every, nationality=frozenset({code}))
            assert answer(chosen, now).total == counts.get(code, 0), (about, code)


@pytest.mark.parametrize("ask", ASKS)
def test_who_asks_to_see_the_rest_sees_all_and_every_count_says_so(items, now, ask):
    query = Query(
        stage=frozenset({"all"}), nationality=frozenset({"FR"}), age=90, held="1", unfit="shown"
    )
    results = ask(query, now)
    assert (results.total, results.left_out, results.refused_by) == (len(TABLE), 0, {})
    assert results.counts["nationality"] == dict.fromkeys(COUNTRIES, len(TABLE))
    assert results.counts["kind"] == {"scholarship": len(TABLE)}


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=SLOW)])
def test_page_says_what_the_table_says(client, items, every):
    wrong = []
    for case in CASES[::every]:
        response = client.get(
            f"{items[case.rule, case.deadlines].get_absolute_url()}?{case.address}"
        )
        said = re.findall(r'<b class="fit (\w+)">', response.content.decode())
        expected = [case.answer] if case.asks else []
        if [STYLES[style] for style in said] != expected:
            wrong.append((case, said))
        assert (response.headers["Cache-Control"] == "no-store") == bool(case.asks), case
    assert wrong == []


@pytest.mark.django_db
def test_card_and_calendar_name_the_deadline_that_is_the_readers(client, now):
    item = OpportunityFactory(
        published=True, called=True, application="by-deadline", title="Two deadlines"
    )
    for code, on in (("MA", "2026-12-01"), ("SN", "2026-12-23")):
        deadline = DeadlineFactory(opportunity=item, on=date.fromisoformat(on))
        deadline.countries.set([CountryFactory(iso2=code)])
    CountryFactory(iso2="FR")
    said = {
        code: client.get(f"/opportunities/?nationality={code}").content.decode()
        for code in ("MA", "SN", "FR")
    }
    assert "for you" not in said["MA"]
    assert "for you: apply by 23 December 2026" in said["SN"]
    assert "no deadline for your nationality" in said["FR"]
    calendar = client.get("/opportunities/calendar.ics?nationality=SN").content.decode()
    assert "20261223" in calendar.replace("-", "") or "20261224" in calendar
    assert calendar.count("BEGIN:VEVENT") == 1
