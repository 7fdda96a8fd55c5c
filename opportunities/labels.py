"""Names of facet values in the reader's language: read, escaped and put in order once."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.utils.html import conditional_escape
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from partnerships.models import Grouping, Partnership, Sector
from partnerships.names import language_name, sort_key, territory_name

from .choices import Audience, Format, Funding, Kind, Level, Stage
from .filters import ROLLING
from .kept import Kept

CLOSED = {
    "kind": Kind,
    "stage": Stage,
    "audience": Audience,
    "level": Level,
    "funding": Funding,
    "format": Format,
}
NAMED = {
    "sector": Sector.objects.all,
    "grouping": Grouping.objects.all,
    "partnership": lambda: Partnership.objects.visible().for_names(),
}
MOST_VALUES = 8_192
MOST_TABLES = 64

TABLES = Kept(lambda: MOST_TABLES)


class Label(str):
    """`order` sorts it among others; `html` and `value` are safe in a page."""

    __slots__ = ("html", "order", "value")

    def __new__(cls, value: str, text: str):
        label = super().__new__(cls, text)
        label.order = sort_key(text)
        label.html, label.value = conditional_escape(text), conditional_escape(value)
        return label


class Labels:
    """In the language that is active now; `names_at` says which state of our own tables their
    names were read at: where it is the same, they are read no second time."""

    def __init__(self, names_at: int | None = None):
        self.language, self.names_at = get_language(), names_at
        self.read: dict[str, Mapping[str, Label]] = {}

    def of(self, name: str) -> Callable[[str], Label]:
        if name in NAMED:
            table = self.table(name)
            return lambda value: table.get(value) or Label(value, value)
        language = self.language
        return lambda value: label_of(name, value, language)

    def table(self, name: str) -> Mapping[str, Label]:
        if name not in self.read:
            self.read[name] = self.kept_table(name)
        return self.read[name]

    def kept_table(self, name: str) -> Mapping[str, Label]:
        key = (name, self.language, self.names_at)
        table = TABLES.get(key)
        if table is None:
            table = {row.slug: Label(row.slug, row.name) for row in NAMED[name]()}
            if self.names_at is not None:
                TABLES.put(key, table, 1)
        return table


@lru_cache(maxsize=MOST_VALUES)
def label_of(name: str, value: str, language: str) -> Label:
    """Of a value that no table of ours names; `language` is the active one."""
    if name in {"country", "host", "nationality"}:
        return Label(value, territory_name(value, language))
    if name == "language":
        return Label(value, language_name(value, language))
    if name == "deadline":
        return Label(value, deadline_label(value))
    known = dict(CLOSED[name].choices)
    return Label(value, str(known.get(value) or _("Every stage")))


def deadline_label(value: str) -> str:
    if value == ROLLING:
        return _("At any time")
    days = int(value)
    return ngettext("In the next %(days)s day", "In the next %(days)s days", days) % {"days": days}
