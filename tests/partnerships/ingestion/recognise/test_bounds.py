"""What no text may do: take long, or put a span outside it."""

import subprocess
import sys
from time import thread_time

import pytest

from partnerships.ingestion.recognise import LONGEST, recognise


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "中哈",
        "Jordan ",
        "Georgia, ",
        "a.",
        "(",
        "Congo-",
        "\u0301",
        "日中午",
        "de la ",
        "\n",
        "𠮷",
        "ال",
    ],
)
def test_a_text_of_two_megabytes_is_bounded(piece):
    text = piece * (2_000_000 // len(piece))
    begun = thread_time()
    read = recognise(text)
    assert thread_time() - begun < 10  # seconds; a quadratic reading takes minutes
    for mention in (*read.countries, *read.groupings, *read.sectors):
        assert 0 <= mention.start < mention.end <= LONGEST


def test_it_needs_neither_django_nor_a_database():
    code = (
        "import sys; from partnerships.ingestion.recognise import recognise;"
        "assert recognise('Peru and Chile signed the treaty').partners == ('CL', 'PE');"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "language", ["", "xx", "en-US", "zh-hans", "../../etc/passwd", "\x00", "de_AT"]
)
def test_any_stated_language_is_taken(language):
    assert recognise("Peru and Chile signed the treaty", language=language).partners == ("CL", "PE")
    assert recognise("", language=language).countries == ()
    assert ".." not in recognise("–", language=language).language
