"""What a page offers instead: of the same kind or sector, and open."""

import pytest
from django.utils import timezone

from opportunities.similar import MOST, similar_to
from tests.factories import OpportunityFactory
from tests.indexing import index_everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def offer(kind: str, sector: str, **states):
    return OpportunityFactory(
        **{"published": True, "called": True, **states},
        kind=kind,
        sectors=[sector],
    )


@pytest.fixture
def item():
    return offer("internship", "energy")


def similar(item) -> list[int]:
    index_everything()
    return similar_to(item, timezone.now())


def test_similar_shares_kind_and_sector_first_then_kind_then_sector(item):
    by_sector = offer("scholarship", "energy")
    by_kind = offer("internship", "culture")
    by_both = offer("internship", "energy")
    offer("scholarship", "culture")
    assert similar(item) == [by_both.pk, by_kind.pk, by_sector.pk]


def test_similar_is_neither_itself_nor_more_than_a_few(item):
    others = [offer("internship", "energy").pk for _ in range(MOST + 2)]
    assert similar(item) == others[:MOST]


@pytest.mark.parametrize(
    "state",
    [
        {"called": False},
        {"published": False, "in_review": True},
        {"withdrawn": True, "published": False},
    ],
)
def test_similar_is_public_and_can_be_applied_for(item, state):
    offer("internship", "energy", **state)
    assert similar(item) == []


def test_page_ends_with_what_is_like_it(client, item):
    other = offer("internship", "energy", title="Another internship")
    content = client.get(item.get_absolute_url()).content.decode()
    assert "Like this, open or opening soon" in content
    assert (
        f'href="{other.get_absolute_url()}"' in content.split("Like this, open or opening soon")[1]
    )
