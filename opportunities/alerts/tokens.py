"""Secrets in addresses: 32 random bytes, of which only the SHA-256 is kept, for one purpose each."""

import hashlib
import secrets
from datetime import datetime, timedelta

from opportunities.models import Subscriber, Token

Purpose = Token.Purpose
LASTS = {
    Purpose.CONFIRM: timedelta(hours=72),
    Purpose.MANAGE: timedelta(days=30),
    Purpose.KEEP: timedelta(days=45),
    Purpose.STOP: None,  # as long as there is something to stop
}


def issue(subscriber: Subscriber, purpose: Purpose, now: datetime) -> str:
    """A new secret; earlier ones stay good, for they stand in mails that were sent."""
    secret = secrets.token_urlsafe(32)
    lasts = LASTS[purpose]
    until = now + lasts if lasts else None
    Token.objects.create(subscriber=subscriber, purpose=purpose, hash=hash_of(secret), until=until)
    return secret


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str, purpose: Purpose) -> Token | None:
    """Whatever became of it: `state_of` says whether it is good."""
    found = Token.objects.filter(hash=hash_of(secret), purpose=purpose)
    return found.select_related("subscriber").first()


def state_of(token: Token | None, now: datetime) -> str:
    """“good”, “used”, “expired” or “unknown”."""
    if token is None:
        return "unknown"
    if token.used_at:
        return "used"
    return "expired" if token.until and now >= token.until else "good"


def use(token: Token, now: datetime) -> bool:
    """Of two who come with the same secret one wins."""
    return bool(Token.objects.filter(pk=token.pk, used_at=None).update(used_at=now))
