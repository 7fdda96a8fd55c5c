import pytest

from tests.factories import CountryFactory, SectorFactory


@pytest.fixture
def world(db, now):
    """The countries and sectors that the articles here name; the clock of tests."""
    for code in ("KE", "MA", "TN", "CN", "KZ"):
        CountryFactory(iso2=code)
    energy, *_rest = [
        SectorFactory(slug=slug)
        for slug in ("energy", "education", "culture", "science", "tourism", "trade")
    ]
    SectorFactory(slug="green-energy", parent=energy)
