"""An editor's hour at the desk, and a contributor who tries the same by address."""

from playwright.sync_api import Page, expect


def choose(page: Page, field: str, words: str) -> None:
    """Pick from an autocomplete as a person does: open it, type, take the first that fits."""
    page.click(f"#id_{field} + .select2")
    page.fill(".select2-container--open .select2-search__field", words)
    page.click(f".select2-results__option:not(.loading-results):has-text('{words}')")


def save(page: Page, button: str = "_continue") -> None:
    page.click(f".submit-row [name={button}]")


def add_article(page: Page, title: str, nature: str, address: str = "") -> None:
    page.goto(page.site + "/admin/partnerships/article/add/")
    page.select_option("#id_nature", nature)
    page.fill("#id_title", title)
    page.fill("#id_address", address)
    page.fill("#id_language", "en")
    save(page)
    expect(page.locator(".success")).to_be_visible()


def add_row(page: Page, prefix: str) -> None:
    page.click(f"#{prefix}-group .add-row a")


def cite(page: Page, prefix: str, article: str, fact: str, quote: str) -> None:
    choose(page, f"{prefix}-article", article)
    page.select_option(f"#id_{prefix}-fact", fact)
    page.fill(f"#id_{prefix}-quote", quote)
    page.select_option(f"#id_{prefix}-speaker_role", "outlet")


def test_an_editors_hour_from_partnership_to_withdrawal(log_in, visit):
    page = log_in("editor")
    add_article(page, "Ministers meet in Nairobi", "news")

    page.goto(page.site + "/admin/partnerships/partnership/add/")
    for number, country in enumerate(["Kenya", "Morocco"]):
        if not page.locator(f"#id_parties-{number}-country").count():
            add_row(page, "parties")
        choose(page, f"parties-{number}-country", country)
    if not page.locator("#id_citations-0-article").count():
        add_row(page, "citations")
    cite(page, "citations-0", "Ministers meet", "parties", "Kenya and Morocco will work together.")
    save(page, "_publish")
    expect(page.locator(".success").first).to_be_visible()
    assert "kenya-morocco" in page.goto(page.site + "/partnerships/").text()

    # An opportunity, published too early: each thing missing is named, nothing typed is lost.
    page.goto(page.site + "/admin/opportunities/opportunity/add/")
    page.fill("#id_words-0-language", "en")
    page.fill("#id_words-0-title", "Weavers’ exchange on two coasts")
    save(page, "_publish")
    for missing in (
        "Say in a summary what it is.",
        "Choose a kind.",
        "Choose at least one sector.",
    ):
        expect(page.locator(".errorlist", has_text=missing).first).to_be_visible()
    assert page.input_value("#id_words-0-title") == "Weavers’ exchange on two coasts"

    page.fill("#id_words-0-summary", "Two months with weavers on the other coast.")
    page.select_option("#id_kind", "exchange")
    choose(page, "sectors", "Culture")
    choose(page, "partnerships", "Kenya")
    if not page.locator("#id_citations-0-article").count():
        add_row(page, "citations")
    cite(page, "citations-0", "Ministers meet", "existence", "Weavers will visit each other.")
    add_row(page, "citations")
    cite(page, "citations-1", "Ministers meet", "kind", "visit each other")
    for number, day in enumerate(["2027-03-01", "2027-04-01"]):
        add_row(page, "deadlines")
        page.fill(f"#id_deadlines-{number}-on", day)
    save(page, "_publish")
    expect(page.locator(".success").first).to_be_visible()

    reader = visit("/opportunities/weavers-exchange-on-two-coasts/")
    expect(reader.locator(".state .stage")).to_have_text("Announced")
    assert reader.locator(".notes blockquote").count() == 2

    # A change of what is public needs a reason, and shows it.
    page.goto(page.site + "/admin/opportunities/opportunity/?q=weavers")
    page.click("#result_list tbody th a")
    edit = page.url
    page.fill("#id_words-0-title", "Weavers’ exchange between two coasts")
    save(page)
    expect(page.locator(".errorlist", has_text="Say why").first).to_be_visible()
    page.fill("#id_reason", "The ministers’ own wording")
    save(page)
    expect(page.locator(".success").first).to_be_visible()
    reader.reload()
    expect(reader.locator("h1")).to_have_text("Weavers’ exchange between two coasts")
    assert "The ministers’ own wording" in reader.content()

    page.goto(edit)
    page.click("a.verb-asks")
    page.fill("#id_reason", "The ministry took it back.")
    page.click("[type=submit][name=confirm], form .submit-row [type=submit]")
    expect(page.locator(".success").first).to_be_visible()
    reader.troubles.clear()
    assert reader.reload().status == 410
    assert "The ministry took it back." in reader.content()
    reader.troubles.clear()  # Chromium notes the 410 itself


def test_contributor_drafts_but_cannot_publish_by_address(log_in):
    page = log_in("contributor", "/admin/opportunities/opportunity/add/")
    assert page.locator("[name=_publish]").count() == 0
    page.fill("#id_words-0-language", "en")
    page.fill("#id_words-0-title", "A contributor’s draft")
    save(page)
    expect(page.locator(".success").first).to_be_visible()
    page.evaluate(
        """() => {
            const button = document.createElement("input");
            button.type = "submit"; button.name = "_publish"; button.id = "forged";
            document.querySelector(".submit-row").append(button);
        }"""
    )
    page.click("#forged")
    assert "This is not open to you" in page.content()
    page.goto(page.site + "/admin/auth/user/")
    assert "This is not open to you" in page.content()
    page.troubles.clear()  # Chromium notes each 403 itself
