"""The device's own way to share, and the links where it has none."""

import pytest

pytestmark = pytest.mark.browser

OFFER = "/opportunities/green-energy-internships-china-kazakhstan/"
KEEP = "navigator.share = async (given) => { window.given = given; }"
LACK = "Object.defineProperty(navigator, 'share', {value: undefined})"


def opened(visit, init: str):
    page = visit("/safe-applying/")
    page.add_init_script(init)
    page.goto(page.site + OFFER)
    return page


def test_device_that_can_share_is_asked(visit):
    page = opened(visit, KEEP)
    page.click("[data-share] button")
    given = page.evaluate("window.given")
    assert given["url"].endswith(OFFER) and given["title"] == page.title()


def test_without_it_there_are_links_and_no_dead_button(visit):
    page = opened(visit, LACK)
    assert not page.locator("[data-share]").is_visible()
    assert page.locator("a[href^='https://wa.me/']").is_visible()


def test_links_need_no_script(visit):
    page = visit(OFFER, script=False)
    assert not page.locator("[data-share]").is_visible()
    assert page.locator("a[href^='mailto:?']").is_visible()
