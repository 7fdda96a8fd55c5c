import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from opportunities.markup import MAX_CHARACTERS, TAGS, render_markdown, validate_markdown


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>\n"),
        ("# A\n###### B", "<h3>A</h3>\n<h4>B</h4>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("ق & <", "<p>ق &amp; &lt;</p>\n"),
        ("", ""),
    ],
)
def test_markdown_becomes(source, html):
    assert render_markdown(source) == html


@pytest.mark.parametrize(
    "address", ["https://a.example/?b=1", "http://a.example", "mailto:a@b.example"]
)
def test_absolute_link_stands(address):
    assert f'href="{address}"' in render_markdown(f"[go]({address})")
    assert 'rel="noopener nofollow ugc"' in render_markdown(f"[go]({address})")


@pytest.mark.parametrize(
    "source",
    [
        "[go](javascript:alert(1))",
        "[go](JaVaScRiPt:alert(1))",
        "[go](java&#x09;script:alert(1))",
        "[go](data:text/html;base64,PHNjcmlwdD4=)",
        "[go](vbscript:x)",
        "[go](/admin/logout/)",
        "[go](//evil.example/)",
        "[go](?page=2)",
        "[go](#top)",
        "[go](ftp://a.example/)",
        "<a href='https://evil.example/' onclick='x()'>go</a>",
    ],
)
def test_other_link_loses_its_address(source):
    assert "href" not in render_markdown(source).replace("href=&#39;", "").replace(
        "&lt;a href=", ""
    )


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/pixel.png)",
        "<style>*{display:none}</style>",
        "<iframe src='https://evil.example'></iframe>",
        "a <b onmouseover=x()>b</b>",
        "<svg/onload=alert(1)>",
        "```html\n<script>1</script>\n```",
        "[a]: javascript:x\n\n[a]",
    ],
)
def test_html_and_pictures_never_pass(source):
    html = render_markdown(source)
    assert set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html)) <= TAGS
    assert not re.search(r"<[^>]*(\bon\w+|src|style|class)\s*=", html)


@given(st.text(alphabet="<>&\"'()[]!#*_`-\n \\/:.ajsc1", max_size=200))
def test_whatever_is_written_only_allowed_tags_come_out(source):
    html = render_markdown(source)
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= TAGS
    assert not re.search(r"<[a-z0-9]+ (?!href=\"(https?://|mailto:)|rel=\")", html)


@pytest.mark.parametrize("source", [">" * 20_000, "[" * 20_000, "- " * 10_000, "*_" * 10_000])
def test_hostile_nesting_is_rendered(source):
    assert len(render_markdown(source)) < 200_000


def test_too_long_a_text_is_refused_and_the_rest_never_parsed():
    validate_markdown("x" * MAX_CHARACTERS)
    with pytest.raises(ValidationError, match="Shorten"):
        validate_markdown("x" * (MAX_CHARACTERS + 1))
    assert "end" not in render_markdown("x" * MAX_CHARACTERS + "end")


def test_control_characters_are_refused():
    with pytest.raises(ValidationError, match="control characters"):
        validate_markdown("a\x0bb")
