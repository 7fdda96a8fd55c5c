from datetime import date

import pytest

from partnerships.ingestion.sameness import address_key, agency_of, is_same_news, marks

WORDS = [
    "pays",
    "bourses",
    "stages",
    "jeunes",
    "recherche",
    "énergie",
    "festival",
    "accord",
    "ministre",
    "université",
    "projet",
]
NEWS = " ".join(f"{WORDS[n % 11]} {WORDS[(n * 7 + n // 11) % 11]} {n}" for n in range(200))
OTHER = " ".join(f"{WORDS[(n * 3) % 11]} {n * 13}" for n in range(300))
CHINESE = "中国政府奖学金项目将于明年启动申请尚未开始两国青年将共同研究人工智能与绿色能源" * 2
NO_DAYS = (None, None)


@pytest.mark.parametrize(
    "address",
    ["https://c.example/a/1", "http://www.c.example/a/1/", "HTTPS://C.Example:443/a/1#top",
     "https://c.example/a/1?utm_source=x&fbclid=y"],
)  # fmt: skip
def test_one_page_has_one_key(address):
    assert address_key(address) == "c.example/a/1"


def test_what_asks_for_another_page_has_another_key():
    assert address_key("https://c.example/?id=1") != address_key("https://c.example/?id=2")
    assert address_key("https://c.example/?b=1&a=2") == address_key("https://c.example/?a=2&b=1")
    assert address_key("https://c.example/A") != address_key("https://c.example/a")
    assert address_key("") == address_key("http://[") == ""


def same(one, other, *, same_agency=False, days=NO_DAYS) -> bool:
    return is_same_news(one, other, same_agency=same_agency, days=days)


def test_text_with_a_few_words_changed_is_the_same_news():
    assert same(NEWS, NEWS.replace("festival", "fête", 1))
    assert marks(NEWS) & marks(NEWS.replace("festival", "fête", 1))
    assert same(CHINESE, CHINESE.replace("明年", "今年", 1), same_agency=True)


def test_shortened_text_is_the_same_news_of_the_same_agency_only():
    words = NEWS[: len(NEWS) // 2].split()
    short = " ".join("autre" if n % 45 == 44 else word for n, word in enumerate(words))
    assert same(NEWS, short, same_agency=True) and not same(NEWS, short)


def test_part_copied_word_for_word_is_the_same_news_whoever_signs():
    copied = NEWS[len(NEWS) // 4 : len(NEWS) // 2]
    assert same(NEWS, copied) and same(copied, NEWS)
    assert not same(NEWS, " ".join(copied.split()[:30]))  # a quotation


def test_other_news_of_the_same_agency_is_other_news():
    assert not same(NEWS, OTHER, same_agency=True)
    assert not marks(NEWS) & marks(OTHER)


def test_call_that_comes_again_next_year_is_other_news():
    assert not same(f"Appel 2025. {NEWS}", f"Appel 2026. {NEWS}")
    assert not same(NEWS, NEWS, days=(date(2025, 3, 1), date(2026, 3, 1)))
    assert same(f"Appel 2026. {NEWS}", f"{NEWS} © 2026, fondé en 1990")


def test_short_texts_are_never_alike():
    assert not same("Trois bourses.", "Trois bourses.", same_agency=True)
    assert marks("Trois bourses.") == frozenset()


@pytest.mark.parametrize(
    ("text", "agency"),
    [("ASTANA, 3 July (Xinhua) -- The two", "xinhua"), ("新华社北京7月3日电", "xinhua"),
     ("АСТАНА, 3 июля. /ТАСС/.", "tass"), ("(Avec AFP)", "afp"), ("Астана. ҚазАқпарат –", "kazinform"),
     ("MAPLE and SPACE", ""), ("x" * 400 + " Reuters " + "y" * 400, "")],
)  # fmt: skip
def test_agency_is_who_signs(text, agency):
    assert agency_of(text) == agency


def test_marks_fit_the_column_of_a_database():
    assert 0 < len(marks(NEWS)) <= 16
    assert all(-(2**63) <= mark < 2**63 for mark in marks(NEWS))
