"""The article all this began with, from its text to what the public sees."""

from pathlib import Path

import pytest

from opportunities import editorial
from opportunities.choices import Stage
from opportunities.drafting import propose
from opportunities.models import Opportunity
from partnerships.ingestion.obtain import article_pasted
from partnerships.ingestion.store import store
from partnerships.models import Citation
from partnerships.reference import load_reference_data

from .reading import take_all

TEXT = (
    Path(__file__).resolve().parents[4] / "shared/data/articles/fr-seed-china-kazakhstan/text.txt"
)


@pytest.fixture
def founding(db, now):
    if not TEXT.exists():
        pytest.skip(f"{TEXT} is not here: the article's text is not in the repository")
    load_reference_data()
    return store(article_pasted(TEXT.read_text(encoding="utf-8")).reading).article


def test_the_founding_article_becomes_a_partnership_and_announced_promises(founding):
    proposal = propose(founding)
    assert {country.pk for country in proposal.partnership.parties} == {"CN", "KZ"}
    frameworks = {grouping.slug for grouping in proposal.partnership.frameworks}
    assert {"sco", "belt-and-road"} <= frameworks and "global-south" not in frameworks
    written = take_all(founding, publish=True)
    assert written.partnership.slug == "china-kazakhstan"
    kinds = {"research-grant", "internship", "cultural-tour", "exchange", "festival"}
    assert kinds <= {opportunity.kind for opportunity in written.drafted}
    for promise in Opportunity.objects.visible().for_card():
        assert promise.stage_at() == Stage.ANNOUNCED
        assert not (promise.official_page or promise.application or promise.deadlines.all())
    assert 0 < editorial.characters_of(founding) <= Citation.MAX_SHOWN_OF_ONE_ARTICLE


def test_each_of_its_three_ideas_gets_the_sector_said_of_it(founding):
    sectors = {
        offer.offer.kind: [sector.slug for sector in offer.sectors]
        for offer in propose(founding).offers
    }
    assert sectors["research-grant"][0] == "artificial-intelligence"
    assert sectors["internship"] == ["green-energy"]
    assert "green-energy" not in sectors["cultural-tour"]
