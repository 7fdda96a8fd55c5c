from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.models import Country, Grouping, Membership, Region, Sector
from partnerships.reference import load_reference_data, read

pytestmark = pytest.mark.django_db


def test_load_reference_data_writes_every_row_of_the_files():
    counts = load_reference_data()
    assert counts["country added"] == Country.objects.count() == len(read("countries"))
    assert counts["region added"] == Region.objects.count() == len(read("regions"))
    assert counts["grouping added"] == Grouping.objects.count() == len(read("groupings"))
    assert counts["sector added"] == Sector.objects.count() == len(read("sectors"))
    assert counts["membership added"] == Membership.objects.count() == len(read("memberships"))


def test_load_reference_data_twice_is_the_same_as_once(django_assert_max_num_queries):
    load_reference_data()
    with django_assert_max_num_queries(12):
        assert load_reference_data() == Counter()


def test_load_reference_data_keeps_what_is_known_apart_from_what_is_not():
    load_reference_data()
    kazakhstan = Membership.objects.get(country="KZ", grouping__slug="sco", status="member")
    assert (kazakhstan.since, kazakhstan.until) == (date(2001, 6, 15), None)
    undated = Membership.objects.filter(since=None, is_verified=True)
    assert not undated.exists()
    mediation = Grouping.objects.get(slug="international-organization-for-mediation")
    assert not mediation.memberships.filter(country="KZ").exists()


def test_load_reference_data_names_sectors_and_groupings_in_every_language():
    load_reference_data()
    languages = {"en", "fr", "ru", "zh", "ar", "es", "pt", "kk"}
    for row in [*Sector.objects.all(), *Grouping.objects.all()]:
        assert set(row.names) == languages, row.slug
    assert Sector.objects.get(slug="green-energy").parent.slug == "energy"


def test_load_reference_data_writes_a_changed_row_again_and_keeps_added_ones():
    load_reference_data()
    Membership.objects.filter(country="KZ", grouping__slug="sco").update(source="a slip")
    Sector.objects.filter(slug="rail").update(names={"en": "Trains"})
    Sector.objects.create(slug="fisheries", position=900, names={"en": "Fisheries"})
    counts = load_reference_data()
    assert counts == {"membership changed": 1, "sector changed": 1}
    assert Sector.objects.get(slug="rail").names["en"] == "Rail"
    assert Sector.objects.filter(slug="fisheries").exists()


def test_the_command_writes_nothing_on_a_dry_run():
    out = StringIO()
    call_command("load_reference_data", "--dry-run", stdout=out)
    assert "country added: 250" in out.getvalue()
    assert not Country.objects.exists()
