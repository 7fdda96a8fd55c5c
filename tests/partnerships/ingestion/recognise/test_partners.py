"""Short news of our own making: who works together, who is only mentioned."""

import pytest

from partnerships.ingestion.recognise import recognise

NEWS = [
    (
        "UZ AZ",
        "Boku universitetlariga hujjatlar qabuli boshlandi\nOzarbayjon hukumati 30 ta kvota ajratdi. "
        "Toshkent va Boku davlat universitetlari o‘rtasidagi bitimga ko‘ra talabalar Ozarbayjonda o‘qiydi. Hujjatlar Toshkentda qabul qilinadi.",
    ),
    (
        "IR AM",
        "فراخوان اعزام دانشجو به دانشگاه دولتی ایروان\nدانشگاه تبریز در چارچوب تفاهم‌نامه با دانشگاه "
        "دولتی ایروان ده دانشجو را به ارمنستان می‌فرستد. کنسولگری کشورمان در ایروان نیز همکاری می‌کند.",
    ),
    (
        "CN TH",
        "关于赴泰国交流项目的通知\n经与泰国清迈大学协商，我校学生将于九月赴清迈学习。请关注我驻泰使领馆发布的消息。",
    ),
    (
        "JP KE",
        "Japan to train 50 Kenyan engineers\nThe Japan International Cooperation Agency and Kenya's "
        "energy ministry agreed in Nairobi to train them. Ethiopia, Rwanda and Tanzania follow.",
    ),
    (
        "TR QA",
        "Turkey and Qatar sign education deals\nTurkey and Qatar signed 12 agreements in Ankara. "
        "The two leaders also discussed Syria, Gaza and the war in Ukraine.",
    ),
    (
        "SN MA",
        "Le Sénégal et le Maroc renforcent leur coopération\nLe ministre sénégalais a reçu "
        "l'ambassadeur du Maroc. La France et le Canada restent des destinations prisées.",
    ),
    (
        "CO KR",
        "Colombia y Corea del Sur firman un acuerdo de becas\nLa embajada de la República de Corea "
        "anunció 20 becas para colombianos. El programa ya existe en Perú y Ecuador.",
    ),
    (
        "KZ UZ",
        "Казахстан и Узбекистан откроют совместный университет\nВ Ташкенте подписано соглашение. "
        "Ранее филиал российского вуза открылся в Алматы. Казахстанские студенты получат гранты.",
    ),
    (
        "KZ TR",
        "Қазақстан мен Түркия ынтымақтастықты кеңейтеді\nАнкарада екі елдің министрлері "
        "меморандумға қол қойды. Бұған дейін Ресейде осындай бағдарлама ашылған.",
    ),
    (
        "CN UZ",
        "中乌签署教育合作协议\n中国教育部部长会见乌兹别克斯坦高等教育部长。乌方愿派留学生来华。",
    ),
    (
        "SA EG",
        "السعودية ومصر توقعان مذكرة تفاهم\nوقع وزير التعليم السعودي ونظيره المصري مذكرة تفاهم. "
        "كما بحثا الأوضاع في السودان.",
    ),
    (
        "DE GH",
        "Deutschland und Ghana vereinbaren eine Partnerschaft\nMinister Heil und sein ghanaischer "
        "Amtskollege unterzeichneten sie in Accra. Ähnliche Abkommen gibt es mit Indien und Kenia.",
    ),
    (
        "BR AO",
        "Brasil e Angola assinam acordo de saúde\nO ministro brasileiro e o homólogo angolano "
        "assinaram um memorando. Portugal e Cuba têm programas semelhantes.",
    ),
]


@pytest.mark.parametrize(("expected", "text"), NEWS)
def test_partners_are_who_works_together(expected, text):
    assert set(recognise(text).partners) == set(expected.split())


@pytest.mark.parametrize(("expected", "text"), NEWS)
def test_partners_are_found_with_the_title_apart(expected, text):
    title, body = text.split("\n")
    assert set(recognise(body, title=title).partners) == set(expected.split())


def test_a_country_of_a_list_is_only_mentioned():
    read = recognise(
        "Lithuania offers scholarships\nLithuania pays the students a scholarship. Citizens of "
        "Armenia, Azerbaijan, Belarus, Georgia, Kazakhstan, Moldova and Ukraine may apply."
    )
    assert read.partners == ("LT",)
    assert {"AM", "AZ", "BY", "GE", "KZ", "MD", "UA"} <= {m.value for m in read.countries}


def test_the_heaviest_partner_comes_first():
    read = recognise(
        "Peru's year\nPeru and Chile signed. Peru pays, Peru teaches, Peru hosts them."
    )
    assert read.partners == ("PE", "CL")


@pytest.mark.parametrize("text", ["", "\n\n", "Nothing of the kind is in this text."])
def test_without_countries_there_are_no_partners(text):
    assert recognise(text).partners == ()
