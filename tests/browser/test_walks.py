"""Two people walk from the home page: one with a keyboard and a screen reader, one in a hurry.

What the first one hears, by Tab, in the words of the accessibility tree:

1. Home. *Skip to the content* is the first stop; after the wordmark, *Saved* and the three links of the
   site comes *Search*. Typing “green energy internship” and Enter opens the list.
2. The list. *Filter (1)* on a phone, *Back to the results* before the filters on a wide screen; a status
   says how many there are; then *Remove all*, *Does it fit me?*, *2 more are announced, without a call
   yet*. Enter shows those; the title of a card is its link, and *Save* follows it.
3. The opportunity. After the stage and its *Source 1* come *Save* and *Tell me when it opens*. Enter on
   *Save* says *Saved. Remove it?*, and focus stays on it.
4. The alert. *Your e-mail address*, two checkboxes in the group *Tell me*, *Send me the link*. Enter
   leads to *Look into your mailbox*.
"""

import re

import pytest
from playwright.sync_api import Page, expect

HEADER = [
    "link Skip to the content",
    "link Serai",
    "link Saved",
    "link Opportunities",
    "link Partnerships",
    "link Sources",
]
FOUND = "Green-energy internships, China and Kazakhstan"
IN_FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const box = one.getClientRects()[0]; // of a link in two lines, the first
    const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        lost: one === document.body || !box?.width || !box.height,
        ringed: one.matches(":focus-visible") && style.outlineStyle !== "none"
            && parseFloat(style.outlineWidth) >= 2,
        covered: !(top && (one.contains(top) || top.closest("label")?.control === one)),
    };
}"""


class Keyboard:
    """Nothing but keys; each stop is seen, in view and has a name, or the walk fails."""

    def __init__(self, page: Page):
        self.page = page
        self.tree = page.context.new_cdp_session(page)
        self.tree.send("Accessibility.enable")
        self.heard: list[str] = []

    def stop(self) -> str:
        """What a screen reader says of where focus is: role and name."""
        handle = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": handle["result"]["objectId"], "fetchRelatives": False}
        (node,) = self.tree.send("Accessibility.getPartialAXTree", asked)["nodes"]
        role, name = (node.get(said, {}).get("value", "") for said in ("role", "name"))
        return f"{role} {name}"

    def named(self) -> str:
        """`stop`, once the tree of a page that has just come knows it; the tree lags the page."""
        for _ in range(100):
            if re.fullmatch(r"\w+ \S.*", said := self.stop()):
                return said
            self.page.wait_for_timeout(50)
        raise AssertionError(f"“{said}” has no role or no name")

    def tab(self) -> str:
        self.page.keyboard.press("Tab")
        state = self.page.evaluate(IN_FOCUS)
        assert state == {"lost": False, "ringed": True, "covered": False}, (state, self.heard)
        said = self.named()
        self.heard.append(said)
        return said

    def tab_to(self, said: str, most: int = 60) -> None:
        self.heard.clear()
        for _ in range(most):
            if self.tab() == said:
                return
        raise AssertionError(f"no {said} among {self.heard}")

    def enter(self) -> None:
        self.page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1280])
def test_keyboard_alone_finds_opens_saves_and_is_told(visit, width):
    page = visit("/", width=width)
    keys = Keyboard(page)
    keys.tab_to("searchbox Search")
    assert keys.heard == [*HEADER, "searchbox Search"]
    page.keyboard.type("green energy internship")
    keys.enter()
    page.wait_for_url("**/opportunities/?q=*")
    hear_the_page(page, heading="Opportunities")
    expect(page.locator("#results [role=status]")).to_have_text("1 opportunity")
    go_past_the_filters(keys, width)
    keys.tab_to("link 2 more are announced, without a call yet")
    assert keys.heard[-3:-1] == ["link Remove all", "link Does it fit me?"]
    keys.enter()
    page.wait_for_url("**stage=announced")
    go_past_the_filters(keys, width)
    keys.tab_to(f"link {FOUND}")
    keys.enter()
    page.wait_for_url("**/opportunities/green-energy*/")
    hear_the_page(page, heading=FOUND)
    keys.tab_to("button Save")
    assert keys.heard == [*HEADER, "link Opportunities", "link Source 1", "button Save"]
    keys.enter()
    expect(page.get_by_role("button", name="Saved. Remove it?")).to_be_focused()
    assert keys.stop() == "button Saved. Remove it?"
    assert keys.tab() == "link Tell me when it opens"
    keys.enter()
    page.wait_for_url("**/alerts/opportunities/*/")
    hear_the_page(page, heading="Tell me by e-mail")
    keys.tab_to("textbox Your e-mail address")
    page.keyboard.type("aigerim@example.org")
    keys.tab_to("button Send me the link")
    assert [said.split()[0] for said in keys.heard] == ["checkbox", "checkbox", "button"]
    keys.enter()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()


def go_past_the_filters(keys: Keyboard, width: int) -> None:
    """On a phone they are a sheet of their own; beside the list one link leads past them."""
    if width == 360:
        keys.tab_to("link Filter (1)" if "stage" not in keys.page.url else "link Filter (2)")
        return
    keys.tab_to("link Back to the results")
    assert keys.heard == [*HEADER, "link Back to the results"]
    keys.enter()
    assert keys.tab().startswith("link Remove: ")


def hear_the_page(page: Page, heading: str) -> None:
    """The landmarks a screen reader jumps by, and one heading that says where one is."""
    tree = page.locator("body").aria_snapshot()
    for landmark in ["- banner:", '- navigation "Site":', "- main:", "- contentinfo:"]:
        assert tree.count(landmark) == 1, tree
    assert re.findall(r'- heading "(.*)" \[level=1\]', tree) == [heading]


class Thumb:
    """Taps, without script and without typing, on what is there to be seen."""

    def __init__(self, page: Page):
        self.page, self.taps = page, 0

    def tap(self, words: str) -> None:
        self.taps += 1
        self.page.get_by_role("link", name=words).first.click()


WAYS = {
    "en": (["Internship", "announced, without a call yet", FOUND], "Announced", "no official call"),
    "fr": (
        ["Stage", "sans appel à candidatures", "Stages dans l’énergie verte"],
        "Annoncée",
        "aucun appel officiel",
    ),
}


@pytest.mark.parametrize("language", WAYS)
def test_stranger_learns_in_three_taps_that_one_cannot_apply_and_why(visit, language):
    """An internship in energy for somebody from Kazakhstan, from the home page alone."""
    taps, stage, reason = WAYS[language]
    page = visit("/" if language == "en" else f"/{language}/", script=False)
    hand = Thumb(page)
    for words in taps:
        hand.tap(words)
    assert hand.taps <= 3
    state = page.locator(".state")
    expect(state.locator(".stage")).to_have_text(stage)
    expect(state).to_contain_text(reason)
    assert "Kazakhstan" in page.locator("h1").inner_text()
    assert page.locator("a[rel*=nofollow].button").count() == 0  # nothing to apply at


def test_stranger_finds_the_open_one_and_its_rules_in_two_taps(visit):
    page = visit("/", script=False)
    hand = Thumb(page)
    hand.tap("Energy")
    hand.tap("Internships in a solar park")
    expect(page.locator(".state .stage")).to_have_text("Open")
    expect(page.locator(".state")).to_contain_text("apply by")
    expect(page.locator(".state")).to_contain_text("gulf-school.example.org")
    assert page.locator("a[rel*=nofollow].button").count() == 1
    expect(page.locator(".rules")).to_contain_text("Field of study: Engineering")
