"""What a single value must look like; each error says what would do."""

import re
import unicodedata
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit

import idna
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.names import locale_of

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
YEARS = range(1900, 2200)
UNENCODABLE = frozenset("\ufffe\uffff")  # no XML takes them


def host_of(address: str) -> str:
    """The lower-case ASCII (IDNA 2008) host of an http(s) address; '' where there is none.

    None either where a browser would go elsewhere than we read: it takes "\\" for "/".
    """
    if "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
        return ascii_host(parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """A host in lower-case IDNA 2008. Raises ValueError for what is no host name."""
    host = host.strip().rstrip(".").lower()
    return idna.encode(host, uts46=True).decode("ascii") if host else ""


def host_is_within(host: str, domain: str) -> bool:
    """True for the domain itself and what ends in "." and the domain, never for a look-alike."""
    return bool(host and domain) and (host == domain or host.endswith("." + domain))


def validate_domain(value: str) -> None:
    try:
        ascii_form = ascii_host(value)
    except ValueError:
        ascii_form = ""
    if "." not in ascii_form or ascii_form.replace(".", "").isdigit():
        raise ValidationError(
            _("“%(value)s” is not a web domain such as university.example.") % {"value": value}
        )


def validate_language(value: str) -> None:
    if LANGUAGE_TAG.fullmatch(value) and value.split("-")[0] in locale_of("en").languages:
        return
    raise ValidationError(
        _("“%(value)s” is not a language tag (BCP 47) such as fr, kk or zh-Hans.")
        % {"value": value}
    )


def is_partial_date(value: str) -> bool:
    if not PARTIAL_DATE.fullmatch(value):
        return False
    try:
        return bool(date.fromisoformat(value + "-01-01"[len(value) - 4 :]))
    except ValueError:
        return False


def validate_partial_date(value: str) -> None:
    if not is_partial_date(value):
        raise ValidationError(
            _("“%(value)s” is not a year, a month or a day, such as 2013, 2013-09 or 2013-09-07.")
            % {"value": value}
        )


def validate_plain_text(value: str) -> None:
    """No control characters but line ends and tabs: they break feeds, calendars and mail."""
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t" for c in value) or (
        not UNENCODABLE.isdisjoint(value)
    ):
        raise ValidationError(_("Remove the control characters from this text."))


def validate_day(value: date) -> None:
    """Stand-in dates (9999-12-31) say what no source does, and have no day after them."""
    if value.year not in YEARS:
        raise ValidationError(
            _("Write a date from %(first)s to %(last)s.") % {"first": YEARS[0], "last": YEARS[-1]}
        )


def validate_past_day(value: date) -> None:
    """What somebody did is no later than today; tomorrow has begun east of UTC."""
    if value > timezone.localdate(timezone=UTC) + timedelta(days=1):
        raise ValidationError(_("This day is still to come; write today or an earlier one."))


def validate_texts_by_language(value: object) -> None:
    """{"en": "…", "fr": "…"}: what names and definitions by language look like."""
    if not isinstance(value, dict) or not all(
        isinstance(text, str) and text.strip() for text in value.values()
    ):
        raise ValidationError(
            _(
                'Write a text for each language, such as {"en": "Silk Road", "fr": "Route de la soie"}.'
            )
        )
    for text in value.values():
        validate_plain_text(text)
