import pytest

from opportunities.recognise.sentences import clauses, sentences


def split(text: str, abbreviations=()) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, abbreviations)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Li met Mr. Kim. They spoke.", 2),
        ("He said: “It will open.” Then he left.", 2),
        ("It costs 3.5 million. Few pay.", 2),
        ("J. Smith of the U.S. embassy spoke. Nobody asked.", 2),
        ("Will it open? Yes! It will…", 3),
        ("Le 1er janvier. « Oui. » Et puis rien.", 3),
        ("¿Cuándo? ¡Mañana! Abre el plazo.", 3),
        ("Das Treffen am 3. März war gut. Mehr folgt.", 2),
        ("В 2025 г. откроется филиал. Это важно.", 2),
        ("А. С. Иванов приехал. Он доволен.", 2),
        ("中方将提供奖学金。双方同意！可以吗？“好。”", 4),
        ("留学生を受け入れる。「はい。」次へ。", 3),
        ("هل ستفتح المنحة؟ نعم. ستفتح غدا.", 3),
        ("छात्रवृत्ति दी जाएगी। आवेदन करें।", 2),
        ("The first line of a title\nThe text begins here. It goes on.", 3),
        ("a line that is wrapped\nin the middle of it.", 1),
        ("• one\n• two\n\n• three", 3),
        ("", 0),
        (" \n\t\n", 0),
    ],
)
def test_sentences_are_as_many(text, count):
    assert len(split(text, {"dr", "mr", "u.s", "г"})) == count


def test_sentence_keeps_its_closing_quotes():
    assert split("他说：“好。”然后走了。") == ["他说：“好。”", "然后走了。"]


def test_sentences_cover_every_letter():
    text = "One. Two (three. four) five!\n\nSix; seven… eight 。九"
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_paragraphs_are_told_apart():
    assert [s.paragraph for s in sentences("One. Two.\nThree. Four.\n\nFive.")] == [0, 0, 1, 1, 2]


def test_comma_within_a_number_ends_no_clause():
    text = "It offers 2,000 places, and more"
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == [
        "It offers 2,000 places, ",
        "and more",
    ]
