"""A listing as a table: one row an opportunity, lists joined by a space, deadlines by a bar."""

import csv
import io
from collections.abc import Iterable

from .described import Data

COLUMNS = (
    "id", "url", "is_example", "stage", "voice", "is_stale", "kind", "title", "summary", "language", "provider", "host",
    "places", "sectors", "partnerships", "audiences", "levels", "languages", "format", "funding",
    "amount_min", "amount_max", "currency", "amount_period", "opens_on", "starts_on", "ends_on",
    "deadlines", "official_page", "verified_on", "sources", "official_domain",
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
    return row | {
        "amount_min": amount.get("min"),
        "amount_max": amount.get("max"),
        "currency": amount.get("currency"),
        "amount_period": amount.get("period"),
        "deadlines": " | ".join(map(deadline_words, row["deadlines"])),
    }


def deadline_words(deadline: Data) -> str:
    """2026-12-04 15:00 Africa/Accra (on paper; for nationals; KZ UZ), as it was stated."""
    at = deadline["at"] and deadline["at"].strftime("%H:%M")
    when = " ".join(filter(None, [deadline["on"].isoformat(), at, deadline["zone"]]))
    whose = [deadline["channel"], deadline["for_whom"], " ".join(deadline["countries"])]
    said = "; ".join(filter(None, whose))
    return f"{when} ({said})" if said else when


def cell(value: object) -> str:
    if value is None:
        return ""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULAS) else text
