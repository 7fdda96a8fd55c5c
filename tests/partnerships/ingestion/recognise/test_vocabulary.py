import pytest
from django.conf import settings

from partnerships.ingestion.recognise.inflection import russian, without_endings
from partnerships.ingestion.recognise.vocabulary import (
    NAME,
    VOCABULARY,
    countries_in,
    known_countries,
    languages,
    relations_in,
    rows,
    settings_of,
    topics_in,
)
from partnerships.ingestion.recognise.words import words_of
from partnerships.names import locale_of

KEYS = {
    *(
        "declension",
        "endings",
        "shortest",
        "people",
        "bare",
        "names",
        "keeps_accents",
        "nouns_are_capital",
    ),
    *(
        "none",
        "doubtful",
        "place_words",
        "against",
        "relations",
        "no_topic",
        "groupings",
        "sectors",
    ),
    *("offices_before", "offices_after", "short"),
}


@pytest.mark.parametrize("language", languages())
def test_files_are_read_whole(language):
    assert set(settings_of(language)) <= KEYS
    table = rows(VOCABULARY / f"{language}.csv")
    assert {code for row in table for code in row["country"].split("|")} <= known_countries()
    assert all(None not in row for row in table)  # a cell too many
    assert topics_in(language).find is not None and relations_in(language).find is not None


@pytest.mark.parametrize("language", settings.ALL_LANGUAGES)
def test_every_interface_language_has_files(language):
    assert language.split("-")[0] in languages()


@pytest.mark.parametrize("language", settings.ALL_LANGUAGES)
def test_every_name_of_cldr_is_found_as_its_country(language):
    lexicon, missed = countries_in(language.split("-")[0]), []
    for code in known_countries():
        name = locale_of(language).territories[code]
        hits = [hit for hit in lexicon.find(name, words_of(name)) if hit.kind == NAME]
        if len(hits) != 1 or code not in hits[0].value.split("|"):
            missed.append((code, name, hits))
    assert missed == []


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("россия", "россиеи"),
        ("китаи", "китаем"),
        ("казахстан", "казахстане"),
        ("польша", "польшу"),
        ("беларусь", "беларуси"),
        ("филиппины", "филиппин"),
        ("кения", "кении"),
    ],
)
def test_russian_names_take_their_cases(name, form):
    assert form in russian(name)


@pytest.mark.parametrize("name", ["того", "мали", "перу", "чили", "сша"])
def test_russian_names_that_do_not_change_stay(name):
    assert set(russian(name)) == {name}


def test_only_whole_endings_are_taken_off():
    readings = without_endings(settings_of("kk")["endings"])
    assert "қазақстан" in readings("қазақстандағы")
    assert "чад" not in readings("чадыра")


def test_a_stem_is_a_word_only_where_it_can_be_one():
    texts = {"Siri contesta al español": ["español"], "un sirio y una iraní": ["sirio", "iraní"]}
    for text, expected in texts.items():
        hits = countries_in("es").find(text, words_of(text))
        assert [text[hit.start : hit.end] for hit in hits] == expected
