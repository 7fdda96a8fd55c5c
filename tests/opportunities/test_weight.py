"""PRODUCT §6, to the byte: what a page may weigh on a phone whose data costs money."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from .weight import DETAIL, LISTING, build_fullest_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

STATIC = Path(settings.BASE_DIR) / "static"


def weight(body: bytes) -> int:
    return len(gzip.compress(body, 6, mtime=0))


@pytest.fixture
def fullest_pages():
    build_fullest_pages()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_pages_hold_their_weight(client, fullest_pages, language):
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    listing = client.get(prefix + LISTING).content
    detail = client.get(prefix + DETAIL).content
    home = client.get(prefix + "/").content
    assert listing.count(b'class="card"') == 20
    assert detail.count(b"<blockquote") == 6
    assert home.count(b'<path d="M') > 12  # a map with points and arcs
    weights = {"listing": weight(listing), "detail": weight(detail), "home": weight(home)}
    weights["map"] = weight((STATIC / "img" / "land.svg").read_bytes())
    assert weights["listing"] <= 9_600, weights
    assert weights["detail"] <= 9_600, weights
    assert weights["home"] + weights["map"] <= 20_000, weights


def test_pages_for_a_reader_hold_the_same_weight(client, fullest_pages):
    told = "nationality=KZ&nationality=FR&residence=FR&age=22&held=6&level=master"
    pages = [f"{LISTING}&{told}", f"{DETAIL}?{told}", f"/opportunities/filter/about-you/?{told}"]
    weights = {path: weight(client.get(f"/fr{path}").content) for path in pages}
    assert max(weights.values()) <= 9_600, weights


TOLD = "nationality=ma&nationality=sn&nationality=ci&age=17&residence=fr&held=3"
STAGES = "stage=open&stage=upcoming&stage=announced&stage=closed"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(
    "asked",
    [
        TOLD,
        f"{TOLD}&unfit=shown&{STAGES}",
        f"{TOLD}&unfit=shown&{STAGES}&page=2",
        f"{TOLD}&unfit=shown&{STAGES}&stage=cancelled&stage=lapsed",
        f"age=17&residence=fr&held=3&unfit=shown&{STAGES}",
    ],
)
def test_listing_that_tells_of_a_reader_has_room_to_spare(client, fullest_pages, language, asked):
    """Its links say all of it, and each card whether it fits. The demo's cards differ more from each
    other than these, so its pages weigh some 1 500 bytes more; all must stay under 9 500."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    listing = client.get(f"{prefix}{LISTING}&{asked}").content
    assert b'class="fit' in listing
    assert weight(listing) <= 6_500


def test_stylesheet_holds_its_weight():
    sheets = list((STATIC / "css").glob("serai*.css"))
    assert sheets
    assert sum(weight(sheet.read_bytes()) for sheet in sheets) <= 5_000


def test_scripts_hold_their_weight():
    scripts = [path for path in (STATIC / "js").glob("*.js") if not path.name.startswith("admin")]
    assert sum(weight(path.read_bytes()) for path in scripts) <= 4_000
