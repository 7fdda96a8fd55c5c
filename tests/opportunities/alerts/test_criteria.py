"""A filter in words, and the one that an opportunity suggests."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils import translation

from opportunities.alerts.criteria import criteria_of, read_again, storable, suggested_by, to_keep
from opportunities.filters import OpportunityFilter, Query
from opportunities.labels import Labels
from tests.factories import OpportunityFactory, SectorFactory
from tests.indexing import follower

pytestmark = pytest.mark.django_db


def words(query: str) -> dict[str, str]:
    read = OpportunityFilter(QueryDict(query)).query
    return {line.label: line.value for line in criteria_of(read, Labels())}


def test_values_of_one_criterion_are_alternatives_and_stages_are_said():
    assert words("kind=festival&kind=exchange&q=silk") == {
        "Search": "silk",
        "Kind": "Exchange or Festival",
        "Stage": "Open or Opens soon",
        "Sort by": "Best match",
    }
    assert words("stage=all")["Stage"] == "Every stage"


def test_words_are_in_the_readers_language():
    with translation.override("fr"):
        assert words("kind=festival&kind=exchange")["Type"] == "Échange ou Festival"


def test_page_is_not_part_of_what_is_stored():
    assert storable(Query(kind=frozenset({"festival"}), page=7)) == "kind=festival"


def test_alert_keeps_of_its_reader_a_nationality_at_most_and_only_to_hide_by():
    told = Query(
        kind=frozenset({"festival"}),
        nationality=frozenset({"KZ"}),
        residence="FR",
        age=17,
        held="3",
    )
    assert storable(to_keep(told)) == "kind=festival&nationality=KZ"
    assert storable(to_keep(replace(told, unfit="shown"))) == "kind=festival"


@pytest.mark.parametrize(
    ("asked", "is_read"),
    [
        ("kind=festival", True),
        ("", True),
        ("kind=festival&mood=happy", False),
        ("kind=gone", False),
        ("kind=festival&kind=gone", False),
        ("sector=gone", False),
        ("partnership=hidden", False),
    ],
)
def test_stored_filter_is_understood_whole_or_not_at_all(now, asked, is_read):
    assert (read_again(asked, now) is not None) is is_read


def test_suggestion_is_as_narrow_as_something_else_fits(now):
    SectorFactory(slug="energy")
    item = OpportunityFactory(published=True, kind="fellowship", levels=["doctorate"])

    def suggested() -> str:
        follower.bring_up()
        return storable(suggested_by(item, now))

    assert suggested() == "kind=fellowship"
    OpportunityFactory(published=True, kind="fellowship")
    assert suggested() == "kind=fellowship&sector=energy"
    OpportunityFactory(published=True, kind="fellowship", levels=["doctorate", "master"])
    assert suggested() == "kind=fellowship&sector=energy&level=doctorate"
