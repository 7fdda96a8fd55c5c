"""Markdown as editors write it → HTML that is safe on a page. Pure.

Two layers: CommonMark with HTML switched off, then an allowlist of tags, and links that are
absolute http(s) or mailto.
"""

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from partnerships.validators import validate_plain_text

MAX_CHARACTERS = 20_000
MAX_NESTING = 20

TAGS = {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code"}
HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}  # the page owns h1 and h2

markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})


def render_markdown(source: str) -> SafeString:
    """HTML of at most MAX_CHARACTERS of Markdown; the rest is not parsed."""
    tokens = markdown.parse(source[:MAX_CHARACTERS])
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    html = nh3.clean(
        markdown.renderer.render(tokens, markdown.options, {}),
        tags=TAGS,
        attributes={"a": {"href"}},
        attribute_filter=absolute_links_only,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
    return mark_safe(html)  # noqa: S308 - cleaned by the line above


def absolute_links_only(tag: str, attribute: str, value: str) -> str | None:
    """None drops the attribute; nh3 alone lets relative and scheme-less links stand."""
    if attribute != "href":  # the `rel` that nh3 itself adds
        return value
    return value if value.lower().startswith(("http://", "https://", "mailto:")) else None


def validate_markdown(source: str) -> None:
    validate_plain_text(source)
    if len(source) > MAX_CHARACTERS:
        raise ValidationError(
            _("Shorten the text to %(most)s characters.") % {"most": MAX_CHARACTERS}
        )
