"""Addresses for machines that a browser asks for: the worker and the manifest."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

WORKER = Path(settings.BASE_DIR) / "static" / "js" / "sw.js"


def test_worker_is_served_at_the_root_and_asked_for_again(client):
    response = client.get("/sw.js")
    assert response.content == WORKER.read_bytes()
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response.headers["Cache-Control"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_worker_is_small_enough_to_be_read_whole():
    assert len(WORKER.read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize(
    ("query", "language", "start"),
    [
        ("", "en", "/"),
        ("?lang=fr", "fr", "/fr/"),
        ("?lang=xx", "en", "/"),
        ("?lang=%22", "en", "/"),
    ],
)
def test_manifest_starts_in_the_language_of_the_page_that_links_it(client, query, language, start):
    response = client.get("/manifest.webmanifest" + query)
    said = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (said["lang"], said["start_url"], said["dir"]) == (language, start, "ltr")


def test_icons_of_the_manifest_are_there(client):
    icons = json.loads(client.get("/manifest.webmanifest").content)["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in icons)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "language"), [("/", "en"), ("/fr/", "fr")])
def test_every_page_names_the_manifest_and_the_script(client, path, language):
    html = client.get(path).content.decode()
    assert f'<link rel="manifest" href="/manifest.webmanifest?lang={language}">' in html
    assert re.search(r'<script src="/static/js/serai[^"]*\.js" defer ', html)
