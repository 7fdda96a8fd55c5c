"""Places, deadlines, hosts, audiences and speakers."""

from datetime import date

import pytest

from opportunities.recognise import offers
from opportunities.recognise.days import days
from opportunities.recognise.folding import folded


def only(text: str, language: str, **more):
    (offer,) = offers(text, language=language, **more)
    return offer


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "China will offer 2,500 government scholarships to students.", 2500),
        ("en", "China will offer forty scholarships to students.", 40),
        ("en", "In 2026 China will offer scholarships to students for 3 years.", None),
        ("en", "The United States will offer scholarships worth $500 to students.", None),
        ("en", "A grant of 20% for scholarships will be offered to students.", None),
        ("fr", "La Chine offrira 1 200 bourses aux étudiants.", 1200),
        ("fr", "La Chine offrira une quarantaine d'années de bourses.", None),
        ("ru", "Россия выделит 5 тысяч стипендий для студентов.", 5000),
        ("ru", "Россия выделит стипендии для 300 студентов.", 300),
        ("zh", "中方将提供5万个奖学金名额。", 50_000),
        ("zh", "中方将在2026年提供奖学金名额。", None),
        ("ar", "ستقدم الصين ٥٠٠ منحة دراسية للطلاب.", 500),
        ("es", "China ofrecerá dos mil becas a estudiantes.", 2000),
        ("kk", "Қытай студенттерге 300 шәкіртақы бөледі.", 300),
        ("en", "China will offer forty-two scholarships to students.", 42),
        ("en", "China will offer two hundred scholarships to students.", 200),
        ("pt", "A China oferecerá vinte e seis bolsas de estudo a estudantes.", 26),
        ("ru", "Россия выделит двадцать пять стипендий для студентов.", 25),
        ("ar", "ستقدم الصين خمسة وعشرين منحة دراسية للطلاب.", 25),
        ("zh", "协定规定，40名学生将获得奖学金。", 40),
        ("en", "China will offer scholarships of 1.5 million to students.", None),
        (
            "en",
            "China will offer scholarships to students of two, or to three, hundred schools.",
            None,
        ),
    ],
)
def test_places_are_counted_and_nothing_else_is(language, text, places):
    assert only(text, language).places_available == places


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "12 April 2026", date(2026, 4, 12)),
        ("en", "April 12, 2026", date(2026, 4, 12)),
        ("en", "3/4/2026", None),
        ("en", "30/4/2026", date(2026, 4, 30)),
        ("fr", "1er février 2026", date(2026, 2, 1)),
        ("fr", "03/04/2026", date(2026, 4, 3)),
        ("es", "21 de enero de 2026", date(2026, 1, 21)),
        ("pt", "5 de maio de 2026", date(2026, 5, 5)),
        ("ru", "1 марта 2026 года", date(2026, 3, 1)),
        ("zh", "2026年3月1日", date(2026, 3, 1)),
        ("ar", "15 مايو 2026", date(2026, 5, 15)),
        ("kk", "2026 жылғы 1 наурыз", date(2026, 3, 1)),
        ("de", "3. März 2026", date(2026, 3, 3)),
        ("en", "2026-02-30", None),
        ("en", "last Thursday", None),
        ("en", "12 April", None),
        ("en", "April 2026", None),
    ],
)
def test_day_is_read_and_never_guessed(language, text, day):
    assert [found for _, found in days(folded(text).text, language, None)] == [day] * (
        day is not None
    )


def test_day_without_a_year_is_the_next_after_publication():
    for published, year in ((date(2025, 3, 1), 2025), (date(2025, 12, 1), 2026)):
        assert days(folded("12 April").text, "en", published)[0][1] == date(year, 4, 12)


def test_deadline_stands_in_the_next_sentence():
    text = "Applications are open for 20 scholarships. The deadline is 3 May 2026."
    assert only(text, "en").deadline == date(2026, 5, 3)


def test_day_without_a_deadline_word_is_no_deadline():
    text = "On 3 May 2026 China will offer 20 scholarships to students."
    assert only(text, "en").deadline is None


@pytest.mark.parametrize(
    ("language", "text", "host"),
    [
        (
            "en",
            "Tsinghua University will offer 20 scholarships to students.",
            "Tsinghua University",
        ),
        ("en", "The University of Nairobi will offer 20 scholarships.", "University of Nairobi"),
        ("fr", "L'Université de Dakar offrira 20 bourses.", "Université de Dakar"),
        ("es", "El Banco Santander ofrecerá 20 becas a estudiantes.", "Banco Santander"),
        ("en", "A university will offer 20 scholarships.", ""),
    ],
)
def test_host_is_an_institution_named(language, text, host):
    assert only(text, language).host.removeprefix("The ").removeprefix("El ") == host


@pytest.mark.parametrize(
    ("language", "text", "role", "name"),
    [
        ("en", "Wang Yi said China would offer 20 scholarships.", "official", "Wang Yi"),
        ("en", "China will offer 20 scholarships, said Minister Li Wei.", "official", "Minister Li Wei"),
        ("en", "Makerere University announced it will offer 20 scholarships.", "provider", "Makerere University"),
        ("en", "China will offer 20 scholarships.", "outlet", ""),
        ("fr", "Awa Diop a déclaré que son pays offrirait 20 bourses.", "official", "Awa Diop"),
        ("ru", "Сергей Иванов заявил, что Россия выделит 20 стипендий.", "official", "Сергей Иванов"),
        ("zh", "王毅主任指出，中方将提供20个奖学金名额。", "official", "王毅"),
        ("es", "Ana Botín señaló que el banco ofrecerá 20 becas.", "official", "Ana Botín"),
    ],
)  # fmt: skip
def test_speaker_is_named_by_the_text(language, text, role, name):
    offer = only(text, language)
    assert (offer.speaker_role, offer.speaker_name) == (role, name)


def test_speaker_goes_on_to_the_end_of_the_paragraph():
    text = "Awa Diop a souligné l'amitié. Son pays offrira 20 bourses.\nLe Mali offrira des stages."
    assert [offer.speaker_name for offer in offers(text, language="fr")] == ["Awa Diop", ""]


def test_audience_is_who_the_sentence_names():
    text = "China will offer 20 scholarships to students and young researchers."
    assert only(text, "en").audience == ("student", "researcher")
