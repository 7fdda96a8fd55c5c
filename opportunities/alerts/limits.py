"""How often somebody may make us write to an address: nobody's mailbox is filled from here."""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from opportunities.models import SignUp

A_NETWORK_AN_HOUR = 10
AN_ADDRESS_A_DAY = 3
ONE_PENDING_FOR = timedelta(days=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TooMany(Exception):
    """`whose`: “network” or “everybody”."""

    def __init__(self, whose: str):
        self.whose = whose
        super().__init__(whose)


def refuse_flood(network: str, now: datetime) -> None:
    """Raises TooMany, whatever the address: it tells nothing of who is known."""
    asked = SignUp.objects.filter(at__gt=now - HOUR)
    if asked.filter(network=hashed(network_of(network))).count() >= A_NETWORK_AN_HOUR:
        raise TooMany("network")
    if asked.filter(is_mailed=True).count() >= settings.ALERT_SIGN_UPS_AN_HOUR:
        raise TooMany("everybody")


def may_mail(email: str, pending_since: datetime | None, now: datetime) -> bool:
    """One link waiting a day, three a day."""
    if pending_since and now - pending_since < ONE_PENDING_FOR:
        return False
    mailed = SignUp.objects.filter(address=hashed(folded(email)), is_mailed=True, at__gt=now - DAY)
    return mailed.count() < AN_ADDRESS_A_DAY


def note(network: str, email: str, now: datetime, *, is_mailed: bool) -> None:
    SignUp.objects.create(
        network=hashed(network_of(network)),
        address=hashed(folded(email)),
        is_mailed=is_mailed,
        at=now,
    )


def folded(email: str) -> str:
    """Addresses that reach one mailbox, as one: a+b@x and a.b@x count together."""
    local, _at, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def network_of(address: str) -> str:
    """An IPv6 subscriber has a whole /64 to write from."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if read.version == 4:
        return address
    return str(read.ipv4_mapped or ipaddress.ip_network(f"{read}/64", strict=False))


def hashed(value: str) -> str:
    return salted_hmac("alerts.limits", value, algorithm="sha256").hexdigest()
