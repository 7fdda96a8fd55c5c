"""What a reader typed, read as words, phrases and exclusions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.search.asking import MOST_WORDS, Asked, Word, read
from opportunities.search.text import stems_of


def words(*stems: str) -> tuple[Word, ...]:
    return tuple(map(Word, stems))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Kazakh grants ", Asked(words("kazakh", "grant"))),
        ('"semi aride" climat ', Asked(words("climat"), (("semi", "arid"),))),
        ("“semi aride”", Asked((), (("semi", "arid"),))),
        ("„semi aride“", Asked((), (("semi", "arid"),))),
        ("«semi aride»", Asked((), (("semi", "arid"),))),
        ("「semi aride」", Asked((), (("semi", "arid"),))),
        ('"grants"', Asked(words("grant"))),
        ("-fees grants ", Asked(words("grant"), (), (("fee",),))),
        ("\u2212fees grants ", Asked(words("grant"), (), (("fee",),))),
        ("\u2013fees grants ", Asked(words("fee", "grant"))),  # a dash is no minus
        ('-"tuition fees"', Asked((), (), (("tuition", "fee"),))),
        ("semi-aride ", Asked(words("semi", "arid"))),
        ("-semi-aride", Asked((), (), (("semi", "arid"),))),
        ("-l’énergie", Asked((), (), (("energi",),))),
        ("a - b", Asked(words("a", "b"))),
        ("a -", Asked(words("a"))),
        ("--a", Asked(words("a"))),
        ("-(a)", Asked(words("a"))),
        ('x"-y"z', Asked(words("x", "y", "z"))),
        ('"open calls', Asked((Word("open"), Word("call", True, "calls")))),
        ('-"open call ', Asked(words("call"), (), (("open",),))),
        ('open"call ', Asked(words("open", "call"))),
        ("grant OR title:grant* ", Asked(words("grant", "or", "titl"))),
        ("grants Grant GRANT", Asked(words("grant"))),
        ('"a b" "A B" -c -C', Asked((), (("a", "b"),), (("c",),))),
        ("", Asked()),
        (' … "" -- !', Asked()),
    ],
)
def test_read_takes_words_phrases_and_exclusions(q, expected):
    assert read(q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("哈萨克", Asked(words("哈萨", "萨克"))),
        ("哈", Asked((Word("哈", True),))),
        ("哈 grants ", Asked((Word("哈", True), Word("grant")))),
        ("“哈萨克”", Asked((), (("哈萨", "萨克"),))),
        ("“中国 哈萨克”", Asked((), (("中国", "国", "哈萨", "萨克"),))),
        ("-哈萨克", Asked((), (), (("哈萨", "萨克"),))),
        ("5G网络", Asked(words("5g", "网络"))),
    ],
)
def test_read_takes_a_script_without_spaces_in_pairs(q, expected):
    assert read(q) == expected


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("哈萨克", "哈萨克斯坦奖学金"),
        ("萨克", "哈萨克"),
        ("中国 哈萨克", "中国，哈萨克斯坦"),
        ("5G网络", "新的5G网络建设"),
        ("bourses d’études", "Une bourse d'étude est offerte"),
    ],
)
def test_read_phrase_stands_in_the_text_that_says_it(phrase, text):
    [stems] = read(f'"{phrase}"').phrases or [(read(f'"{phrase}"').words[0].stem,)]
    held = tuple(stems_of(text))
    assert any(held[at : at + len(stems)] == stems for at in range(len(held)))


@pytest.mark.parametrize(
    ("q", "is_prefix"),
    [
        ("grants in Kaza", True),
        ("semi-ari", True),
        ("Kaza ", False),
        ("Kaza,", False),
        ("in", False),  # too short
        ('"open Kaza" Kaz"', False),
        ('open "Kaza"', False),
        ("open -Kaza", False),
    ],
)
def test_read_last_word_may_go_on_while_it_is_typed(q, is_prefix):
    asked = read(q)
    assert [word.is_prefix for word in asked.words[-1:]] == [is_prefix]
    assert not any(word.is_prefix for word in asked.words[:-1])


@pytest.mark.parametrize(
    ("typed", "met", "unmet"),
    [
        ("bourse", "bourse bourses", "Bourgogne"),
        ("scholars", "scholar scholars scholarship", "scholastic school"),
        ("образов", "образование", "образец"),
        ("environne", "environnement environnements", "environs"),
        ("гранттар", "грант гранты", "гранит"),
        ("哈", "哈萨克 哈", "萨哈"),
    ],
)
def test_word_that_may_go_on_is_met_by_what_was_typed(typed, met, unmet):
    [word] = read(typed).words
    assert all(any(map(word.is_met_by, stems_of(one))) for one in met.split())
    assert not any(map(word.is_met_by, stems_of(unmet)[:1]))


def test_read_stops_at_the_most_words():
    many = " ".join(f"w{n}x" for n in range(30))
    assert len(read(many).words) == MOST_WORDS
    assert read(f'{many} "a b" -c') == read(many)
    assert len(read(f'"{many}"').phrases[0]) == MOST_WORDS
    assert not any(word.is_prefix for word in read(many).words)


@given(st.text() | st.text(alphabet='ab "-«»“”\u2212哈萨.’'))
def test_read_never_raises_and_asks_for_stems(q):
    asked = read(q)
    stems = [word.stem for word in asked.words]
    assert all(stems) and len(set(stems)) == len(stems)
    assert all(len(phrase) > 1 for phrase in asked.phrases)
    assert all(all(phrase) and phrase for phrase in asked.without)
    assert len(stems) + sum(map(len, (*asked.phrases, *asked.without))) <= MOST_WORDS
