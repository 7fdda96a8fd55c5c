"""One or two sentences a language, written for these tests."""

import pytest

from partnerships.ingestion.recognise.language import language_of

SENTENCES = {
    "en": "The two countries have signed an agreement on the exchange of students.",
    "fr": "Les deux pays ont signé un accord sur les échanges d'étudiants.",
    "es": "Los dos países han firmado un acuerdo para el intercambio de estudiantes.",
    "pt": "Os dois países assinaram um acordo para o intercâmbio de estudantes não bolsistas.",
    "it": "I due Paesi hanno firmato un accordo per lo scambio di studenti della durata di un anno.",
    "de": "Die beiden Länder haben ein Abkommen über den Austausch von Studierenden unterzeichnet.",
    "nl": "De twee landen hebben een overeenkomst over het uitwisselen van studenten getekend.",
    "tr": "İki ülke arasında öğrenci değişimi için bir anlaşma imzalandı.",
    "az": "İki ölkə arasında tələbə mübadiləsi üçün saziş imzalanıb.",
    "uz": "Ikki davlat o‘rtasida talabalar almashinuvi bo‘yicha memorandum imzolandi.",
    "id": "Kedua negara menandatangani perjanjian pertukaran mahasiswa yang akan dimulai tahun ini.",
    "vi": "Hai nước đã ký thỏa thuận về trao đổi sinh viên.",
    "sw": "Nchi hizo mbili zimesaini makubaliano ya kubadilishana wanafunzi kwa miaka mitatu.",
    "pl": "Oba kraje podpisały umowę o wymianie studentów, która wejdzie w życie w maju.",
    "ru": "Две страны подписали соглашение об обмене студентами.",
    "uk": "Дві країни підписали угоду про обмін студентами.",
    "kk": "Екі ел студенттер алмасу туралы келісімге қол қойды.",
    "ky": "Эки өлкө студенттерди алмашуу боюнча келишимге кол койду.",
    "tg": "Ду кишвар дар бораи мубодилаи донишҷӯён созишнома имзо карданд.",
    "mn": "Хоёр улс оюутан солилцох талаар хэлэлцээр байгуулав.",
    "sr": "Две земље су потписале споразум о размени студената који је ступио на снагу.",
    "bg": "Двете страни подписаха споразум за обмен на студенти, който ще влезе в сила.",
    "ar": "وقع البلدان اتفاقا حول تبادل الطلاب في العام المقبل.",
    "fa": "دو کشور توافق‌نامه‌ای را برای تبادل دانشجو امضا کردند.",
    "ur": "دونوں ممالک نے طلبہ کے تبادلے کے معاہدے پر دستخط کیے ہیں۔",
    "hi": "दोनों देशों ने छात्रों के आदान-प्रदान के समझौते पर हस्ताक्षर किए।",
    "zh": "两国签署了学生交流协议。",
    "ja": "両国は学生の交流に関する協定に署名した。",
    "ko": "양국은 학생 교류 협정을 체결했다.",
    "ka": "ორმა ქვეყანამ ხელი მოაწერა შეთანხმებას.",
    "hy": "Երկու երկրները համաձայնագիր ստորագրեցին։",
    "th": "สองประเทศลงนามข้อตกลงแลกเปลี่ยนนักศึกษา",
    "am": "ሁለቱ ሀገራት የተማሪዎች ልውውጥ ስምምነት ተፈራረሙ።",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_language_of_one_sentence_is_told(language):
    assert language_of(SENTENCES[language]) == language


def test_a_page_that_states_another_language_is_not_believed():
    assert language_of(SENTENCES["fr"] * 3, stated="en-US") == "fr"


def test_what_the_page_states_decides_where_the_text_does_not():
    assert language_of("Stipendium", stated="de-DE") == "de"
    assert language_of("2026 – 14:30", stated="kk") == "kk"


@pytest.mark.parametrize("text", ["", "   ", "12 345,67 €", "\x00\ufffd", "😀😀"])
def test_a_text_without_words_has_no_language(text):
    assert language_of(text) == ""


def test_a_chinese_text_that_quotes_a_japanese_name_is_chinese():
    assert (
        language_of("日本动画片《ドラえもん》在中国上映，受到观众热烈欢迎，票房超过一亿元。" * 3)
        == "zh"
    )
