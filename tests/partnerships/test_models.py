import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partnerships.models import Partnership, PartnershipParty, Sector
from tests.factories import (
    CountryFactory,
    GroupingFactory,
    MembershipFactory,
    PartnershipFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "China–Kazakhstan"),
        ("fr", "Chine–Kazakhstan"),
        ("ru", "Китай–Казахстан"),
        ("zh-hans", "中国–哈萨克斯坦"),
        ("ar", "الصين–كازاخستان"),
        ("es", "China–Kazajistán"),
        ("pt", "China–Cazaquistão"),
        ("kk", "Қытай–Қазақстан"),
    ],
)
def test_partnership_is_named_after_its_parties_in_the_readers_language(language, name):
    partnership = PartnershipFactory(parties=["CN", "KZ"])
    with translation.override(language):
        assert str(partnership) == name


def test_partnership_names_a_grouping_among_its_parties():
    partnership = PartnershipFactory(parties=["KZ"])
    grouping = GroupingFactory(slug="eu", names={"en": "European Union", "fr": "Union européenne"})
    partnership.parties.create(grouping=grouping)
    with translation.override("fr"):
        assert partnership.name == "Kazakhstan–Union européenne"


def test_partnership_with_a_name_of_its_own_goes_by_it():
    partnership = PartnershipFactory(names={"en": "Silk Road Fund", "fr": "Fonds"})
    with translation.override("fr"):
        assert partnership.name == "Fonds"
    with translation.override("ru"):
        assert partnership.name == "Silk Road Fund"


def test_partnership_without_parties_is_named_by_its_address():
    bare = Partnership.objects.create(slug="bare")
    assert str(bare) == "bare"
    assert str(PartnershipParty(partnership=bare)) == ""


@pytest.mark.parametrize(
    "names", [["Silk Road"], "Silk Road", {"en": ""}, {"en": ["x"]}, {"en": 1}, {"en": "a\x00"}]
)
@pytest.mark.parametrize("make", [PartnershipFactory, GroupingFactory, SectorFactory])
def test_names_by_language_are_texts(make, names):
    row = make()
    row.names = names
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "names" in refused.value.message_dict


def test_for_names_takes_a_fixed_number_of_queries(django_assert_num_queries):
    for codes in (["CN", "KZ"], ["FR", "KZ", "UZ"]):
        PartnershipFactory(parties=codes)
    with django_assert_num_queries(3):
        assert len([str(row) for row in Partnership.objects.for_names()]) == 2


@pytest.mark.parametrize(
    ("state", "is_visible"),
    [
        ({}, False),
        ({"in_review": True}, False),
        ({"withdrawn": True}, False),
        ({"published": True}, True),
    ],
)
def test_visible_is_published_and_nothing_else(state, is_visible):
    row = PartnershipFactory(**state)
    assert row.is_visible == is_visible
    assert Partnership.objects.visible().exists() == is_visible
    assert Partnership.objects.withdrawn().exists() == ("withdrawn" in state)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "Upper",
        "two--hyphens",
        "-first",
        "last-",
        "dot.ics",
        "é",
        "under_score",
        "a b",
        "a\n",
        "x" * 121,
    ],
)
def test_slug_is_refused(slug):
    with pytest.raises(ValidationError) as refused:
        Partnership(slug=slug).full_clean()
    assert "slug" in refused.value.message_dict


def test_sectors_have_two_levels():
    energy = SectorFactory(slug="energy")
    green = SectorFactory(slug="green-energy", parent=energy)
    green.full_clean()
    with pytest.raises(ValidationError, match="two levels"):
        Sector(slug="solar", parent=green, position=1, names={"en": "Solar"}).clean()


@pytest.mark.parametrize(
    ("since", "until", "day", "is_in_force"),
    [
        ("2001-06-15", None, "2001-06-14", False),
        ("2001-06-15", None, "2001-06-15", True),
        ("2001-06-15", "2020-01-01", "2019-12-31", True),
        ("2001-06-15", "2020-01-01", "2020-01-01", False),
        (None, None, "1999-01-01", True),
        (None, "2020-01-01", "2020-01-01", False),
    ],
)
def test_membership_is_half_open(since, until, day, is_in_force):
    link = MembershipFactory(since=since, until=until)
    assert type(link).objects.on(day).exists() == is_in_force


def test_members_are_no_observers():
    member = MembershipFactory()
    MembershipFactory(status="observer", country=CountryFactory(iso2="MN"))
    assert type(member).objects.members().get() == member
    assert str(member).startswith("KZ · ")
