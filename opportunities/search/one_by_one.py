"""Some opportunities judged by the rules themselves: those of which bitmaps cannot tell."""

from collections.abc import Mapping
from datetime import datetime

from pyroaring import BitMap

from opportunities.eligibility import Applicant, Criteria, refused_by

from .rows import criteria_of
from .tables import Tables


def refused(ids: BitMap, applicant: Applicant, tables: Tables, now: datetime) -> dict[str, BitMap]:
    """What the rules are about that are known not to be met → of which of these."""
    return refused_of(criteria_of(list(ids)), applicant, tables, now) if ids else {}


def refused_of(
    criteria: Mapping[int, Criteria], applicant: Applicant, tables: Tables, now: datetime
) -> dict[str, BitMap]:
    told = {*applicant.nationalities, applicant.residence} - {""}
    links = {code: tables.links_of(code) for code in told}
    found: dict[str, BitMap] = {}
    for pk, one in criteria.items():
        for subject in refused_by(applicant, one, links, now):
            found.setdefault(subject, BitMap()).add(pk)
    return found
