"""Values are found by any of their names, in every interface language."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from opportunities.choices import Kind
from opportunities.search.asking import Word, read
from opportunities.search.names import NameTable, closed_names_of, read_names, written_names
from opportunities.search.text import fold, stems_of
from partnerships.models import Sector
from partnerships.reference import load_reference_data
from partnerships.reference import read as read_table
from tests.factories import PartnershipFactory

SHARED = Path(__file__).resolve().parents[4] / "shared/data/countries"
CODES = {row["iso2"] for row in read_table("countries")}


@pytest.fixture(scope="module")
def closed() -> NameTable:
    return NameTable(closed_names_of(CODES))


def values_of(table: NameTable, q: str) -> frozenset:
    """What a question that only names something finds: by every one of its words."""
    return frozenset.intersection(*(table.named(word) for word in read(q).words))


@pytest.mark.parametrize(
    ("q", "value"),
    [
        *((name, ("country", "KZ")) for name in ["Kazakhstan", "Казахстан", "哈萨克斯坦"]),
        *((name, ("country", "KZ")) for name in ["Қазақстан", "كازاخستان", "kazakhs", "哈萨"]),
        *((name, ("country", "CI")) for name in ["Côte d'Ivoire", "Ivory Coast", "cote d ivoire"]),
        *((name, ("country", "GB")) for name in ["UK", "U.K.", "Great Britain", "Англия"]),
        *((name, ("country", "US")) for name in ["USA", "U.S.", "EE.UU.", "США", "АҚШ", "美国"]),
        *((name, ("country", "KR")) for name in ["South Korea", "Republic of Korea", "南韩"]),
        *((name, ("country", "CD")) for name in ["DRC", "RDC", "ДРК", "Zaïre"]),
        ("Burma", ("country", "MM")),
        ("Swaziland", ("country", "SZ")),
        ("Holland", ("country", "NL")),
        ("Viet Nam", ("country", "VN")),
        ("России", ("country", "RU")),
        ("Hong Kong", ("country", "HK")),
        *(
            (name, ("kind", "scholarship"))
            for name in ["bursary", "bourses", "стипендий", "奖学金"]
        ),
        *((name, ("kind", "scholarship")) for name in ["منحة دراسية", "beca", "шәкіртақы"]),
        *(
            (name, ("kind", "internship"))
            for name in ["stage", "traineeship", "стажировки", "实习"]
        ),
        *((name, ("kind", "internship")) for name in ["estágio", "prácticas", "тағылымдама"]),
        *((name, ("sector", "artificial-intelligence")) for name in ["AI", "IA", "ИИ", "机器学习"]),
        *((name, ("grouping", "sco")) for name in ["ШОС", "OCS", "上合组织"]),
    ],
)
def test_named_finds_a_value_by_its_everyday_names(closed, q, value):
    assert value in values_of(closed, q)


@pytest.mark.parametrize(
    ("q", "value"),
    [
        ("Scotland", ("country", "GB")),
        ("Ireland", ("country", "GB")),
        ("European Union", ("country", "EU")),
        ("it", ("sector", "digital")),
        ("eau", ("country", "AE")),
        ("international", ("sector", "development")),
        ("Niger ", ("country", "NG")),
        ("Guinée", ("country", "GY")),
    ],
)
def test_named_finds_no_value_by_what_is_not_its_name(closed, q, value):
    assert closed.named(Word("kazakhstan"))  # there is something to be found
    assert value not in values_of(closed, q)


def test_named_finds_by_a_beginning_only_what_may_go_on(closed):
    assert ("country", "KZ") in closed.named(Word("kazakh", is_prefix=True))
    assert ("country", "KZ") not in closed.named(Word("kazakh"))
    assert ("kind", "scholarship") in closed.named(Word("bourg", True, "bour"))
    assert ("kind", "scholarship") not in closed.named(Word("bourg", True, "bourg"))


def test_called_finds_words_next_to_each_other_in_one_name():
    table = NameTable(
        [
            (("country", "SA"), "Kingdom of Saudi Arabia"),
            (("country", "AE"), "Arabia Felix"),
            (("country", "AE"), "Saudi neighbour"),
            (("country", "CI"), "哈萨克斯坦"),
        ]
    )
    assert table.called(("saudi", "arabia")) == {("country", "SA")}
    assert table.called(("arabia",)) == {("country", "SA"), ("country", "AE")}
    assert table.called(("arabia", "saudi")) == frozenset()
    assert table.called(("kingdom", "saudi")) == frozenset()
    assert table.called(("萨克", "克斯")) == {("country", "CI")}
    assert table.called(("saudi", "unheard")) == frozenset()
    assert table.called(()) == frozenset()


def test_words_are_folded_and_distinct():
    table = NameTable([(("kind", "a"), "Bourses d’études"), (("kind", "b"), "Études 哈萨克")])
    assert table.words() == ["bourses", "etudes", "哈萨克"]


# --- What is read


@pytest.fixture
def reference(db):
    load_reference_data()


def test_read_names_knows_every_row_by_each_of_its_names(reference):
    table = read_names()
    for sector in Sector.objects.all():
        for name in sector.names.values():
            assert ("sector", sector.slug) in table.called(tuple(stems_of(name)))
    assert ("grouping", "sco") in table.named(Word("sco"))
    assert {value for parameter, value in table.named(Word("chin"))} >= {"CN"}


def test_read_names_takes_partnerships_that_are_public(reference):
    PartnershipFactory(published=True, slug="seen", names={"en": "Zephyr Pact", "ru": "Зефир"})
    PartnershipFactory(slug="draft", names={"en": "Zephyr Draft"})
    PartnershipFactory(withdrawn=True, slug="gone", names={"en": "Zephyr Past"})
    PartnershipFactory(published=True, slug="nameless")
    assert read_names().named(Word("zephyr")) == {("partnership", "seen")}
    assert read_names().named(Word("зефир")) == {("partnership", "seen")}
    assert not [v for v in read_names().called(("chin",)) if v[0] == "partnership"]


def test_read_names_asks_the_same_queries_for_more_rows(reference, django_assert_num_queries):
    with django_assert_num_queries(4):
        read_names()
    for n in range(5):
        PartnershipFactory(published=True, names={"en": f"Pact {n}"})
    with django_assert_num_queries(4):
        read_names()


# --- names.csv


def test_written_names_are_of_values_that_exist():
    known = {
        "country": CODES,
        "kind": set(Kind.values),
        "sector": {row["slug"] for row in read_table("sectors")},
        "grouping": {row["slug"] for row in read_table("groupings")},
    }
    assert [value for value, _name in written_names() if value[1] not in known[value[0]]] == []


def test_written_names_of_kinds_are_in_every_language():
    with (Path(settings.BASE_DIR) / "opportunities/search/names.csv").open(
        encoding="utf-8"
    ) as file:
        rows = list(csv.DictReader(file))
    assert {row["language"] for row in rows} == set(settings.ALL_LANGUAGES)
    written = {(row["value"], row["language"]) for row in rows if row["parameter"] == "kind"}
    assert written == {
        (kind, language) for kind in Kind.values for language in settings.ALL_LANGUAGES
    }


def test_written_names_have_words_and_stand_once():
    names = [(value, fold(name)) for value, name in written_names()]
    assert all(stems_of(name) for _value, name in names)
    assert len(rows := [tuple(row) for row in names]) >= len(set(rows)) > 1_000


# --- Coverage, measured on lists we did not write


def rows_of(table: str) -> list[dict[str, str]]:
    if not SHARED.is_dir():
        pytest.skip("The lists of ../shared/data/countries are not here.")
    with (SHARED / table).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["iso2"] in CODES]


def found_of(closed: NameTable, rows: list[dict[str, str]]) -> float:
    found = [("country", row["iso2"]) in values_of(closed, row["name"] + " ") for row in rows]
    return sum(found) / len(found)


def test_countries_are_found_by_the_names_other_lists_have(closed):
    ours = {code.split("-")[0] for code in settings.ALL_LANGUAGES}
    cldr = [row for row in rows_of("cldr_territories.tsv") if row["lang"] in ours]
    named = rows_of("world_countries_names_demonyms.tsv")
    assert found_of(closed, [row for row in cldr if row["form"] == "main"]) >= 0.99
    assert found_of(closed, [row for row in cldr if row["form"] != "main"]) >= 0.85
    assert found_of(closed, [row for row in named if row["kind"] == "common"]) >= 0.97
