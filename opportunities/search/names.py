"""What an opportunity is about, by every name it is called by in the interface languages.

Somebody who types “Казахстан”, “哈萨克斯坦” or “bourse” means the country and the kind, whatever
language the opportunity was written in.
"""

from functools import cache

from django.conf import settings
from django.utils import translation

from opportunities.choices import Kind
from partnerships.models import Grouping, Sector
from partnerships.names import territory_name

from .rows import Row


class Names:
    """Names of the values of rows; the reference tables are read once."""

    def __init__(self):
        self.known = {
            ("sector", sector.slug): " ".join(sector.names.values())
            for sector in Sector.objects.all()
        } | {
            ("grouping", grouping.slug): " ".join([grouping.abbreviation, *grouping.names.values()])
            for grouping in Grouping.objects.all()
        }

    def of(self, row: Row) -> str:
        return " ".join(
            [
                *(kind_names(kind) for kind in row.values["kind"]),
                *(country_names(code) for code in row.values["country"]),
                *(self.known[("sector", slug)] for slug in row.values["sector"]),
                *(self.known[("grouping", slug)] for slug in row.values["grouping"]),
            ]
        )


@cache
def country_names(code: str) -> str:
    return " ".join(territory_name(code, language) for language in settings.ALL_LANGUAGES)


@cache
def kind_names(kind: str) -> str:
    names = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.append(str(Kind(kind).label))
    return " ".join(names)
