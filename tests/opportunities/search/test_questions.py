"""What readers type: words, phrases, exclusions, beginnings, names, misspellings and worse."""

import pytest

from opportunities.filters import Query
from opportunities.models import Opportunity, Words
from opportunities.search import matching
from opportunities.search.answer import answer
from partnerships.reference import load_reference_data
from tests.factories import OpportunityFactory, cite_official_call
from tests.indexing import follower

pytestmark = pytest.mark.django_db


def found(now, q, **asked) -> list[str]:
    follower.bring_up()
    ids = answer(Query(q=q, stage=frozenset({"all"}), **asked), now).page_ids
    return [Opportunity.objects.get(pk=pk).slug for pk in ids]


def public(slug, title, summary="-", text="", **kwargs) -> Opportunity:
    kwargs = {"kind": "training", "sectors": ["sport"]} | kwargs
    item = OpportunityFactory(published=True, slug=slug, title=title, **kwargs)
    item.words.update(summary=summary, text=text)
    return item


def test_all_words_must_stand_somewhere(now):
    public("both", "Solar grants", "for engineers")
    public("one", "Solar tours")
    assert found(now, "engineers solar") == ["both"]
    assert found(now, "solar nowhere") == []


def test_phrase_stands_together_in_one_text(now):
    public("together", "The power of solar energy")
    public("apart", "Solar days", "power of energy")
    public("across", "Great power", "of solar energy")
    assert sorted(found(now, "power of solar")) == ["across", "apart", "together"]
    assert found(now, '"power of solar"') == ["together"]
    assert found(now, "“solar energy”") == ["together", "across"]


def test_long_phrase_of_many_is_a_chain_of_pairs(now, monkeypatch):
    public("chain", "Wind power and solar wind", "power of the sun")
    public("said", "Solar wind power")
    assert found(now, '"solar wind power"') == ["said"]
    monkeypatch.setattr(matching, "READ_AT_MOST", 0)
    assert sorted(found(now, '"solar wind power"')) == ["chain", "said"]


def test_minus_leaves_out(now):
    public("plain", "Solar grants")
    public("windy", "Solar grants, wind too")
    assert found(now, "solar -wind") == ["plain"]
    assert found(now, '-"wind too"') == ["plain"]
    assert found(now, "-solar") == []


def test_last_word_may_be_begun_and_others_not(now):
    public("there", "Engineering scholarships")
    assert found(now, "scholar") == found(now, "engineering sch") == ["there"]
    assert found(now, "engin scholarships") == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Bourses de recherche", "bourse"),
        ("Стипендии для инженеров", "стипендия"),
        ("哈萨克斯坦太阳能奖学金", "太阳能"),
        ("منحة دراسية", "المنحة"),
        ("Қазақстан гранттары", "казакстан"),
        ("Énergie en Côte d’Ivoire", "cote d'ivoire"),
        ("ＳＯＬＡＲ", "solar"),
    ],
)
def test_spellings_and_endings_meet(now, written, asked):
    public("there", written)
    public("elsewhere", "Other things")
    assert found(now, asked) == ["there"]


@pytest.mark.parametrize(
    "name", ["Kazakhstan", "Казахстан", "哈萨克斯坦", "Kazajistán", "كازاخستان"]
)
def test_countries_are_found_by_name_in_any_language(now, name):
    load_reference_data()
    public("there", "A tour", places=["KZ"])
    public("elsewhere", "A tour", places=["FR"])
    assert found(now, f"tour {name}") == ["there"]


@pytest.mark.parametrize("name", ["Ivory Coast", "Côte d'Ivoire", '"Ivory Coast"'])
def test_countries_are_found_by_their_everyday_names(now, name):
    load_reference_data()
    public("there", "A tour", places=["CI"])
    public("elsewhere", "A tour on the coast", places=["FR"])
    assert found(now, name) == ["there"]


@pytest.mark.parametrize("name", ["AI", "IA", "ИИ", "人工智能", "artificial intelligence"])
def test_sectors_are_found_by_their_names_and_short_forms(now, name):
    load_reference_data()
    public("there", "A grant", sectors=["artificial-intelligence"])
    public("elsewhere", "A grant", sectors=["sport"])
    assert found(now, name) == ["there"]


def test_better_place_then_better_word_then_nearer_day_comes_first(now):
    public("text", "A tour", text="solar")
    public("summary", "A tour", "solar")
    public("title-of-press", "Solar tour")
    said = public("title-of-official", "Solar tour")
    said.citations.update(speaker_role="official", speaker_name="The minister")
    called = public("title-of-call", "Solar tour")
    cite_official_call(called)
    assert found(now, "solar") == [
        "title-of-call", "title-of-official", "title-of-press", "summary", "text",
    ]  # fmt: skip


def test_translation_is_found_in_each_of_its_languages(now):
    item = public("there", "Solar grants")
    Words.objects.create(
        opportunity=item, language="fr", origin="human", title="Bourses", summary="Le soleil"
    )
    assert found(now, "solar") == found(now, "soleil") == ["there"]


def test_nearest_spelling_is_one_of_our_words(now):
    public("there", "Scholarships for engineers")
    follower.bring_up()
    results = answer(Query(q="enginers scholarships"), now)
    assert (results.total, results.nearest) == (0, "engineers scholarships")
    assert answer(Query(q="zzzzqqqq"), now).nearest == ""


def test_page_offers_the_nearest_spelling_as_a_link(now, client):
    public("there", "Scholarships for engineers")
    page = client.get("/opportunities/?q=enginers&stage=all").content.decode()
    assert '<a href="/opportunities/?q=engineers&amp;stage=all">engineers</a>?' in page
    page = client.get("/fr/opportunities/?q=enginers&stage=all").content.decode()
    assert "Vouliez-vous dire <a" in page
    assert "Did you mean" not in client.get("/opportunities/?q=zzzzqqqq").content.decode()


HOSTILE = [
    '"', '""', '"unbalanced', "-", "--", '-"', "- -", "*", "NEAR(a b)", "a OR b", "title:solar",
    "' OR 1=1 --", "'; DROP TABLE opportunities_posting; --", "%", "_", "\\", "(((", "a" * 200,
    "\u200b\u200d\ufeff", "sol\u200bar", "солnce и wind", "é\u0301\u0302" * 60, "😀" * 100, "中" * 200,
    "ـ" * 200, "ﷺ" * 100, "\u202esolar", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "- solar", '-solar -wind -"x y', "l'", "’s", "ß" * 200, "İ" * 200, "0 1 2 3", "١٢٣", "ａ" * 200,
]  # fmt: skip


@pytest.mark.parametrize("q", HOSTILE)
def test_nothing_typed_is_syntax(now, client, q):
    public("there", "Solar grants")
    assert client.get("/opportunities/", {"q": q, "stage": "all"}).status_code in {200, 400}
    assert found(now, q) in ([], ["there"])
    assert Opportunity.objects.count() == 1
