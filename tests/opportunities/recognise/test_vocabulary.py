import tomllib

import pytest

from opportunities.choices import Audience, Kind
from opportunities.recognise.folding import folded
from opportunities.recognise.mentions import SAME
from opportunities.recognise.vocabulary import FOLDER, SIGNALS, any_of, vocabulary_of

from .cases import NO_CALLS, NOT_OFFERED, OFFERED

FILES = sorted(FOLDER.glob("*.toml"))
LISTS = {"none", "youth", "learning", "places", "units", "deadline", "speaking", "titles", "hosts", "abbreviations"}  # fmt: skip
TABLES = {"strong", "weak", "counted", "signals", "audiences", "numbers", "multipliers"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_has_the_parts_and_only_known_names(path):
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(words) == LISTS | TABLES
    assert set(words["strong"]) | set(words["weak"]) <= set(Kind.values)
    assert set(words["counted"]) <= {*Kind.values, SAME}
    assert set(words["strong"]) == set(Kind.values)
    assert set(words["signals"]) == set(SIGNALS)
    assert set(words["audiences"]) == set(Audience.values)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_words_have_letters_and_a_star_only_at_the_end_of_a_word(path):
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = [words[name] for name in ("strong", "weak", "counted", "signals", "audiences")]
    lists = [words[name] for name in LISTS] + [forms for t in tables for forms in t.values()]
    for form in (form for forms in lists for form in forms):
        assert any(c.isalnum() or c in "%$" for c in folded(form).text), form
        assert all("*" not in part[:-1] for part in form.split()), form


@pytest.mark.parametrize(
    "cases", [OFFERED, NOT_OFFERED, NO_CALLS], ids=["finds", "traps", "no calls"]
)
def test_every_language_is_tried(cases):
    assert {path.stem for path in FILES} == {case[0] for case in cases}


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("bourse*", "LES BOURSES", True),
        ("bourse", "les bourses", False),
        ("tour", "détour", False),
        ("étudiant*", "etudiants", True),
        ("will … offer", "will gladly and soon offer", True),
        ("will … offer", "will. Others offer", False),
        ("منحة", "وبالمنحة", True),
        ("奖学金", "政府奖学金名额", True),
        ("培养…人才", "培养更多人才", True),
        ("培养…人才", "培养，更多人才", False),
        ("छात्र", "छात्रों", False),
    ],
)
def test_form_is_found_as_written(form, text, found):
    assert bool(any_of([form]).search(folded(text).text)) is found


def test_unknown_language_has_no_vocabulary():
    assert vocabulary_of("xx") is None
