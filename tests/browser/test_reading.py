"""From an article's text to a published partnership with three announced opportunities, as an editor
does it: in far less than two minutes, and without JavaScript too."""

import time

import pytest
from playwright.sync_api import expect

TEXT = (
    "Ghana and Senegal agree on a partnership in green energy and culture\n\n"
    "Ghana and Senegal signed a partnership agreement on green energy and culture in Accra.\n\n"
    "Senegal will offer 40 scholarships to Ghanaian students from next year, the paper learnt. "
    "Internships in solar energy projects will also be offered to young engineers.\n\n"
    "A festival of music from both countries for young people is planned for the summer.\n\n"
    "<script>document.title = 'taken'</script> & the rest is said by nobody."
)
ARABIC = (
    "وقعت تونس وقطر اتفاق شراكة في مجال التعليم في الدوحة.\n\n"
    "وستقدم قطر 40 منحة دراسية للطلاب التونسيين ابتداء من العام المقبل."
)


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, False)])
def test_two_minutes_from_an_article_to_three_announced_opportunities(visit, width, script):
    began = time.monotonic()
    page = visit("/admin/login/?next=/admin/", width=width, script=script)
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a-long-walk-to-almaty")
    page.click("[type=submit]")
    page.click("text=Read an article")
    assert fits(page)
    # Another two countries for each run, for they share one site.
    text = TEXT if script else TEXT.replace("Ghana", "Bhutan").replace("Senegal", "Fiji")
    text = text.replace("Bhutanian", "Bhutanese").replace("Bhutanaian", "Bhutanese")
    page.fill("#id_text", text)
    page.click("text=Read it")
    expect(page.locator("mark")).to_have_count(4)
    expect(page.locator(".read-row > h3 + blockquote")).to_have_count(4)
    assert "<script>" in page.inner_text(".read-scroll") and page.title() != "taken"
    assert fits(page)

    internship = page.locator(".read-row:has(h3:has-text('Internship'))")
    internship.locator("[name$=-title]").fill("Internships in solar energy")
    page.click("[name=_preview]")
    cards = page.locator(".read-cards .card")
    expect(cards).to_have_count(3)
    expect(cards.locator(".stage")).to_have_text(["Announced"] * 3)
    expect(cards.nth(1).locator("h3")).to_have_text("Internships in solar energy")
    assert fits(page)

    page.click("[name=_publish]")
    expect(page.locator(".messagelist")).to_contain_text("4 published.")
    page.locator(".read-row", has_text="Internships in solar energy").get_by_text(
        "its page"
    ).click()
    expect(page.locator("h1")).to_have_text("Internships in solar energy")
    expect(page.locator(".state .stage")).to_have_text("Announced")
    assert time.monotonic() - began < 60


def test_an_arabic_article_stands_from_right_to_left_beside_french_words(log_in):
    page = log_in("contributor", "/fr/admin/opportunities/opportunity/read/", width=360)
    page.fill("#id_text", ARABIC)
    page.click(".submit-row [type=submit]")
    text = page.locator(".read-scroll")
    assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.locator(".read-rows [name$=-title]").first.input_value().startswith("منحة دراسية")
    assert page.locator("[name=_publish]").count() == 0
    assert fits(page)
