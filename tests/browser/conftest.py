"""A real site in a process of its own, and Debian's Chromium to walk through it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from .serve import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason="Debian's chromium is not installed")
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a served site with the demo's rows."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "STATIC_ROOT": str(folder / "static"),
    }
    command = [sys.executable, "-m", "tests.browser.serve", str(port)]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield wait_for(f"http://127.0.0.1:{port}", server, folder / "log")
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen, log: Path) -> str:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz"):  # noqa: S310 - our own loopback
                return address
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(log.read_text())


@pytest.fixture
def visit(site, browser):
    """`visit(path, width=360, script=True)` opens a page and fails on any foreign request, failed
    resource or policy violation it causes."""
    contexts = []

    def open_page(path="/", *, width=360, script=True):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("request", lambda r: note_foreign(page, r, site))
        page.on("console", lambda m: note_error(page, m))
        page.site = site
        page.goto(site + path)
        return page

    yield open_page
    troubles = [t for context in contexts for page in context.pages for t in page.troubles]
    for context in contexts:
        context.close()
    assert troubles == []


def note_error(page, message) -> None:
    if message.type == "error":
        page.troubles.append(f"{message.text} ({message.location['url']})")


def note_foreign(page, request, site) -> None:
    if not request.url.startswith((site, "data:")):
        page.troubles.append(f"foreign request: {request.url}")


@pytest.fixture
def log_in(visit):
    def at_the_desk(role, path="/admin/", width=1280):
        page = visit(f"/admin/login/?next={path}", width=width)
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        return page

    return at_the_desk
