"""What reading makes of real news pages, against gold: `python -m tests.benchmarks.extraction`.

The pages are third parties' and stay in ../shared/data/html.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partnerships.ingestion.child import Reader
from partnerships.ingestion.read import Reading
from partnerships.ingestion.refusals import Refused

PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "html"
WORD = re.compile(r"[぀-ヿ㐀-鿿]|\w+")


@dataclass(frozen=True)
class Score:
    page: str
    title: bool | None  # None: the gold does not say
    date: bool | None
    text: float | None  # F1 of words; of pages with segments, whether all (and only) they are there
    said: Reading | str


def scores() -> list[Score]:
    with Reader() as reader:
        return [score(reader, path) for path in sorted(PAGES.glob("*.html"))]


def score(reader: Reader, path: Path) -> Score:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    try:
        said = reader.read(path.read_bytes(), content_type="text/html", address=gold["url"])
    except Refused as refused:
        return Score(path.stem, False, False, 0.0, str(refused))
    if "must_contain" in gold:
        return Score(path.stem, None, None, segments(gold, said.text), said)
    stated = gold["gold"]
    published = date.fromisoformat(stated["publishing_date"][:10])
    return Score(
        page=path.stem,
        title=squeezed(stated["title"]) == squeezed(said.title),
        date=published == said.published_on,
        text=f1(words(body_of(stated)), words(said.text.removeprefix(said.title))),
        said=said,
    )


def body_of(gold: dict) -> str:
    body = gold["body"]
    sections = [part for s in body["sections"] for part in s["headline"] + s["paragraphs"]]
    return "\n".join([*body.get("summary", []), *sections])


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("\xad", "").split())


def words(text: str) -> Counter:
    return Counter(WORD.findall(squeezed(text).casefold()))


def f1(gold: Counter, said: Counter) -> float:
    shared = (gold & said).total()
    return 2 * shared / (gold.total() + said.total()) if shared else 0.0


def segments(gold: dict, text: str) -> float:
    text = squeezed(text)
    right = [squeezed(words) in text for words in gold["must_contain"]]
    right += [squeezed(words) not in text for words in gold["must_not_contain"]]
    return sum(right) / len(right)


def share(values: list[float | bool | None]) -> float:
    stated = [value for value in values if value is not None]
    return sum(stated) / len(stated)


def main() -> None:
    if not PAGES.is_dir():
        sys.stdout.write(f"No pages at {PAGES}: nothing measured.\n")
        return
    found = scores()
    for row in found:
        marks = [{True: "right", False: "WRONG", None: "-"}[mark] for mark in (row.title, row.date)]
        sys.stdout.write(
            f"{row.page:32} title {marks[0]:6} date {marks[1]:6} text {row.text:.3f}\n"
        )
    sys.stdout.write(
        f"{len(found)} pages: title {share([r.title for r in found]):.0%}, "
        f"date {share([r.date for r in found]):.0%}, text {share([r.text for r in found]):.3f}\n"
    )


if __name__ == "__main__":
    main()
