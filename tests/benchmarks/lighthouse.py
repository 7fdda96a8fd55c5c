"""Lighthouse's word on a phone: the median of several runs of five pages, as production serves them.

    .venv/bin/python -m tests.benchmarks.lighthouse [--runs 5] --json

Starts granian on loopback with `config.settings`, no DEBUG, compressed and hashed static files and
the demo's rows in a scratch database. The pages are those that no example's `noindex` keeps from
search engines. Needs Debian's Chromium, Node.js and the npm package lighthouse (`npm install
lighthouse` in any folder; `--lighthouse` names its cli/index.js, `--node` another Node.js).
The machine should have nothing else to do: the load is told beside the figures. Exit code 1 where a
goal is missed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.browser.pages import PAGES
from tests.browser.serve import CHROMIUM, FLAGS, served

LOOKED_AT = ("home", "listing", "announced", "partnership", "country")
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
NEEDED = (22, 19)  # of Node.js, by lighthouse 13
TRIES = 3
"""A run that says nothing of the page (its trace was lost, say) is made again."""

Scores = dict[str, int]


def main() -> None:
    options = options_of(sys.argv[1:])
    if missing := what_is_missing(options):
        sys.exit(missing)
    with TemporaryDirectory() as scratch, served(Path(scratch), **PRODUCTION) as site:
        runs = run_in_turn(site, options)
    medians = {name: median_of(scores) for name, scores in runs.items()}
    figures = {"medians": medians, "runs": runs, "load": os.getloadavg()}
    sys.stdout.write(json.dumps(figures) if options.json else table(medians, runs))
    sys.stdout.write("\n")
    sys.exit(any(medians[name][goal] < GOALS[goal] for name in medians for goal in GOALS))


def options_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each page")
    parser.add_argument("--node", default=shutil.which("node"))
    parser.add_argument("--lighthouse", default=shutil.which("lighthouse"))
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(words)


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "benchmarks-only-" * 4,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "0",  # loopback speaks plain http
    "SERAI_DEMO": "0",
    "DEBUG": "0",
}


def what_is_missing(options: argparse.Namespace) -> str | None:
    if CHROMIUM is None:
        return "Debian's chromium is not installed."
    if not options.node:
        return "Node.js is not installed."
    said = subprocess.run([options.node, "--version"], capture_output=True, text=True).stdout
    if tuple(int(part) for part in said.strip("v\n").split(".")[:2]) < NEEDED:
        return f"Lighthouse needs Node.js 22.19 or newer, and {options.node} is {said.strip()}."
    if not (options.lighthouse and Path(options.lighthouse).exists()):
        return "Lighthouse is not here: npm install lighthouse, then --lighthouse …/cli/index.js."
    return None


def run_in_turn(site: str, options: argparse.Namespace) -> dict[str, list[Scores]]:
    """Page after page, again and again, so that a busy minute does not hit one page alone."""
    runs: dict[str, list[Scores]] = {name: [] for name in LOOKED_AT}
    for name in LOOKED_AT:
        urllib.request.urlopen(site + PAGES[name]).close()  # noqa: S310 - our own loopback
    for number in range(options.runs):
        for name in LOOKED_AT:
            runs[name].append(scores_of(site + PAGES[name], options))
            sys.stderr.write(f"{number + 1} {name} {runs[name][-1]}\n")
    return runs


def scores_of(address: str, options: argparse.Namespace) -> Scores:
    command = [
        options.node, options.lighthouse, address, "--quiet", "--output=json",
        f"--only-categories={','.join(GOALS)}", f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
        if done.returncode == 0:
            break
        sys.stderr.write(done.stderr)
    else:
        sys.exit(f"Lighthouse gave up on {address}.")
    categories = json.loads(done.stdout)["categories"]
    return {goal: round(categories[goal]["score"] * 100) for goal in GOALS}


def median_of(scores: list[Scores]) -> Scores:
    return {goal: round(median(one[goal] for one in scores)) for goal in GOALS}


def table(medians: dict[str, Scores], runs: dict[str, list[Scores]]) -> str:
    lines = [f"{'':12}" + "".join(f"{goal:>16}" for goal in GOALS) + "   performance of each run"]
    for name, scores in medians.items():
        each = " ".join(str(one["performance"]) for one in runs[name])
        lines.append(f"{name:12}" + "".join(f"{scores[goal]:>16}" for goal in GOALS) + f"   {each}")
    return "\n".join([*lines, f"load {os.getloadavg()[0]:.1f}"])


if __name__ == "__main__":
    main()
