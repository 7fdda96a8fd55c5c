"""What is read in labelled articles and lists of spellings, as one report.

    .venv/bin/python -m tests.benchmarks.articles [--samples ../shared] [--json]

The samples lie outside the repository; a part whose samples are absent says so. Articles are scored by
the samples' own script, spellings by the share that names the right country. The time is the CPU of one
article of 10 000 characters once its language is loaded.
"""

import argparse
import csv
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time

from opportunities.management.commands.read_articles import what_is_said
from partnerships.ingestion.recognise import recognise
from partnerships.ingestion.recognise.spelling import country_named

SPELLINGS = ("countrynames_third", "cldr_territories", "world_countries_names_demonyms")
NOT_COUNTRIES = "countrynames_not_a_country"
ROUNDS = 5
LENGTH = 10_000


def main() -> None:
    options = options_of(sys.argv[1:])
    figures = {
        "articles": scored(options.samples),
        "spellings": spelt(options.samples / "data/countries"),
        "milliseconds": slowest(options.samples / "data/articles"),
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) if options.json else table(figures))
    sys.stdout.write("\n")


def options_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.articles", description=__doc__)
    parser.add_argument("--samples", type=Path, default=Path("../shared"))
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(words)


def scored(samples: Path) -> list[str] | None:
    """The lines of the samples' scorer."""
    articles, scorer = samples / "data/articles", samples / "tools/score_articles.py"
    if not articles.is_dir() or not scorer.is_file():
        return None
    with TemporaryDirectory() as folder:
        said = Path(folder) / "said.jsonl"
        said.write_text("\n".join(json.dumps(what_is_said(path)) for path in texts(articles)))
        run = subprocess.run(
            [sys.executable, scorer, said, articles], capture_output=True, text=True, check=True
        )
    return run.stdout.splitlines()


def texts(articles: Path) -> list[Path]:
    return sorted(articles.glob("*/text.txt"))


def spelt(lists: Path) -> dict[str, str] | None:
    if not lists.is_dir():
        return None
    figures = {}
    for name in SPELLINGS:
        rows = [row for row in read(lists, name) if not row.get("kind", "").startswith("demonym")]
        right = sum(country_named(row["name"]) == row["iso2"] for row in rows)
        figures[name] = f"{right} of {len(rows)}"
    accepted = [row["name"] for row in read(lists, NOT_COUNTRIES) if country_named(row["name"])]
    return figures | {NOT_COUNTRIES: f"{len(accepted)} accepted {' '.join(accepted)}".strip()}


def read(lists: Path, name: str) -> list[dict[str, str]]:
    with (lists / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def slowest(articles: Path) -> float | None:
    """The slowest of the samples, each brought to one length, the best of some rounds."""
    lengthened = [(path.read_text(encoding="utf-8") * LENGTH)[:LENGTH] for path in texts(articles)]
    return max((best(text) for text in lengthened), default=None)


def best(text: str) -> float:
    times = []
    for _round in range(ROUNDS + 1):
        begun = thread_time()
        recognise(text)
        times.append(thread_time() - begun)
    return round(min(times) * 1000, 1)


def table(figures: dict) -> str:
    lines = figures["articles"] or ["articles        no samples"]
    lines += [
        f"{k:32}{v}" for k, v in (figures["spellings"] or {"spellings": "no samples"}).items()
    ]
    return "\n".join(
        [*lines, f"{LENGTH} characters    {figures['milliseconds']} ms at the slowest"]
    )


if __name__ == "__main__":
    main()
