"""Names of facet values in the reader's language: read, escaped and put in order once."""

from collections.abc import Callable, Mapping
from functools import cache

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
    """`order` sorts it among others; the rest is safe in a page, `option` as far as a count."""

    __slots__ = ("html", "option", "order", "value")

    def __new__(cls, value: str, text: str):
        label = super().__new__(cls, text)
        label.order = sort_key(text)
        label.html, label.value = conditional_escape(text), conditional_escape(value)
        label.option = f'<option value="{label.value}">{label.html} ('
        return label


class Made(dict):
    """Labels of values that no table of ours names, each made when first asked for."""

    def __init__(self, make: Callable[[str], str]):
        self.make = make

    def __missing__(self, value: str) -> Label:
        if len(self) >= MOST_VALUES:  # language tags are many, and readers write them
            self.clear()
        label = self[value] = Label(value, self.make(value))
        return label


class Read(dict):
    """Labels of one of our tables; a value that it lacks is called by itself."""

    def __missing__(self, value: str) -> Label:
        return Label(value, value)


class Labels:
    """In the language that is active now; `names_at` says which state of our own tables their
    names were read at: where it is the same, they are read no second time."""

    def __init__(self, names_at: int | None = None):
        self.language, self.names_at = get_language(), names_at
        self.read: dict[str, Read] = {}

    def of(self, name: str) -> Mapping[str, Label]:
        return self.table(name) if name in NAMED else made_labels(name, self.language)

    def table(self, name: str) -> Read:
        if name not in self.read:
            self.read[name] = self.kept_table(name)
        return self.read[name]

    def kept_table(self, name: str) -> Read:
        key = (name, self.language, self.names_at)
        table = TABLES.get(key)
        if table is None:
            table = Read((row.slug, Label(row.slug, row.name)) for row in NAMED[name]())
            if self.names_at is not None:
                TABLES.put(key, table, 1)
        return table


@cache
def made_labels(name: str, language: str) -> Made:
    """`language` is the active one."""
    if name in {"country", "host", "nationality", "residence"}:
        return Made(lambda value: territory_name(value, language))
    if name == "language":
        return Made(lambda value: language_name(value, language))
    if name == "deadline":
        return Made(deadline_label)
    known = dict(CLOSED[name].choices)
    return Made(lambda value: str(known.get(value) or _("Every stage")))


def deadline_label(value: str) -> str:
    if value == ROLLING:
        return _("At any time")
    days = int(value)
    return ngettext("In the next %(days)s day", "In the next %(days)s days", days) % {"days": days}
