"""Bytes to characters, whatever header and page say of them. Pure.

In the order in which they are right: a mark at the beginning; UTF-8, which other encodings hardly ever
look like; what the header, then the page names; a guess. Bytes that do not belong to an
otherwise sound UTF-8 text are read as Windows-1252, as browsers of old wrote them.
"""

import codecs
import re

MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
# What a label means to browsers (WHATWG), where Python takes it more narrowly.
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
FIRST_BYTES = 4_096
OUTSIDE_ASCII = bytes(range(128, 256))
FEW = 0.02  # of a text's bytes outside ASCII
ESCAPES = (b"\x1b$", b"\x1b(")  # ISO-2022: Japanese in seven bits


def decoded(body: bytes, charset: str = "") -> str:
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    named = [codec_of(charset), codec_of(label_in(body))]
    if any(escape in body for escape in ESCAPES):
        named.insert(0, "iso2022_jp_ext")
    elif (text := as_utf8(body)) is not None:
        return text
    for name in filter(None, named):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return guessed(body, next(filter(None, named), ""))


def as_utf8(body: bytes) -> str | None:
    """None where it is something else; a few stray bytes do not make it so."""
    left = FEW * (len(body) - len(body.translate(None, OUTSIDE_ASCII)))

    def as_windows(error: UnicodeDecodeError) -> tuple[str, int]:
        nonlocal left
        left -= error.end - error.start
        if left < 0:
            raise error
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    # Anew for each text: the child reads one at a time.
    codecs.register_error("serai-stray", as_windows)
    try:
        return body.decode("utf-8", "serai-stray")
    except UnicodeDecodeError:
        return None


def label_in(body: bytes) -> str:
    found = LABEL.search(body[:FIRST_BYTES])
    return found[1].decode("ascii") if found else ""


def codec_of(label: str) -> str:
    """'' for no encoding we know, and for the wide ones, which no page that names them in ASCII is in."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = WIDER.get(name, name)
    is_text = codecs.lookup(name)._is_text_encoding
    return name if is_text and not name.startswith(("utf", "idna", "punycode")) else ""


def guessed(body: bytes, named: str) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow, and hardly ever needed

    best = None if named else from_bytes(body[:200_000]).best()
    return body.decode(named or (best.encoding if best else "cp1252"), "replace")
