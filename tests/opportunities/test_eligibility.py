"""May this person apply? Three answers, never a guess."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opportunities.choices import AgeReference, Attribute, IscedLevel, Level, Mode
from opportunities.eligibility import (
    AgeRule,
    Applicant,
    CountryRule,
    Criteria,
    DatedDeadline,
    FeeRule,
    FieldRule,
    HeldRule,
    LanguageRule,
    Link,
    SoughtRule,
    Verdict,
    WordsRule,
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


# --- All kinds of rules, and anybody

SPANS = st.tuples(st.none() | st.integers(10, 40), st.none() | st.integers(10, 40))
ISCED = st.frozensets(st.sampled_from(IscedLevel.values), min_size=1)
FIELDS = st.frozensets(st.sampled_from(["06", "061", "07", "10", "101"]), min_size=1)
TONGUES = st.sampled_from(["en", "zh", "zh-Hant"])
GRADES = st.sampled_from(["", "A1", "B2", "C1", "HSK 4"])
AGE_RULES = st.builds(
    lambda span, reference, on: AgeRule(*span, reference, on),
    SPANS,
    st.sampled_from(AgeReference),
    SOME_DAYS.map(day),
)
SILENT = st.just(WordsRule()) | st.builds(
    lambda span: AgeRule(*span, AgeReference.NOT_STATED), SPANS
)
"""What a source leaves open for everybody."""
ANY_RULE = st.one_of(
    RULES,
    AGE_RULES,
    SILENT,
    st.builds(HeldRule, ISCED),
    st.builds(SoughtRule, ISCED),
    st.builds(FieldRule, FIELDS),
    st.builds(LanguageRule, TONGUES, GRADES),
    st.just(FeeRule()),
)
TOLD = {
    "nationalities": st.frozensets(CODES, min_size=1, max_size=2),
    "residence": CODES,
    "age": st.integers(1, 60),
    "held": st.sampled_from(IscedLevel.values),
    "sought": st.frozensets(st.sampled_from(Level.values), min_size=1, max_size=2),
    "fields": FIELDS,
    "languages": st.lists(st.tuples(TONGUES, GRADES), min_size=1, max_size=2).map(tuple),
    "pays": st.booleans(),
}
PROFILES = st.fixed_dictionaries({}, optional=TOLD).map(lambda told: Applicant(**told))
CRITERIA = st.builds(
    lambda rules, deadlines, starts_on: Criteria(tuple(rules), tuple(deadlines), starts_on),
    st.lists(ANY_RULE, min_size=1, max_size=4),
    DEADLINES,
    st.none() | SOME_DAYS.map(day),
)


@given(SILENT, PROFILES, ALL_LINKS, DEADLINES)
def test_no_profile_answers_what_the_source_leaves_open(asked, applicant, links, deadlines):
    [said] = verdicts(applicant, Criteria((asked,), tuple(deadlines)), links, NOW)
    assert said == UNKNOWN


@given(CRITERIA, ALL_LINKS)
def test_who_tells_nothing_is_told_nothing(criteria, links):
    assert set(verdicts(Applicant(), criteria, links, NOW)) == {UNKNOWN}


@given(CRITERIA, PROFILES, PROFILES, ALL_LINKS)
@settings(max_examples=150)
def test_knowing_more_never_makes_a_refusal_disappear(criteria, first, second, links):
    """More: what `first` left open is as `second` has it."""
    more = replace(
        first,
        **{
            name: getattr(second, name)
            for name in TOLD
            if getattr(first, name) == getattr(Applicant(), name)
        },
    )
    before = verdicts(first, criteria, links, NOW)
    after = verdicts(more, criteria, links, NOW)
    for was, now_is in zip(before, after, strict=True):
        assert was != FAILS or now_is == FAILS


BY_DAY = st.builds(
    rule,
    attribute=st.just(RESIDENCE),
    mode=st.sampled_from(Mode),
    countries=st.just(""),
    groupings=st.just([SCO]),
) | st.builds(lambda span: AgeRule(*span, AgeReference.DEADLINE), SPANS)
"""Rules whose answer turns on the day of a deadline."""


@given(
    BY_DAY,
    st.lists(st.builds(deadline, SOME_DAYS, CODES), min_size=1, max_size=2),
    st.integers(8, 42),
    CODES,
    LINKS,
    CODES,
)
@settings(max_examples=100)
def test_telling_a_nationality_never_makes_a_refusal_disappear(
    asked, deadlines, age, residence, known, nationality
):
    """Where every deadline is for some nationals, it decides on which day one is judged."""
    criteria = Criteria((asked,), tuple(deadlines))
    links = {residence: [replace(known, grouping=SCO)]}
    untold = Applicant(residence=residence, age=age)
    told = replace(untold, nationalities=frozenset({nationality}))
    [before], [after] = (verdicts(one, criteria, links, NOW) for one in (untold, told))
    assert before in {after, UNKNOWN}


@given(AGE_RULES, DEADLINES, st.integers(8, 42), st.integers(0, 366))
@settings(max_examples=100)
def test_birth_date_within_the_year_told_never_overturns_an_answer(asked, deadlines, age, days):
    """An answer from an age holds for every birth date that age allows."""
    criteria = Criteria((asked,), tuple(deadlines), date(2027, 3, 1))
    told = Applicant(age=age)
    first, last = told.born_between(NOW)
    exact = replace(told, born_on=min(first + timedelta(days=days), last))
    [vague], [sure] = (verdicts(applicant, criteria, {}, NOW) for applicant in (told, exact))
    assert vague in {sure, UNKNOWN}


# --- What only a profile in Python tells: no address carries it


@pytest.mark.parametrize(
    ("born_on", "on", "expected"),
    [
        ("1996-12-15", "2026-12-15", MEETS),  # 30 that day
        ("1995-12-16", "2026-12-15", MEETS),  # 31 the day after
        ("1995-12-15", "2026-12-15", FAILS),
        ("1996-02-29", "2027-02-28", MEETS),
        ("1996-02-29", "2027-03-01", FAILS),
    ],
)
def test_age_is_counted_on_the_very_day(born_on, on, expected):
    asked = AgeRule(None, 30, AgeReference.DATE, day(on))
    applicant = Applicant(born_on=day(born_on))
    assert verdicts(applicant, Criteria((asked,)), {}, NOW) == [expected]


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        (LanguageRule("en", "B2"), (("en", "C1"),), MEETS),
        (LanguageRule("en", "B2"), (("en", "B1"),), FAILS),
        (LanguageRule("en", "B2"), (("en", ""),), UNKNOWN),
        (LanguageRule("en", ""), (("en", ""),), MEETS),
        (LanguageRule("en", "B2"), (("fr", "C2"),), UNKNOWN),
        (LanguageRule("zh", "HSK 4"), (("zh-Hans", "hsk 4"),), MEETS),
        (LanguageRule("zh", "HSK 4"), (("zh", "B2"),), UNKNOWN),
        (LanguageRule("zh-Hant", ""), (("zh", "C1"),), UNKNOWN),
    ],
)
def test_language_is_compared_on_one_scale_only(asked, told, expected):
    assert verdicts(Applicant(languages=told), Criteria((asked,)), {}, NOW) == [expected]


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        ({"06"}, {"061"}, MEETS),
        ({"061"}, {"06"}, UNKNOWN),
        ({"06"}, {"07"}, FAILS),
        ({"061", "07"}, {"06", "071"}, MEETS),
    ],
)
def test_broad_field_includes_its_narrow_ones(asked, told, expected):
    applicant = Applicant(fields=frozenset(told))
    assert verdicts(applicant, Criteria((FieldRule(frozenset(asked)),)), {}, NOW) == [expected]


@pytest.mark.parametrize(("pays", "expected"), [(True, MEETS), (False, FAILS), (None, UNKNOWN)])
def test_fee_is_for_the_reader_to_accept(pays, expected):
    assert verdicts(Applicant(pays=pays), Criteria((FeeRule(),)), {}, NOW) == [expected]
