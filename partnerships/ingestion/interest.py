"""How likely an article is to matter to us, and why. Pure; `opportunities.weighing` works it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interest:
    """`language` and codes as recognised; `offers` are kinds with their standings."""

    score: int = 0
    language: str = ""
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
