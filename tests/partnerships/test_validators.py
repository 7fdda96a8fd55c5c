from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships import validators
from partnerships.validators import host_is_within, host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://uni.example/call", "uni.example"),
        ("HTTP://UNI.EXAMPLE", "uni.example"),
        ("https://uni.example:8443", "uni.example"),
        ("https://uni.example./", "uni.example"),
        ("https://user:word@uni.example/", "uni.example"),
        ("https://uni.example@evil.example/", "evil.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),  # IDNA 2008, not strasse
        ("https://uni。example/", "uni.example"),
        ("https://казах.example/", "xn--80aauk2d.example"),
        ("", ""),
        ("uni.example", ""),
        ("//uni.example/", ""),
        ("/path", ""),
        ("ftp://uni.example/", ""),
        ("javascript://uni.example/%0aalert(1)", ""),
        ("https://evil.example\\@uni.example/", ""),
        ("https:\\\\uni.example/", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://[::1]/", ""),
        ("https://a b.example/", ""),
        ("https://uni..example/", ""),
        ("https://" + "a" * 64 + ".example/", ""),
    ],
)
def test_host_of_an_address(address, host):
    assert host_of(address) == host


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_host_of_anything_is_a_host_or_nothing(rest):
    host = host_of(f"https://{rest}")
    assert host == host.lower() and host.isascii()
    assert not set(host) & set("/\\@?# ")


@pytest.mark.parametrize(
    ("host", "domain", "is_within"),
    [
        ("uni.example", "uni.example", True),
        ("a.uni.example", "uni.example", True),
        ("a.b.uni.example", "uni.example", True),
        ("evil-uni.example", "uni.example", False),
        ("eviluni.example", "uni.example", False),
        ("uni.example.evil.example", "uni.example", False),
        ("example", "uni.example", False),
        ("uni.example", "a.uni.example", False),
        ("", "uni.example", False),
        ("uni.example", "", False),
        ("", "", False),
    ],
)
def test_host_is_within_a_domain(host, domain, is_within):
    assert host_is_within(host, domain) == is_within


RIGHT = [
    (
        validators.validate_domain,
        ["uni.example", "UNI.example.", "bücher.example", "a.b.c.example"],
    ),
    (validators.validate_language, ["fr", "kk", "zh-Hans", "pt-BR", "es-419", "zh-Hant-TW", "ckb"]),
    (validators.validate_partial_date, ["2013", "2013-09", "2013-09-07", "2024-02-29"]),
    (validators.validate_plain_text, ["", "a\tb\r\nc", "« ق »", "👩‍🎓", "\u200f"]),
    (validators.validate_day, [date(1900, 1, 1), date(2026, 2, 28), date(2199, 12, 31)]),
    (validators.validate_texts_by_language, [{}, {"en": "Silk Road"}, {"zh-Hans": "丝绸之路"}]),
]
WRONG = [
    (
        validators.validate_domain,
        ["", "localhost", "https://uni.example", "uni.example/x", "uni..example", ".", "1.2.3.4", "a b.example", "*.uni.example", "uni.example:80", "x@uni.example"],
    ),
    (
        validators.validate_language,
        ["", "FR", "french", "zh-hans", "zz", "fr_FR", "fr-fr", "f", "fr\n", "es-٤١٩", "en-Latn-"],
    ),
    (
        validators.validate_partial_date,
        ["", "13", "2013-9", "2013-13", "2013-00", "2013-02-30", "2013-02-29", "2013-09-07T", "٢٠١٣", "0000", "2013\n", "2013-W01"],
    ),
    (
        validators.validate_plain_text,
        ["a\x00", "\x0b", "\x1b[2J", "\x7f", "\x85", "\ud800", "\ufffe", "a\uffff"],
    ),
    (validators.validate_day, [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max]),
    (
        validators.validate_texts_by_language,
        [[], "x", None, {"en": ""}, {"en": " "}, {"en": None}, {"en": {}}, {"en": "\x00"}],
    ),
]  # fmt: skip


def each(table):
    pairs = [(validate, value) for validate, values in table for value in values]
    return pytest.mark.parametrize(
        ("validate", "value"),
        pairs,
        ids=[f"{v.__name__}-{ascii(value)[:30]}" for v, value in pairs],
    )


@each(RIGHT)
def test_value_is_accepted(validate, value):
    validate(value)


@pytest.mark.parametrize(
    ("clock", "last"),
    [
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 23, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), date(2026, 11, 25)),
    ],
)
def test_a_past_day_is_tomorrow_at_the_latest_and_told_by_utc(clock, last):
    with time_machine.travel(clock, tick=False), timezone.override("Pacific/Kiritimati"):
        validators.validate_past_day(last)
        with pytest.raises(ValidationError, match="still to come"):
            validators.validate_past_day(last + timedelta(days=1))


@each(WRONG)
def test_value_is_refused_in_words(validate, value):
    with pytest.raises(ValidationError) as refused:
        validate(value)
    assert refused.value.messages[0].endswith(".") and "%(" not in refused.value.messages[0]
