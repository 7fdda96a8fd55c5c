"""A real site in a process of its own, and Debian's Chromium to walk through it."""

from pathlib import Path

import pytest

from .serve import CHROMIUM, FLAGS, PASSWORD, served


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


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a served site with the demo's rows, one for each file: what an editor's test
    publishes is seen by no other."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


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
