"""Tags every template has at hand."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from opportunities.markup import render_markdown
from opportunities.wording import fact_label
from partnerships.names import language_name

register = template.Library()
register.filter("markdown", render_markdown)
register.filter("language_label", language_name)
register.filter("fact_label", fact_label)

LONGEST_QUERY = 1_000


class OnceNode(template.Node):
    """Written once a language: what is inside says the same on every page."""

    def __init__(self, inside: template.NodeList):
        self.inside, self.written = inside, {}

    def render(self, context) -> str:
        key = get_language(), get_script_prefix()
        if key not in self.written:
            self.written[key] = self.inside.render(context)
        return self.written[key]


@register.tag
def once(parser, token) -> OnceNode:
    """`{% once %}…{% endonce %}` around words and fixed addresses; nothing in it may depend on the
    page, the reader or the clock."""
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(inside)


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """This page in each language offered, filters kept: code, name, url, is_current."""
    request = context["request"]
    query = request.META.get("QUERY_STRING", "")
    path = plain_path(request.get_full_path() if len(query) <= LONGEST_QUERY else request.path)
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": path if code == settings.LANGUAGE_CODE else f"/{code}{path}",
            "is_current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag
def alternate_links(languages: list[dict]) -> SafeString:
    """For machines: every language's address of this page. Written here, for it is on every page."""
    return format_html_join(
        "",
        '<link rel="alternate" hreflang="{}" href="{}{}">\n',
        ((one["code"], settings.SITE_URL, one["url"]) for one in languages),
    )


@register.simple_tag
def language_choices(languages: list[dict]) -> SafeString:
    """For readers: the same as links."""
    current = mark_safe(' aria-current="true"')
    return format_html_join(
        "",
        '\n<a href="{}" hreflang="{}" lang="{}"{}>{}</a>',
        (
            (
                one["url"],
                one["code"],
                one["code"],
                current if one["is_current"] else "",
                one["name"],
            )
            for one in languages
        ),
    )


def plain_path(path: str) -> str:
    """The path without a language in front."""
    first, _, rest = path.lstrip("/").partition("/")
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return f"/{rest}" if first in others else "/" + path.lstrip("/")


@register.simple_tag(takes_context=True)
def canonical_url(context) -> str:
    """This page's one address: the site's own host, no query string."""
    return settings.SITE_URL + urlsplit(context["request"].path).path
