"""Is a country inside a grouping on a day?

A grouping admits only where a verified status *member* with known dates says so; any other link
makes it *not stated*.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from .answers import Verdict


@dataclass(frozen=True)
class Link:
    """One country's link to a grouping, [since, until); `until` None: still so."""

    grouping: str
    is_member: bool
    is_verified: bool
    since: date | None
    until: date | None

    def verdict(self, day: date) -> Verdict | None:
        """What it says of a day: None where it is known to have ended or not begun."""
        if not (self.is_verified and self.since):
            return Verdict.NOT_STATED
        if day < self.since or self.until and day >= self.until:
            return None
        return Verdict.MEETS if self.is_member else Verdict.NOT_STATED


Links = Mapping[str, Collection[Link]]


def membership(links: Collection[Link], day: date) -> Verdict:
    """Is one country inside one grouping? Of verified links in force the last begun tells its
    status: a member suspended since is, for now, no *member*."""
    said = {link: verdict for link in links if (verdict := link.verdict(day))}
    if not said:
        return Verdict.DOES_NOT_MEET
    verified = [link for link in said if link.is_verified and link.since]
    return said[max(verified, key=since_and_standing)] if verified else Verdict.NOT_STATED


def since_and_standing(link: Link) -> tuple[date, bool]:
    """Begun on the same day, the other status counts, not *member*: never a yes by chance."""
    return link.since, not link.is_member
