"""Saving, with and without script, and reading what was seen once the network is gone."""

import re

import pytest
from playwright.sync_api import expect

LISTING = "/opportunities/?stage=all"


@pytest.fixture
def kept(visit):
    """A page whose worker has taken over, so that what it shows from now on is kept."""
    page = visit("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto(page.site + "/opportunities/")
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def saves(page, number: int):
    return page.locator(".card button").nth(number)


def in_cache(page) -> list[str]:
    return page.evaluate(
        "caches.open('pages').then((c) => c.keys()).then((keys) => keys.map((k) => k.url))"
    )


def test_saving_needs_no_script_and_forgetting_takes_one_tap(visit):
    page = visit(LISTING, script=False)
    assert page.context.cookies() == []
    title = page.locator(".card h3").first.text_content()
    saves(page, 0).click()
    assert "/saved/#at-" in page.url
    expect(page.locator(".card h3")).to_have_text(title)
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    page.click("summary")
    page.check("[name=applied]")
    page.select_option("[name=outcome]", "accepted")
    page.click("[name=mark]")
    expect(page.locator("summary")).to_have_text("I applied: accepted")
    page.click("[name=forget]")
    assert page.locator(".card").count() == 0
    assert page.context.cookies() == []


def test_saving_with_script_stays_on_the_page_and_can_be_undone(visit):
    page = visit(LISTING)
    for number in range(3):  # faster than the first answer, which brings the cookie
        saves(page, number).click()
    for number in range(3):
        expect(saves(page, number)).to_have_text("Saved. Remove it?")
    saves(page, 1).click()
    expect(saves(page, 1)).to_have_text("Save")
    assert page.url == page.site + LISTING
    page.goto(page.site + "/saved/")
    assert page.locator(".card").count() == 2


def test_saving_that_fails_says_so(visit):
    page = visit(LISTING)
    page.context.set_offline(True)
    saves(page, 0).click()
    expect(saves(page, 0)).to_have_text("That did not work. Try again")
    page.context.set_offline(False)
    saves(page, 0).click()
    expect(saves(page, 0)).to_have_text("Saved. Remove it?")
    page.troubles.clear()  # Chromium notes the network's absence itself


def test_what_was_seen_opens_offline_and_says_how_old_it_is(kept):
    page = kept
    saves(page, 0).click()
    expect(saves(page, 0)).to_have_text("Saved. Remove it?")
    title = page.locator(".card h3").first.text_content()
    page.click(".card h3 a")
    seen = page.url
    page.wait_for_function("caches.match(location.href).then(Boolean)")
    assert page.locator(".hint[role=status]").count() == 0
    page.context.set_offline(True)
    page.goto(page.site + "/saved/")
    expect(page.locator(".card h3")).to_have_text(title)
    expect(page.locator(".hint[role=status]")).to_contain_text("You are offline")
    page.click(".card h3 a")
    assert page.url == seen
    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # styled
    page.goto(page.site + "/partnerships/")  # never seen
    expect(page.locator("h1")).to_have_text("You are offline")
    page.click("main a.button")
    assert page.url.endswith("/saved/")
    expect(page.locator(".card h3")).to_have_text(title)
    page.troubles.clear()  # Chromium notes the network's absence itself


def test_what_was_never_seen_says_offline_and_what_is_kept(visit):
    page = visit("/fr/opportunities/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()  # now under the worker
    page.wait_for_function("caches.match('/fr/offline/').then(Boolean)")
    page.context.set_offline(True)
    page.goto(page.site + "/fr/partnerships/")
    expect(page.locator("h1")).to_have_text("Vous êtes hors connexion")
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # styled
    page.click("main a[href='/fr/opportunities/']")
    expect(page.locator(".hint[role=status]")).to_contain_text("hors connexion")
    page.troubles.clear()  # Chromium notes the network's absence itself


def test_copy_carries_the_policy_of_its_page(kept):
    policy = kept.evaluate(
        "caches.match(location.href).then((a) => a.headers.get('Content-Security-Policy'))"
    )
    assert "default-src 'none'" in policy


def test_what_tells_of_a_person_and_the_desk_are_not_kept(kept):
    page = kept
    private = ["/opportunities/?nationality=KZ", "/opportunities/?held=6&residence=KZ",
               "/admin/login/", "/fr/admin/login/"]  # fmt: skip
    for path in [*private, "/fr/partnerships/"]:
        page.goto(page.site + path)
    page.wait_for_function("caches.match(location.href).then(Boolean)")
    found = in_cache(page)
    assert page.site + "/fr/partnerships/" in found
    assert not [url for url in found if url.removeprefix(page.site) in private]
    page.context.set_offline(True)
    page.goto(page.site + private[0])
    expect(page.locator("h1")).to_have_text(re.compile("offline|hors connexion"))
    page.troubles.clear()  # Chromium notes the network's absence itself


def test_forgotten_list_stays_in_no_copy(kept):
    page = kept
    saves(page, 0).click()
    expect(saves(page, 0)).to_have_text("Saved. Remove it?")
    for path in ("/fr/saved/", "/saved/"):
        page.goto(page.site + path)
        page.wait_for_function("caches.match(location.href).then(Boolean)")
    page.click("[name=forget]")
    page.wait_for_function(
        "caches.match('/saved/').then((a) => a && a.text()).then((t) => t && !t.includes('card'))"
    )
    assert [url for url in in_cache(page) if "saved" in url] == [page.site + "/saved/"]


def test_copies_are_bounded(kept):
    page = kept
    page.goto(page.site + "/saved/")
    for number in range(65):
        page.goto(f"{page.site}/opportunities/?q=word{number}")
    page.wait_for_function("caches.match(location.href).then(Boolean)")
    found = in_cache(page)
    assert len(found) <= 62  # with the list, and the page for what was never seen
    assert page.site + "/saved/" in found
    assert f"{page.site}/opportunities/?q=word0" not in found
