"""An address → a Query, and back."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from opportunities.choices import Format, Kind, Stage
from opportunities.filters import (
    DEADLINE_DAYS,
    FACETS,
    ROLLING,
    SORTS,
    YOU,
    OpportunityFilter,
    Query,
    canonical_query,
)
from tests.factories import CountryFactory, PartnershipFactory, SectorFactory

pytestmark = pytest.mark.django_db


def read(address: str) -> OpportunityFilter:
    return OpportunityFilter(QueryDict(address))


def test_nothing_asked_is_the_empty_query():
    assert read("").query == Query()
    assert read("").unread == {}


def test_repeated_values_are_read_as_one_set():
    assert read("kind=festival&kind=internship").query.kind == {"festival", "internship"}


def test_every_parameter_of_the_product_is_read():
    CountryFactory(iso2="KZ")
    SectorFactory(slug="energy")
    PartnershipFactory(published=True, slug="pact")
    address = (
        "q=solar&kind=festival&stage=announced&audience=student&country=kz&host=KZ&nationality=KZ"
        "&sector=energy&partnership=pact&level=master&funding=full&language=zh-Hans"
        "&format=on-site&deadline=30&deadline=rolling&sort=newest&page=2"
    )
    filter = read(address)
    assert filter.unread == {}
    assert set(filter.query.chosen) == {"q", *FACETS} - {"grouping"}
    assert (filter.query.country, filter.query.page) == ({"KZ"}, 2)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("country=XX", "country"),
        ("page=abc", "page"),
        ("page=0", "page"),
        ("page=99999", "page"),
        ("deadline=-1", "deadline"),
        ("sort=;drop", "sort"),
        ("stage=open&stage=nonsense", "stage"),
        ("age=22&age=17", "age"),
        ("page=2&page=3", "page"),
        ("language=not a tag", "language"),
        ("q=" + "x" * 201, "q"),
        ("q=a%0Bb", "q"),
        ("q=!!!", "q"),
        ("&".join(f"kind=k{n}" for n in range(30)), "kind"),
    ],
)
def test_what_cannot_be_read_counts_as_absent_and_says_so(address, parameter):
    filter = read(address + "&audience=student")
    assert filter.query == Query(audience=frozenset({"student"}))
    assert list(filter.unread) == [parameter]
    assert filter.unread[parameter][0]


def test_what_was_told_of_a_reader_narrows_as_one_until_they_ask_for_the_rest():
    CountryFactory(iso2="KZ")
    told = "nationality=KZ&residence=KZ&age=22&held=6"
    assert read(f"kind=festival&{told}").query.narrowing == ["kind", YOU]
    assert read("kind=festival&age=22").query.narrowing == ["kind", YOU]
    shown = read(f"kind=festival&{told}&unfit=shown").query
    assert (shown.narrowing, shown.chosen) == (["kind"], ["kind", "nationality"])
    assert shown.without(YOU) == Query(kind=frozenset({"festival"}), unfit="shown")


def test_what_does_not_fit_is_asked_for_before_anything_is_told():
    """Else the counts of nationalities would be of another question than the one they lead to."""
    assert read("unfit=shown").query == read("unfit=shown&age=400").query == Query(unfit="shown")
    assert not read("unfit=shown").query.narrowing
    assert "unfit" in read("unfit=maybe&age=22").unread


def test_hidden_partnership_is_unknown():
    PartnershipFactory(slug="secret")
    assert "partnership" in read("partnership=secret").unread


def test_stages_default_to_open_and_upcoming_however_that_is_said():
    assert Query().stages == {Stage.OPEN, Stage.UPCOMING}
    assert read("stage=open&stage=upcoming").query == Query()
    assert read("stage=all").query.stages == set(Stage.values)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        (Query(), "deadline"),
        (Query(q="solar"), "relevance"),
        (Query(q="solar", sort="newest"), "newest"),
        (Query(stage=frozenset({"announced"})), "newest"),
        (Query(stage=frozenset({"announced", "open"})), "deadline"),
    ],
)
def test_order_follows_what_is_asked(query, order):
    assert query.order == order


sets = st.frozensets
queries = st.builds(
    Query,
    q=st.text("abc é", max_size=8).map(str.strip),
    kind=sets(st.sampled_from(Kind.values)),
    format=sets(st.sampled_from(Format.values)),
    deadline=sets(st.sampled_from([*DEADLINE_DAYS, ROLLING])),
    sort=st.sampled_from(["", *SORTS]),
    page=st.integers(1, 9_999),
)


@given(queries)
def test_canonical_query_reads_back_as_the_same_query(query):
    assert read(canonical_query(query)).query == query
