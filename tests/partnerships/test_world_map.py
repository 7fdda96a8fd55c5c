"""The map: where places lie, what is joined, what part of the world is shown."""

import re

import pytest

from partnerships.models import PartnershipParty
from partnerships.reference import read
from partnerships.world_map import HEIGHT, WIDTH, Bow, placed, places, view_box, world_map
from tests.factories import GroupingFactory, OpportunityFactory, PartnershipFactory


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def test_every_country_has_a_place_on_the_map():
    assert places().keys() == {row["iso2"] for row in read("countries")}
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places().values())


@pytest.mark.parametrize(
    ("west", "east"), [("US", "FR"), ("FR", "KZ"), ("KZ", "CN"), ("CN", "JP"), ("PE", "BR")]
)
def test_places_lie_west_and_east_of_each_other(west, east):
    assert places()[west][0] < places()[east][0]


def test_equal_areas_are_equal_on_the_map():
    """A cell of 10° by 10° at 60° N covers half of one at the equator, by the sines of its edges."""

    def area(south: int) -> float:
        corners = [
            placed(x, y) for x, y in ((5, south), (15, south), (15, south + 10), (5, south + 10))
        ]
        pairs = zip(corners, corners[1:] + corners[:1], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2

    assert area(55) / area(-5) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("ends", [((0, 90), (90, 90)), ((90, 90), (0, 90))])
def test_arcs_bend_to_the_north_whichever_end_is_first(ends):
    assert Bow(*ends).bend == (45, 54)


def test_arc_runs_through_no_third_place_where_it_can_bow_otherwise():
    start, end = (0, 400), (400, 400)
    straight = Bow(start, end)
    in_the_way = straight.top
    assert straight.touches([in_the_way])
    clear = Bow.clear_of([start, in_the_way, end], start, end)
    assert clear != straight
    assert not clear.touches([in_the_way])
    assert Bow.clear_of([start, end], start, end) == straight


@pytest.mark.django_db
@pytest.mark.parametrize(("standing", "is_faint"), [("active", False), ("suspended", True)])
def test_arc_of_what_is_not_in_force_is_faint(standing, is_faint):
    drawn = world_map([PartnershipFactory(standing=standing)])
    assert drawn.arcs[0].is_faint is is_faint


def test_view_box_holds_all_places_in_the_proportion_of_the_map():
    x, y, width, height = numbers(view_box([(1800, 800), (1700, 100)]))
    assert x <= 1700 and 1800 <= x + width <= WIDTH
    assert y <= 100 and 800 <= y + height <= HEIGHT
    assert abs(width / height - WIDTH / HEIGHT) < 0.01


@pytest.mark.django_db
def test_map_joins_each_two_of_few_parties_and_the_first_with_each_of_many():
    few = PartnershipFactory(parties=["KZ", "CN", "FR"])
    many = PartnershipFactory(parties=["KZ", "CN", "FR", "KE", "BR"])
    assert world_map([few]).arcs[0].path.count("M") == 3
    assert world_map([many]).arcs[0].path.count("M") == 4
    assert [point.url for point in world_map([few, many]).points][0] == "/countries/kz/"


@pytest.mark.django_db
def test_map_is_left_out_where_no_two_countries_are_joined():
    with_a_grouping = PartnershipFactory(parties=["KZ"])
    PartnershipParty.objects.create(partnership=with_a_grouping, grouping=GroupingFactory())
    assert world_map([with_a_grouping]) is None


@pytest.mark.django_db
def test_first_page_draws_what_brings_most_and_lists_it(client):
    drawn = PartnershipFactory(published=True, parties=["KZ", "CN"])
    OpportunityFactory(published=True, partnerships=[drawn])
    html = client.get("/").content.decode()
    assert html.count(drawn.get_absolute_url()) >= 2  # an arc and a line of the list
    assert Bow(places()["KZ"], places()["CN"]).bend == Bow(places()["CN"], places()["KZ"]).bend
    assert "M{} {}h0".format(*places()["KZ"]) in html
