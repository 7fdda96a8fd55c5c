"""The aims, held on the samples outside the repository. Vocabularies are not to be tuned to these."""

import csv
import json
from pathlib import Path

import pytest
from django.conf import settings

from partnerships.ingestion.recognise import recognise
from partnerships.ingestion.recognise.spelling import country_named

DATA = Path(settings.BASE_DIR).parent / "shared/data"
ARTICLES, COUNTRIES = DATA / "articles", DATA / "countries"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="no samples beside the repository")


@pytest.fixture(scope="module")
def read():
    """Label and what was read, of every article."""
    return [
        (
            json.loads((folder / "label.json").read_text(encoding="utf-8")),
            recognise((folder / "text.txt").read_text(encoding="utf-8")),
        )
        for folder in sorted(ARTICLES.iterdir())
    ]


def test_language_is_told(read):
    right = [label["lang"] == recognised.language for label, recognised in read]
    assert sum(right) >= 0.95 * len(right)


def test_partners_are_found(read):
    pairs = [
        (set(label["partners"]), set(recognised.partners))
        for label, recognised in read
        if label["is_partnership"]
    ]
    hit = sum(len(gold & said) for gold, said in pairs)
    assert 2 * hit >= 0.9 * sum(len(gold) + len(said) for gold, said in pairs)


def test_countries_mentioned_are_found(read):
    missed = [
        code
        for label, recognised in read
        for code in {*label["partners"], *label["also_mentioned"]}
        - {mention.value for mention in recognised.countries}
    ]
    assert len(missed) <= 2  # Algeria is not named in a letter of an Algerian ministry


def test_the_founding_article_is_read_whole():
    text = (ARTICLES / "fr-seed-china-kazakhstan/text.txt").read_text(encoding="utf-8")
    read = recognise(text)
    assert set(read.partners) == {"CN", "KZ"} == {mention.value for mention in read.countries}
    assert {"sco", "belt-and-road"} <= {mention.value for mention in read.groupings}
    assert {
        *("energy", "nuclear-energy", "artificial-intelligence", "green-energy", "transport"),
        *("mining", "education", "culture"),
    } <= {mention.value for mention in read.sectors}


@pytest.mark.parametrize("name", ["countrynames_not_a_country"])
def test_what_is_no_country_is_accepted_nowhere(name):
    with (COUNTRIES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        strings = [row["name"] for row in csv.DictReader(file, delimiter="\t")]
    assert len(strings) > 10
    assert [s for s in strings if country_named(s) or recognise(s).countries] == []


def test_short_forms_and_traps_of_the_articles_are_read():
    with (COUNTRIES / "article_mentions.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wrong = []
    for row in rows:
        text = (ARTICLES / row["article"] / "text.txt").read_text(encoding="utf-8")
        place = text.lower().find(row["string"].lower())
        end = place + len(row["string"])
        read = recognise(text, language=row["lang"])
        found = {m.value for m in read.countries if m.start < end and place < m.end}
        if not set(row["iso2"].split(",")) <= found:
            wrong.append((row["string"], row["iso2"], found))
    assert wrong == []
