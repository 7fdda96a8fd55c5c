"""The style guide shows what the stylesheet holds, and only where one develops."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from config.views import styleguide

CSS = settings.BASE_DIR / "static" / "css"
ELSEWHERE = set(
    [
        "skip",
        "top",
        "brand",
        "mine",
        "bar",
        "split",
        "filters",
        "field",
        "columns",
        "prose",
        "plain",
        "counts",
        "pages",
        "go",
        "hide",
        "lead",
    ]
)
"""Of the frame and of forms: seen on every page."""


def rules(name: str) -> str:
    return Path(CSS / name).read_text()


def test_style_guide_is_no_address_of_a_site(client):
    assert client.get("/styleguide/").status_code == 404


def test_every_component_is_in_the_style_guide():
    html = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    shown = {word for value in re.findall(r'class="([^"]*)"', html) for word in value.split()}
    components = set(re.findall(r"\.([a-z]+)(?=[^{}]*\{)", rules("serai.css")))
    assert components - shown - ELSEWHERE == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes_are_those_of_the_stylesheet(theme):
    tokens = re.findall(
        r"--(?:ink|soft|line|paper|wash|link|mark|open|wait|over):#\w+", rules("serai.css")
    )
    of_theme = tokens[:10] if theme == "light" else tokens[10:]
    sample = rules("styleguide.css").split(f".sample.{theme}{{")[1].split("}")[0]
    assert re.findall(r"--\w+:#\w+", sample) == of_theme
