import pytest
from django.conf import settings
from django.utils import translation

from partnerships.names import (
    in_language,
    language_name,
    locale_of,
    sort_key,
    territory_name,
    text_direction,
)


@pytest.mark.parametrize(
    ("names", "language", "name"),
    [
        ({"en": "Energy", "fr": "Énergie"}, "fr", "Énergie"),
        ({"en": "Energy", "fr": "Énergie"}, "fr-CA", "Énergie"),
        ({"en": "Energy", "zh": "能源"}, "zh-hans", "能源"),
        ({"en": "Energy", "zh-Hans": "能源"}, "zh-hans", "能源"),
        ({"en": "Energy", "fr": "Énergie"}, "kk", "Energy"),
        ({"en": "Energy", "fr": ""}, "fr", "Energy"),
        ({"ru": "Энергия"}, "kk", "Энергия"),
        ({}, "fr", ""),
    ],
)
def test_in_language_falls_back_to_english_then_to_any(names, language, name):
    assert in_language(names, language) == name


def test_in_language_follows_the_page_and_survives_none():
    names = {"en": "Energy", "fr": "Énergie"}
    with translation.override("fr"):
        assert in_language(names) == "Énergie"
    with translation.override(None):
        assert in_language(names) == "Energy"


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("KZ", "en", "Kazakhstan"),
        ("KZ", "fr", "Kazakhstan"),
        ("CN", "fr", "Chine"),
        ("CN", "ar", "الصين"),
        ("XK", "en", "Kosovo"),
        ("CI", "en", "Côte d’Ivoire"),
        ("143", "fr", "Asie centrale"),
        ("ZZ9", "fr", "ZZ9"),
    ],
)
def test_territory_is_named_by_cldr(code, language, name):
    assert territory_name(code, language) == name


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [
        ("fr", "en", "French"),
        ("fr", "fr", "Français"),
        ("kk", "kk", "Қазақ тілі"),
        ("zh-Hans", "en", "Simplified Chinese"),
        ("qqq", "en", "Qqq"),
    ],
)
def test_language_is_named_with_a_capital(tag, language, name):
    assert language_name(tag, language) == name


@pytest.mark.parametrize("code", settings.ALL_LANGUAGES)
def test_every_interface_language_has_a_locale(code):
    assert locale_of(code).language == code.split("-")[0]
    assert text_direction(code) == ("rtl" if code == "ar" else "ltr")


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("", "auto"),
        ("ar-EG", "rtl"),
        ("fa", "rtl"),
        ("ug", "rtl"),
        ("he", "rtl"),
        ("kk", "ltr"),
        ("zh-Hans", "ltr"),
    ],
)
def test_text_direction_is_the_scripts(tag, direction):
    assert text_direction(tag) == direction


def test_sort_key_puts_accents_and_case_aside():
    assert sorted(["Zambie", "Égypte", "estonie", "Åland"], key=sort_key) == [
        "Åland", "Égypte", "estonie", "Zambie",
    ]  # fmt: skip
