"""`python -m tests.browser.screenshots FOLDER`: every page type as people see it, to be looked at.

In both themes, English, French and right to left, on a phone and a wide screen, of a site of its
own; `--only home,listing` leaves out the others.
"""

import argparse
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from .pages import PAGES, PREFIXES, THEMES, WIDTHS
from .serve import CHROMIUM, FLAGS, served


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", type=names, default=list(PAGES), metavar="NAME,NAME")
    parser.add_argument("--site", help="an address that is served already")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.site:
        return take(asked.site, asked.folder, asked.only)
    with TemporaryDirectory() as scratch, served(Path(scratch)) as site:
        take(site, asked.folder, asked.only)


def names(said: str) -> list[str]:
    if unknown := set(said.split(",")) - PAGES.keys():
        raise argparse.ArgumentTypeError(f"no such page: {', '.join(unknown)}")
    return said.split(",")


def take(site: str, folder: Path, only: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for language, name in product(PREFIXES, only):
            page.goto(site + PREFIXES[language] + PAGES[name])
            shoot(page, f"{folder}/{name}.{language}")
        browser.close()


def shoot(page: Page, path: str) -> None:
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        page.screenshot(path=f"{path}.{width}.{theme}.png", full_page=True)


if __name__ == "__main__":
    main()
