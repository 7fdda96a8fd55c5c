"""The W3C validator's word on every page type. Needs VNU_JAR and Java; `.ci/run` brings both."""

import os
import shutil
import subprocess
import urllib.error
import urllib.request

import pytest

from .pages import PAGES, PREFIXES

JAR = os.environ.get("VNU_JAR", "")

pytestmark = pytest.mark.skipif(
    not (JAR and shutil.which("java")), reason="VNU_JAR or Java is not here"
)


def body_of(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310 - our own loopback
            return response.read()
    except urllib.error.HTTPError as error:
        return error.read()


def test_validator_finds_no_error(site, tmp_path):
    for language, prefix in PREFIXES.items():
        for name, path in PAGES.items():
            (tmp_path / f"{name}.{language}.html").write_bytes(body_of(site + prefix + path))
    command = ["java", "-jar", JAR, "--errors-only", *map(str, sorted(tmp_path.glob("*.html")))]
    checked = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert checked.returncode == 0, checked.stderr[:5000]
