"""What search engines may list: everything public but examples, closed and cancelled offers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from partnerships.models import Article, Partnership

from .choices import Stage
from .models import Opportunity

LISTED = [Stage.ANNOUNCED, Stage.UPCOMING, Stage.OPEN]


class SeraiSitemap(Sitemap):
    """Addresses on SITE_URL, whatever host was asked, in every language offered."""

    i18n = True
    alternates = True
    x_default = True

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Pages(SeraiSitemap):
    def items(self):
        names = ["opportunities:home", "opportunities:list", "partnerships:list"]
        explaining = [
            "opportunities:how-we-know",
            "opportunities:safe-applying",
            "opportunities:privacy",
        ]
        return [*names, "partnerships:articles", *explaining]

    def location(self, item):
        return reverse(item)


class Opportunities(SeraiSitemap):
    def items(self):
        rows = Opportunity.objects.visible().filter(is_example=False)
        return rows.at_stage(*LISTED).order_by("pk")

    def lastmod(self, item):
        return item.updated_at


class Partnerships(SeraiSitemap):
    def items(self):
        return Partnership.objects.visible().filter(is_example=False)


class Articles(SeraiSitemap):
    def items(self):
        return Article.objects.visible().filter(is_example=False)

    def location(self, item):
        return reverse("opportunities:article", args=[item.slug])


SITEMAPS = {
    "pages": Pages,
    "opportunities": Opportunities,
    "partnerships": Partnerships,
    "articles": Articles,
}
