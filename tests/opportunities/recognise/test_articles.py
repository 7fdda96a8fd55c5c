"""Real articles, kept outside the repository."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from opportunities.recognise import Standing, offers

ARTICLES = Path(settings.BASE_DIR).parent / "shared" / "data" / "articles"
FOLDERS = sorted(ARTICLES.glob("*/label.json"))

pytestmark = pytest.mark.skipif(not FOLDERS, reason="the articles in ../shared are not here")


def read(name: str) -> tuple[dict, str]:
    folder = ARTICLES / name
    label = json.loads((folder / "label.json").read_text(encoding="utf-8"))
    return label, (folder / "text.txt").read_text(encoding="utf-8")


def offers_of(name: str):
    label, text = read(name)
    published = date.fromisoformat(label["published"]) if label["published"] else None
    return offers(text, language=label["lang"], published_on=published)


def test_founding_article_announces_its_six_promises_and_calls_for_none():
    found = offers_of("fr-seed-china-kazakhstan")
    assert {offer.standing for offer in found} == {Standing.ANNOUNCED}
    assert sorted(offer.kind for offer in found) == [
        "cultural-tour",
        "entrepreneurship",
        "exchange",
        "festival",
        "internship",
        "research-grant",
    ]
    wish = next(offer for offer in found if offer.kind == "festival")
    assert (wish.speaker_role, wish.speaker_name) == ("official", "Nurtleu")


@pytest.mark.parametrize("name", [path.parent.name for path in FOLDERS])
def test_offer_rests_on_the_very_words_of_its_article(name):
    _, text = read(name)
    for offer in offers_of(name):
        assert offer.quote == text[offer.start : offer.end]
        assert 0 < len(offer.quote) <= 300


@pytest.mark.parametrize("name", [path.parent.name for path in FOLDERS])
def test_no_call_is_claimed_where_there_is_none(name):
    label, _ = read(name)
    if not any(said["status"] == "open" for said in label["opportunities"]):
        assert Standing.CALL not in {offer.standing for offer in offers_of(name)}
