"""The pages that explain what stages and sources mean, and how to apply without being cheated."""

import pytest

from opportunities.choices import Stage
from opportunities.wording import STAGES

ADDRESSES = ["/how-we-know/", "/safe-applying/"]


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_explaining_page_asks_the_database_nothing(client, address, prefix):
    response = client.get(prefix + address)  # pytest-django lets no query pass here
    assert response.status_code == 200
    assert "mailto:" in response.content.decode()


def test_every_stage_is_explained_with_the_word_that_cards_use(client):
    html = client.get("/how-we-know/").content.decode()
    assert STAGES.keys() == set(Stage)
    for stage, meaning in STAGES.items():
        assert f"{stage.label}</b></dt><dd>{meaning}</dd>" in html


def test_days_within_which_offers_are_checked_are_those_of_the_settings(client, settings):
    settings.VERIFY_WITHIN_DAYS = {"open": 3, "rolling": 30, "announced": 41}
    html = client.get("/how-we-know/").content.decode()
    assert "checked again within 3 days" in html and "what is announced within 41" in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_explaining_page_is_found_from_every_page_and_the_sitemap(client, address):
    assert address in client.get("/").content.decode()
    assert address in client.get("/sitemap.xml").content.decode()
