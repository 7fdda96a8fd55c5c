"""May this person apply by their countries? Three answers, never a guess."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.choices import Attribute, Mode
from opportunities.eligibility import (
    Applicant,
    CountryRule,
    Criteria,
    DatedDeadline,
    Link,
    Verdict,
    best,
    is_known_not_to_fit,
    verdicts,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MEETS, FAILS, UNKNOWN = Verdict.MEETS, Verdict.DOES_NOT_MEET, Verdict.NOT_STATED
SCO, ASEAN = 1, 2
ONLY, EXCEPT = Mode.ONLY, Mode.EXCEPT
NATIONALITY, RESIDENCE, EITHER = Attribute.NATIONALITY, Attribute.RESIDENCE, Attribute.EITHER


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def link(grouping=SCO, since="2001-06-15", until="", member=True, verified=True) -> Link:
    return Link(grouping, member, verified, day(since), day(until))


def deadline(on: str, *nationals: str) -> DatedDeadline:
    closes_at = datetime.combine(day(on), datetime.max.time(), tzinfo=UTC)
    return DatedDeadline(day(on), closes_at, frozenset(nationals))


def rule(attribute=NATIONALITY, mode=ONLY, countries="KZ", groupings=()) -> CountryRule:
    return CountryRule(attribute, mode, frozenset(countries.split()), frozenset(groupings))


def ask(rule, nationalities="", residence="", links=None, deadlines=()) -> Verdict:
    applicant = Applicant(frozenset(nationalities.split()), residence)
    [verdict] = verdicts(applicant, Criteria((rule,), tuple(deadlines)), links or {}, NOW)
    return verdict


@pytest.mark.parametrize(
    ("attribute", "mode", "nationalities", "residence", "expected"),
    [
        (NATIONALITY, ONLY, "KZ", "", MEETS),
        (NATIONALITY, ONLY, "FR", "", FAILS),
        (NATIONALITY, ONLY, "", "", UNKNOWN),
        (NATIONALITY, ONLY, "", "KZ", UNKNOWN),
        (NATIONALITY, ONLY, "FR", "KZ", FAILS),
        (NATIONALITY, ONLY, "FR KZ", "", MEETS),
        (NATIONALITY, ONLY, "FR CN", "", FAILS),
        (NATIONALITY, EXCEPT, "KZ", "", FAILS),
        (NATIONALITY, EXCEPT, "FR", "", MEETS),
        (NATIONALITY, EXCEPT, "FR KZ", "", MEETS),
        (NATIONALITY, EXCEPT, "", "", UNKNOWN),
        (RESIDENCE, ONLY, "", "KZ", MEETS),
        (RESIDENCE, ONLY, "KZ", "", UNKNOWN),
        (RESIDENCE, ONLY, "KZ", "FR", FAILS),
        (RESIDENCE, EXCEPT, "", "KZ", FAILS),
        (RESIDENCE, EXCEPT, "KZ", "FR", MEETS),
        (EITHER, ONLY, "KZ", "", MEETS),
        (EITHER, ONLY, "", "KZ", MEETS),
        (EITHER, ONLY, "FR", "", UNKNOWN),
        (EITHER, ONLY, "", "FR", UNKNOWN),
        (EITHER, ONLY, "FR", "FR", FAILS),
        (EITHER, ONLY, "FR", "KZ", MEETS),
        (EITHER, ONLY, "FR CN", "FR", FAILS),
        (EITHER, ONLY, "FR KZ", "FR", MEETS),
        (EITHER, ONLY, "", "", UNKNOWN),
        (EITHER, EXCEPT, "KZ", "", UNKNOWN),
        (EITHER, EXCEPT, "KZ", "KZ", FAILS),
    ],
)
def test_country_rule_answers(attribute, mode, nationalities, residence, expected):
    assert ask(rule(attribute, mode), nationalities, residence) == expected


@pytest.mark.parametrize(
    ("links", "only", "all_except"),
    [
        ([], FAILS, MEETS),
        ([link()], MEETS, FAILS),
        ([link(since="")], UNKNOWN, UNKNOWN),
        ([link(verified=False)], UNKNOWN, UNKNOWN),
        ([link(member=False)], UNKNOWN, UNKNOWN),
        ([link(grouping=ASEAN)], FAILS, MEETS),
        ([link(until="2026-11-23")], FAILS, MEETS),
        ([link(until="2026-11-24")], MEETS, FAILS),
        ([link(since="2026-11-23")], MEETS, FAILS),
        ([link(since="2026-11-24")], FAILS, MEETS),
        ([link(until="2020-01-01", verified=False)], UNKNOWN, UNKNOWN),
        ([link(until="2020-01-01", member=False)], FAILS, MEETS),
        # observer first, member since
        ([link(until="2017-06-09", member=False), link(since="2017-06-09")], MEETS, FAILS),
        ([link(since="", member=False, verified=False), link()], MEETS, FAILS),
        # signatory, and said to be a member
        ([link(member=False), link(since="", verified=False)], UNKNOWN, UNKNOWN),
        # member, suspended since; then the suspension lifted
        ([link(), link(since="2022-01-31", member=False)], UNKNOWN, UNKNOWN),
        ([link(), link(since="2022-01-31", until="2025-01-01", member=False)], MEETS, FAILS),
        ([link(), link(member=False)], UNKNOWN, UNKNOWN),
    ],
)
def test_grouping_admits_only_a_verified_dated_member(links, only, all_except):
    known = {"UZ": links}
    assert ask(rule(groupings=[SCO]), "UZ", links=known) == only
    assert ask(rule(mode=EXCEPT, groupings=[SCO]), "UZ", links=known) == all_except


def test_countries_and_groupings_of_one_rule_are_alternatives():
    links = {"UZ": [link(), link(ASEAN, member=False)], "KZ": [link(verified=False)]}
    assert ask(rule(groupings=[SCO, ASEAN]), "UZ", links=links) == MEETS
    assert ask(rule(groupings=[ASEAN]), "UZ", links=links) == UNKNOWN
    assert ask(rule(countries="KZ", groupings=[SCO]), "KZ", links=links) == MEETS


@pytest.mark.parametrize(
    ("since", "deadlines", "expected"),
    [
        ("2026-12-01", [], FAILS),
        ("2026-12-01", [deadline("2026-12-15")], MEETS),
        ("2026-12-01", [deadline("2026-11-30")], FAILS),
        ("2026-12-01", [deadline("2026-11-30"), deadline("2026-12-15")], MEETS),
        ("2026-11-01", [deadline("2026-10-01")], MEETS),  # passed: today counts
        ("2026-11-01", [deadline("2026-10-01"), deadline("2026-12-15")], MEETS),
        ("2026-12-01", [deadline("2026-12-15", "KZ")], FAILS),  # not theirs: today counts
        ("2026-12-01", [deadline("2026-12-15", "KZ", "UZ")], MEETS),
        ("2026-12-01", [deadline("2026-11-30", "UZ"), deadline("2026-12-15", "KZ")], FAILS),
    ],
)
def test_membership_is_tested_on_the_deadlines_that_apply(since, deadlines, expected):
    links = {"UZ": [link(since=since)]}
    asked = rule(groupings=[SCO])
    assert ask(asked, "UZ", links=links, deadlines=deadlines) == expected


def test_membership_that_ends_before_every_deadline_does_not_admit():
    links = {"UZ": [link(until="2026-12-01")]}
    deadlines = [deadline("2026-12-15"), deadline("2027-01-15")]
    assert ask(rule(groupings=[SCO]), "UZ", links=links) == MEETS
    assert ask(rule(groupings=[SCO]), "UZ", links=links, deadlines=deadlines) == FAILS


def test_rules_are_answered_one_by_one_and_one_failure_is_enough():
    criteria = Criteria((rule(), rule(RESIDENCE, countries="FR"), rule(EITHER)))
    applicant = Applicant(frozenset({"KZ"}), "CN")
    assert verdicts(applicant, criteria, {}, NOW) == [MEETS, FAILS, MEETS]
    assert is_known_not_to_fit(applicant, criteria, {}, NOW)
    assert not is_known_not_to_fit(Applicant(), criteria, {}, NOW)


def test_no_rule_excludes_nobody():
    assert verdicts(Applicant(frozenset({"FR"})), Criteria(), {}, NOW) == []
    assert not is_known_not_to_fit(Applicant(frozenset({"FR"})), Criteria(), {}, NOW)


# --- Whatever the rules are

CODES = st.sampled_from(["KZ", "CN", "UZ", "FR"])
SOME_DAYS = st.sampled_from(["2001-01-01", "2020-01-01", "2026-11-23", "2026-12-01", "2027-02-01"])
LINKS = st.builds(
    link,
    grouping=st.sampled_from([SCO, ASEAN]),
    since=st.just("") | SOME_DAYS,
    until=st.just("") | SOME_DAYS,
    member=st.booleans(),
    verified=st.booleans(),
)
ALL_LINKS = st.dictionaries(CODES, st.lists(LINKS, max_size=3))
RULES = st.builds(
    rule,
    attribute=st.sampled_from(Attribute),
    mode=st.sampled_from(Mode),
    countries=st.sets(CODES).map(" ".join),
    groupings=st.sets(st.sampled_from([SCO, ASEAN])),
)
DEADLINES = st.lists(
    st.builds(deadline, SOME_DAYS) | st.builds(deadline, SOME_DAYS, CODES), max_size=3
)
RANK = [FAILS, UNKNOWN, MEETS]


@given(RULES, ALL_LINKS, DEADLINES)
def test_knowing_nothing_answers_nothing(asked, links, deadlines):
    assert ask(asked, links=links, deadlines=deadlines) == UNKNOWN


@given(RULES, st.sets(CODES), ALL_LINKS, DEADLINES)
def test_unknown_residence_never_fails_an_either_rule(asked, nationalities, links, deadlines):
    either = rule(EITHER, asked.mode, " ".join(asked.countries), asked.groupings)
    assert ask(either, " ".join(nationalities), links=links, deadlines=deadlines) != FAILS


@given(RULES, st.sets(CODES, min_size=1), CODES, st.just("") | CODES, ALL_LINKS, DEADLINES)
def test_one_more_nationality_is_never_worse(asked, held, more, residence, links, deadlines):
    before = ask(asked, " ".join(held), residence, links, deadlines)
    after = ask(asked, " ".join(held | {more}), residence, links, deadlines)
    assert RANK.index(after) >= RANK.index(before)


@given(RULES, CODES, ALL_LINKS, DEADLINES)
def test_unverified_links_alone_never_admit_nor_exclude(asked, country, links, deadlines):
    doubtful = {
        code: [Link(known.grouping, True, False, known.since, known.until) for known in known_links]
        for code, known_links in links.items()
    }
    by_grouping = rule(NATIONALITY, asked.mode, "", asked.groupings)
    is_linked = any(known.grouping in asked.groupings for known in doubtful.get(country, ()))
    outside = FAILS if asked.mode == ONLY else MEETS
    expected = UNKNOWN if is_linked else outside
    assert ask(by_grouping, country, links=doubtful, deadlines=deadlines) == expected


@given(st.lists(st.sampled_from(Verdict)))
def test_best_is_the_highest(answers):
    assert best(answers) == max(answers, key=RANK.index, default=FAILS)
