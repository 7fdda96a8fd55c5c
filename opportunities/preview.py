"""A signed address that shows one hidden opportunity to whoever holds it, for seven days."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import Opportunity

SALT = "opportunities.preview"


def preview_url(opportunity: Opportunity) -> str:
    return reverse("opportunities:preview", args=[signing.dumps(opportunity.pk, salt=SALT)])


def previewed_id(signed: str) -> int | None:
    """The opportunity a token was signed for; None where it is altered or older than its days."""
    try:
        return signing.loads(signed, salt=SALT, max_age=timedelta(days=settings.PREVIEW_DAYS))
    except signing.BadSignature:
        return None
