"""`python -m tests.browser.screenshots ADDRESS FOLDER`: every page type of a running site, to look at."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from .conftest import CHROMIUM, FLAGS
from .pages import PAGES, PREFIXES, WIDTHS


def main(address: str, folder: str, languages: str = "en,fr,ar", names: str = "") -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800})
            for language in languages.split(","):
                for name in names.split(",") if names else PAGES:
                    page.goto(address + PREFIXES[language] + PAGES[name])
                    page.screenshot(path=f"{folder}/{name}.{language}.{width}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
