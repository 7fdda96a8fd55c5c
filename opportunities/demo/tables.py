"""The TOML files of this folder as lists of dictionaries."""

import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOUNDING = HERE / "founding.toml"

Line = dict
Tables = dict[str, list[Line]]


@cache
def tables() -> Tables:
    """Every line by its kind, the founding ones first; all but those are examples."""
    gathered: Tables = {
        kind: [] for kind in ("outlet", "organisation", "article", "partnership", "opportunity")
    }
    for path in [FOUNDING, *sorted((HERE / "examples").glob("*.toml"))]:
        for kind, lines in tomllib.loads(path.read_text(encoding="utf-8")).items():
            gathered[kind] += [line | {"is_example": path != FOUNDING} for line in lines]
    return gathered


def founding_article() -> str:
    """The slug of the article all this began with."""
    return next(line["slug"] for line in tables()["article"] if not line["is_example"])
