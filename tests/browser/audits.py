"""What axe-core and HTML_CodeSniffer find on a page as it stands.

axe-core comes with axe-playwright-python; HTML_CodeSniffer is the file named by HTMLCS_JS, which
`.ci/run` brings. Without it axe speaks alone, and the test of both says so.
"""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

HTMLCS_JS = os.environ.get("HTMLCS_JS", "")

RUN_AXE = """() => axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
    (one) => one.nodes.map((node) => `axe ${one.id}: ${node.html} (${node.failureSummary})`)))"""

# Its errors; warnings and notices ask a person to look, which the screenshots are for.
RUN_HTMLCS = """() => new Promise((done) => HTMLCS.process("WCAG2AA", document, () => done(
    HTMLCS.getMessages().filter((one) => one.type === HTMLCS.ERROR).map(
        (one) => `HTMLCS ${one.code}: ${one.element.outerHTML.slice(0, 200)} (${one.msg})`))))"""


def bring_auditors(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    if HTMLCS_JS:
        page.evaluate(Path(HTMLCS_JS).read_text())


def findings(page: Page) -> list[str]:
    """Needs `bring_auditors` once since the page was opened."""
    found = page.evaluate(RUN_AXE)
    return found + page.evaluate(RUN_HTMLCS) if HTMLCS_JS else found
