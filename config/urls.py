"""Every address, English at the root and the other languages under a prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from config import views
from opportunities.sitemaps import SITEMAPS

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", csrf_exempt(require_safe(sitemap)), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path(".well-known/security.txt", views.security, name="security"),
    path("api/v1/", include("opportunities.api.urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("partnerships.urls")),
        path("alerts/", include("opportunities.alerts.urls")),
        path("", include("opportunities.urls")),
        prefix_default_language=False,
    ),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", views.styleguide, name="styleguide"))

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
