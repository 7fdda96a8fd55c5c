import codecs

import pytest

from partnerships.ingestion.decoding import decoded

RUSSIAN = "Двадцать стипендий для студентов из Казахстана: приём заявок ещё не открыт."
CHINESE = "中国政府奖学金项目将于明年启动，申请尚未开始。"
TRADITIONAL = "獎學金申請尚未開始。"
FRENCH = "Trois bourses « d’excellence » à l’étranger, 500 €."
ARABIC = "منح دراسية للطلاب من البلدان النامية"
JAPANESE = "奨学金の募集はまだ始まっていません。"


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        (RUSSIAN, "utf-8", ""),
        (RUSSIAN, "utf-8", "windows-1251"),  # a header that is wrong
        (RUSSIAN, "utf-8", "no-such-charset"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "cp1251", ""),  # nobody says
        (CHINESE, "gb18030", "GB2312"),
        (TRADITIONAL, "big5hkscs", "big5"),
        (FRENCH, "cp1252", "iso-8859-1"),  # what browsers take Latin-1 for
        (ARABIC, "cp1256", "windows-1256"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (JAPANESE, "iso2022_jp", ""),
        (JAPANESE, "utf-16", ""),
        (FRENCH, "utf-8-sig", "iso-8859-1"),
        (FRENCH, "utf-32", ""),
    ],
)
def test_text_is_decoded_whatever_is_said_of_it(text, encoding, charset):
    assert decoded(text.encode(encoding), charset) == text


@pytest.mark.parametrize(
    "mark",
    ['<meta charset="windows-1251">', "<meta content='text/html; charset=windows-1251'>",
     '<?xml version="1.0" encoding="windows-1251"?>'],
)  # fmt: skip
def test_page_names_its_own_encoding(mark):
    assert decoded((mark + RUSSIAN).encode("cp1251")) == mark + RUSSIAN


def test_header_stands_before_the_page():
    page = '<meta charset="windows-1252">' + RUSSIAN
    assert decoded(page.encode("cp1251"), "windows-1251") == page


def test_stray_bytes_in_utf8_are_read_as_browsers_of_old_wrote_them():
    assert decoded((RUSSIAN * 3).encode() + b" \x93ok\x94", "utf-8").endswith("“ok”")


@pytest.mark.parametrize(
    ("body", "charset"),
    [(b"", ""), (b"\xff", "utf-8"), (b"\x80" * 9, "ascii"), (codecs.BOM_UTF16_LE + b"a", ""),
     (b"abc", "utf-16"), (b"abc", "rot13"), (b"abc", "hex"), (b"abc", "\x00"), (b"abc", "idna"),
     (bytes(range(256)) * 40, "utf-7"), (b"\x1b$B" + b"\xff" * 9, "")],
)  # fmt: skip
def test_nothing_makes_decoding_fail(body, charset):
    assert isinstance(decoded(body, charset), str)
