"""What every template may name."""

from django.conf import settings


def site(request) -> dict:
    return {
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
        "request_id": getattr(request, "id", ""),
    }
