"""What an answer says, whoever worked it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from opportunities.choices import Stage
from opportunities.filters import Query

PAGE_SIZE = 20


@dataclass(frozen=True)
class Results:
    """`counts[parameter][value]`: how many it would give alone with the other parameters kept.
    `relaxed[parameters]`: how many without these, where nothing was found; `nearest`: what was
    typed, with the words we do not have spelt as the nearest one we have; `left_out`: how many are
    known not to fit who asks, and `refused_by[what]` how many by rules on what: one that fails two
    counts for both. The answer is right until `until` or the next edit; `stamp` is the same wherever
    the same edits were seen."""

    total: int
    page: int
    pages: int
    page_ids: list[int]
    counts: dict[str, dict[str, int]]
    relaxed: dict[tuple[str, ...], int]
    until: datetime
    stamp: str = ""
    nearest: str = ""
    left_out: int = 0
    refused_by: Mapping[str, int] = field(default_factory=dict)

    @property
    def announced(self) -> int:
        return self.counts["stage"].get(Stage.ANNOUNCED.value, 0)


@dataclass(frozen=True)
class Found:
    """The ids of one page of any size, in order, for what shows no counts."""

    ids: list[int]
    page: int
    pages: int
    until: datetime
    stamp: str = ""


@dataclass(frozen=True)
class Due:
    """Open or opening ones with a deadline to come: the first of them, by deadline, and how many
    there are. `left_out` and `refused_by` as in `Results`, of those with a deadline; `for_others`:
    how many have none for the nationality told."""

    ids: list[int]
    total: int
    until: datetime
    stamp: str = ""
    left_out: int = 0
    refused_by: Mapping[str, int] = field(default_factory=dict)
    for_others: int = 0


def paged(query: Query, total: int, size: int = PAGE_SIZE) -> tuple[int, int]:
    """The page shown and how many there are: one beyond the last is the last."""
    pages = max(1, -(-total // size))
    return min(query.page, pages), pages
