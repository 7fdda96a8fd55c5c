"""The one admin site; the rooms register their own pages."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class SeraiAdminSite(AdminSite):
    site_title = _("Serai desk")
    site_header = _("Serai desk")
    index_title = _("What needs you")
