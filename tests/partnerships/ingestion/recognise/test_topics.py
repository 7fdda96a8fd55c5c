import pytest

from partnerships.ingestion.recognise import recognise
from partnerships.ingestion.recognise.vocabulary import languages, settings_of
from partnerships.reference import read as read_table


def sectors(text):
    return {mention.value for mention in recognise(text).sectors}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The railway and the solar plant are built by the two countries.",
            "rail green-energy",
        ),
        (
            "Le nucléaire et l'intelligence artificielle sont des domaines du partenariat.",
            "nuclear-energy artificial-intelligence",
        ),
        (
            "Стороны обсудили сельское хозяйство и искусственный интеллект.",
            "agriculture artificial-intelligence",
        ),
        ("双方将加强光伏、铁路和文化遗产保护合作。", "green-energy rail heritage"),
        ("وقع الجانبان اتفاقا في الطاقة المتجددة والسياحة.", "green-energy tourism"),
        ("Las becas y la minería son parte del acuerdo entre los dos países.", "education mining"),
        ("As energias limpas e a saúde são prioridades do acordo.", "green-energy health"),
        ("Тараптар ауыл шаруашылығы мен ғарыш саласын талқылады.", "agriculture space"),
    ],
)
def test_sectors_are_read_in_every_interface_language(text, expected):
    assert set(expected.split()) <= sectors(text)


def test_the_office_of_a_speaker_is_no_sector():
    assert sectors("The Minister of Finance said that the schools will open.") == {"education"}
    assert sectors("Министр финансов рассказал о новых школах.") == {"education"}


@pytest.mark.parametrize(
    "text",
    [
        "Students need a bank account? No: a school only asks for health insurance.",
        "学校为学生购买医疗保险，机票自理，请把申请发到邮箱。",
        "大学は学生の航空券と医療保険を負担する。申請は電子メールで。",
        "Talabalar arizani universitetning elektron manziliga yuboradi, tibbiy sug‘urta bepul.",
        "يتحمل الطالب تذكرة السفر والتأمين الصحي ويرسل الطلب إلى الجامعة عبر البريد الإلكتروني.",
        "Студенты университета получат медицинскую страховку и авиабилет.",
        "L'université paie aux étudiants le billet d'avion et l'assurance maladie.",
        "La universidad paga a los estudiantes el billete de avión y el seguro médico.",
        "A universidade paga aos estudantes a passagem aérea e o seguro de saúde.",
        "Университет студенттерге медициналық сақтандыру мен авиабилет береді.",
    ],
)
def test_what_a_grant_covers_is_no_sector(text):
    assert sectors(text) == {"education"}


def test_narrow_sectors_weigh_with_their_parent():
    text = "The universities and students met. " * 7 + "Solar energy was named. So was wind power."
    assert sectors(text) == {"education", "energy", "green-energy"}


def test_a_long_text_is_not_about_a_word_in_passing():
    text = "The students study. " * 300 + "They like football."
    assert sectors(text) == {"education"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Belt and Road, ASEAN and the African Union were all named.",
            "belt-and-road asean african-union",
        ),
        ("L'Initiative La Ceinture et la Route et l'OCS.", "belt-and-road sco"),
        ("Встреча ШОС прошла в рамках инициативы «Один пояс, один путь».", "sco belt-and-road"),
        ("中国与东盟在共建“一带一路”和全球南方合作中。", "asean belt-and-road global-south"),
        (
            "Шанхай ынтымақтастық ұйымының және Еуропалық одақтың өкілдері бар.",
            "sco european-union",
        ),
        ("منظمة شنغهاي للتعاون والاتحاد الأوروبي في هذا العام", "sco european-union"),
        ("La Franja y la Ruta y la Unión Europea en el texto.", "belt-and-road european-union"),
        ("Rota da Seda e União Africana são do texto.", "belt-and-road african-union"),
    ],
)
def test_groupings_are_read_in_every_interface_language(text, expected):
    assert {mention.value for mention in recognise(text).groupings} == set(expected.split())


@pytest.mark.parametrize("language", languages())
def test_files_name_only_values_that_exist(language):
    settings = settings_of(language)
    assert set(settings["sectors"]) <= {row["slug"] for row in read_table("sectors")}
    assert set(settings.get("groupings", {})) <= {row["slug"] for row in read_table("groupings")}


@pytest.mark.parametrize(
    "text",
    [
        "APPEL AU DÉPÔT DES DOSSIERS POUR LES ÉTUDIANTS",
        "«Самұрық» АО компаниясы және оның серіктестері туралы айтылды.",
        "EU SOU ESTUDANTE E NÃO FALO COM A IMPRENSA",
        "La UA es la Universidad de Alicante y el PMA reparte alimentos.",
    ],
)
def test_letters_that_are_something_else_name_no_grouping(text):
    assert recognise(text).groupings == ()
