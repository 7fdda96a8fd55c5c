"""A listing as a table: one row an opportunity, lists joined by a space."""

import csv
import io
from collections.abc import Iterable

from .described import Data

COLUMNS = (
    "id", "url", "is_example", "stage", "kind", "title", "summary", "language", "provider", "host",
    "places", "sectors", "partnerships", "audiences", "levels", "languages", "format", "funding",
    "amount_min", "amount_max", "currency", "amount_period", "opens_on", "starts_on", "ends_on",
    "closes_at", "official_page", "verified_on", "sources",
)  # fmt: skip

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for one at the beginning of a cell."""


def as_csv(rows: Iterable[Data]) -> str:
    """RFC 4180, with a line of names; a cell that looks like a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in rows:
        flat = flattened(row)
        writer.writerow(cell(flat.get(column)) for column in COLUMNS)
    return file.getvalue()


def flattened(row: Data) -> Data:
    amount = row["amount"] or {}
    closing = [deadline["closes_at"].isoformat() for deadline in row["deadlines"]]
    return row | {
        "amount_min": amount.get("min"),
        "amount_max": amount.get("max"),
        "currency": amount.get("currency"),
        "amount_period": amount.get("period"),
        "closes_at": closing,
    }


def cell(value: object) -> str:
    if value is None:
        return ""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULAS) else text
