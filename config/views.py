"""Addresses for machines, health, robots, security contact; and the style guide."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from opportunities.choices import Stage

PLAIN = "text/plain; charset=utf-8"


@csrf_exempt
@require_safe
def healthz(request):
    """200 where the process lives and the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        status, said = 200, "ok\n"
    except DatabaseError:
        status, said = 503, "the database does not answer\n"
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(said, status=status, content_type=PLAIN, headers=headers)


@csrf_exempt
@require_safe
def robots(request):
    """Search engines read everything public but the endless combinations of filters."""
    prefixes = ["", *(f"/{c}" for c, _name in settings.LANGUAGES if c != settings.LANGUAGE_CODE)]
    closed = ["/admin/", "/alerts/", "/opportunities/filter/", "/opportunities/preview/", "/saved/"]
    lines = [
        "User-agent: *",
        "Disallow: /*?",
        *(f"Disallow: {prefix}{path}" for prefix in prefixes for path in closed),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def styleguide(request):
    """What pages are made of, for who writes them; on a developer's machine only."""
    context = {"themes": ["light", "dark"], "directions": ["ltr", "rtl"], "stages": list(Stage)}
    return render(request, "styleguide.html", context)


@csrf_exempt
@require_safe
def security(request):
    """RFC 9116."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "Preferred-Languages: en, fr",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@csrf_exempt
@require_safe
def service_worker(request):
    """Served at the root, for a worker sees to what lies below its own address only."""
    script = (settings.BASE_DIR / "static" / "js" / "sw.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@csrf_exempt
@require_safe
def manifest(request):
    """How a phone installs the site; `lang` is the language of the page that links here."""
    known = {code for code, _name in settings.LANGUAGES}
    language = lang if (lang := request.GET.get("lang", "")) in known else settings.LANGUAGE_CODE
    with translation.override(language):
        said = {
            "id": "/",
            "name": "Serai",
            "description": _("Scholarships, grants and exchanges, and who says so."),
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "start_url": reverse("opportunities:home"),
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": "#0b4f8a",
            "icons": [icon("img/serai.svg", "any"), icon("img/serai-maskable.svg", "maskable")],
        }
    return JsonResponse(said, content_type="application/manifest+json")


def icon(path: str, purpose: str) -> dict[str, str]:
    return {"src": static(path), "sizes": "any", "type": "image/svg+xml", "purpose": purpose}
