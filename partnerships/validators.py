"""What a single value must look like; each error says what would do."""

import re
from urllib.parse import urlsplit

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.names import locale_of

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def host_of(address: str) -> str:
    """The lower-case ASCII (IDNA 2008) host of an http(s) address; '' where there is none."""
    try:
        return ascii_host(urlsplit(address).hostname or "")
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


def validate_partial_date(value: str) -> None:
    if not PARTIAL_DATE.fullmatch(value):
        raise ValidationError(
            _("“%(value)s” is not a year, a month or a day, such as 2013, 2013-09 or 2013-09-07.")
            % {"value": value}
        )


def validate_plain_text(value: str) -> None:
    """No control characters but line ends and tabs: they break feeds, calendars and mail."""
    if any(ord(c) < 32 and c not in "\n\r\t" for c in value):
        raise ValidationError(_("Remove the control characters from this text."))
