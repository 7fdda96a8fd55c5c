"""Every page type, in both themes, directions and widths, as a browser shows it."""

import re
from itertools import product

import pytest
from django.conf import settings
from django.test import RequestFactory
from playwright.sync_api import expect

from config.views import styleguide

from .audits import HTMLCS_JS, bring_auditors, findings
from .pages import GONE, PAGES, PREFIXES, THEMES, WIDTHS


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits_its_screen(visit, language, name):
    page = visit(PREFIXES[language] + PAGES[name])
    if name in GONE:
        page.troubles.clear()
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert_nothing_is_found(page)


def assert_nothing_is_found(page) -> None:
    """In each theme at each width; the page asks only the style sheet about either."""
    bring_auditors(page)
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        assert findings(page) == [], (width, theme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", THEMES)
def test_auditors_find_what_is_wrong(visit, theme):
    page = visit("/privacy/")
    page.emulate_media(color_scheme=theme)
    bring_auditors(page)
    page.evaluate("document.querySelector('main').innerHTML = '<img src=data:,>'")
    page.evaluate("document.querySelector('footer').style.color = 'rgb(120 120 120 / .5)'")
    found = "\n".join(findings(page))
    page.troubles.clear()  # the picture, and the style that the policy forbids
    assert "axe image-alt" in found and "axe color-contrast" in found
    if not HTMLCS_JS:
        pytest.skip("HTMLCS_JS is not here: axe-core looked alone")
    assert "HTMLCS WCAG2AA.Principle1.Guideline1_1.1_1_1.H37" in found


def test_style_guide_is_accessible(browser):
    """It has no address in production, so it comes as a file with its style sheets put in."""
    page = browser.new_page()
    page.set_content(styleguide(RequestFactory().get("/styleguide/")).content.decode())
    for sheet in ("serai", "styleguide"):
        page.add_style_tag(path=f"{settings.BASE_DIR}/static/css/{sheet}.css")
    assert_nothing_is_found(page)
    page.close()


def test_who_reads_in_the_dark_still_prints_dark_on_white(visit):
    page = visit("/opportunities/example-climate-masters-highlands/")
    page.emulate_media(media="print", color_scheme="dark")
    style = "getComputedStyle(document.querySelector('h1')).color"
    assert page.evaluate(style) == "rgb(30, 36, 48)"
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.evaluate(style) == "rgb(233, 231, 226)"


def test_saved_list_is_accessible(visit):
    page = visit("/opportunities/?stage=all")
    for number in range(3):
        button = page.locator(".card form button").nth(number)
        button.click()
        expect(button).to_have_text("Saved. Remove it?")
    for prefix in PREFIXES.values():
        page.goto(f"{page.site}{prefix}/saved/")
        assert page.locator(".card").count() == 3
        page.locator(".noted details").evaluate_all("all => all.forEach((one) => one.open = true)")
        assert_nothing_is_found(page)


def test_phone_walk_without_script_from_home_to_the_sentence(visit):
    for prefix, announced in [("", "announced, without a call yet"), ("/fr", "sans appel")]:
        page = visit(prefix + "/", script=False)
        page.goto(f"{page.site}{prefix}/opportunities/?country=KZ&sector=energy")
        page.click(f".hint a:has-text('{announced}')")
        page.click(".card a[href*='green-energy-internships']")
        assert page.locator("a[rel*=nofollow].button").count() == 0
        assert "des stages dans des projets d’énergie verte" in page.content()
        page.click("#sources ~ .notes a[href*='/articles/']")
        assert page.locator(".card").count() == 5
        assert page.locator("a[href$='/partnerships/china-kazakhstan/']").count() >= 1


def test_filter_sheet_opens_and_narrows_without_script(visit):
    page = visit("/opportunities/", script=False)
    assert not page.locator("#filters button").is_visible()
    page.click("a[href='#filters']")
    page.click("summary:has-text('Kind')")
    page.check("input[name=kind]:not([disabled]) >> nth=0")
    page.click("#filters button")
    assert "kind=" in page.url
    assert page.locator(".chips li").count() >= 1


def test_filter_sheet_is_alone_on_a_phone_and_says_how_many_it_gives(visit):
    page = visit("/opportunities/")
    page.click("a[href='#filters']")
    button = page.locator("#filters button")
    expect(button).to_be_in_viewport()
    expect(button).to_have_text(re.compile(r"Show \(\d+\)"))
    assert not page.locator("#results").is_visible() and not page.locator("footer").is_visible()
    before = button.inner_text()
    page.click("summary:has-text('Kind')")
    page.check("input[name=kind]:not([disabled]) >> nth=0")
    expect(button).not_to_have_text(before)
    promised = re.search(r"\d+", button.inner_text())[0]
    assert promised in page.locator("#filters output").inner_text()
    button.click()
    expect(page.locator("#count")).to_contain_text(promised)
    assert promised in page.title()
    page.click("a[href='#filters']")
    page.keyboard.press("Escape")
    expect(page.locator("#results")).to_be_visible()


def test_points_of_a_time_line_lead_where_the_table_does(visit):
    page = visit("/opportunities/filter/deadlines/", width=1280)
    points = page.locator(".line svg a")
    assert points.count() > 3
    points.last.click()
    page.wait_for_url(re.compile("/opportunities/[a-z0-9-]+/$"))
    where = page.url.removeprefix(page.site)
    page.go_back()
    assert page.locator(f".dated a[href='{where}']").count() == 1


def test_language_link_keeps_page_and_filters(visit):
    page = visit("/opportunities/?country=KZ&stage=announced")
    page.click("footer a[lang=fr]")
    assert page.url.endswith("/fr/opportunities/?country=KZ&stage=announced")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_skip_link_is_the_first_stop_and_leads_to_the_content(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_deadline_shows_the_readers_own_time_beside_the_official_one(visit, browser, site):
    address = f"{site}/opportunities/example-climate-masters-highlands/"
    for zone, shown in [("America/Lima", "at 09:00"), ("Asia/Tokyo", "at 23:00")]:
        context = browser.new_context(timezone_id=zone)
        page = context.new_page()
        page.goto(address)
        assert "17:00 (Africa/Nairobi, UTC+3)" in page.locator("li > time").first.inner_text()
        said = page.locator("li:has(> time)").first.inner_text()
        context.close()
        assert "(your time: " in said and shown in said, (zone, said)


def test_reader_finds_out_whether_it_fits_without_script(visit):
    page = visit("/opportunities/example-climate-masters-highlands/", script=False)
    page.click("a:has-text('Does it fit me?')")
    page.select_option("#about-nationality", "KE")
    page.fill("#about-age", "24")
    page.click("form.about button")
    assert page.locator(".rules .fit.yes").count() == 2
    assert "age=24" in page.url
    page.click("a:has-text('Forget it')")
    assert page.url.endswith("/opportunities/example-climate-masters-highlands/")
