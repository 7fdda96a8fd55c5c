"""Whether every sample feed gives the entries that feedparser is known to read:
`python -m tests.benchmarks.feeds`. The feeds stay in ../shared/data.
"""

import csv
import sys
from pathlib import Path

from partnerships.ingestion.child import Reader
from partnerships.ingestion.feeds import Feed
from partnerships.ingestion.refusals import Refused

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
EXPECTED = DATA / "feeds" / "expected_feedparser.tsv"


def rows() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def differences() -> list[str]:
    """A line for each feed that is read otherwise."""
    with Reader() as reader:
        return [said for row in rows() if (said := difference(reader, row))]


def difference(reader: Reader, row: dict[str, str]) -> str:
    body = (DATA / row["file"]).read_bytes()
    try:
        feed = reader.read(body, content_type="application/xml")
    except Refused as refused:
        # What feedparser takes for no feed at all is refused in words.
        is_none = row["version"] == "-" and refused.code == "not_feed"
        return "" if is_none else f"{row['file']}: {refused.code}"
    if not isinstance(feed, Feed) or feed.total != int(row["entries"]):
        return f"{row['file']}: {feed}"
    first = feed.entries[0].title if feed.entries else feed.title
    is_same = first.startswith(" ".join(row["first_title"].split()))
    return "" if is_same else f"{row['file']}: “{first}”, not “{row['first_title']}”"


def main() -> None:
    if not EXPECTED.exists():
        sys.stdout.write(f"No feeds at {EXPECTED.parent}: nothing measured.\n")
        return
    found = differences()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(
        f"{len(rows()) - len(found)} of {len(rows())} feeds read as feedparser does.\n"
    )


if __name__ == "__main__":
    main()
