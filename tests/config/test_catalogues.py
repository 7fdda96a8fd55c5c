import gettext
import os

import pytest
from babel.messages.pofile import PoFileError

from config.catalogues import LOCALE, compile_catalogues

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Open"
msgstr "Ouvert"

msgid "%(n)s place"
msgid_plural "%(n)s places"
msgstr[0] "%(n)s pays"
msgstr[1] "%(n)s pays·s"

#, fuzzy
msgid "Closed"
msgstr "Peut-être"
"""


@pytest.fixture
def po(tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "django.po"
    path.write_text(PO, encoding="utf-8")
    return path


def test_catalogue_is_compiled_as_gettext_reads_it(po, tmp_path):
    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]
    with po.with_suffix(".mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    assert french.gettext("Open") == "Ouvert"
    assert french.ngettext("%(n)s place", "%(n)s places", 2) == "%(n)s pays·s"
    assert french.gettext("Closed") == "Closed"  # a fuzzy entry is no translation


def test_catalogue_is_compiled_only_when_it_changed(po, tmp_path):
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    later = po.with_suffix(".mo").stat().st_mtime_ns + 1_000_000
    os.utime(po, ns=(later, later))
    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]


def test_broken_catalogue_is_an_error_and_leaves_the_old_one(po, tmp_path):
    compile_catalogues(tmp_path)
    before = po.with_suffix(".mo").read_bytes()
    po.write_text(PO + '\nmsgid "unterminated\n', encoding="utf-8")
    later = po.with_suffix(".mo").stat().st_mtime_ns + 1_000_000
    os.utime(po, ns=(later, later))
    with pytest.raises(PoFileError):
        compile_catalogues(tmp_path)
    assert po.with_suffix(".mo").read_bytes() == before
    assert not list(tmp_path.rglob("*.part"))


def test_our_own_catalogues_are_compiled_for_the_tests():
    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        assert po.with_suffix(".mo").exists()
