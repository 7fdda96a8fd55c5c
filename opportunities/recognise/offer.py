"""What a text offers, as it was read. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    CALL = "call"
    """One could apply when it was published."""
    ANNOUNCED = "announced"
    ONGOING = "ongoing"
    PAST = "past"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """Who says it; the same words as a citation's."""

    OFFICIAL = "official"
    PROVIDER = "provider"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Offer:
    """`quote` is `text[start:end]`, in code points, at most 300 of them.

    `kind` is a value of `Kind`, `audience` holds values of `Audience`; what the text does not say
    is None, "" or empty.
    """

    kind: str
    standing: Standing
    quote: str
    start: int
    end: int
    places_available: int | None = None
    deadline: date | None = None
    host: str = ""
    audience: tuple[str, ...] = ()
    speaker_role: Role = Role.OUTLET
    speaker_name: str = ""
