"""“About you”: what an address tells of its reader, as a form and in words.

Nothing of it is kept. It goes from page to page in the address, and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .addresses import listing_url, opportunity_url, path_of
from .choices import IscedLevel, Level
from .filters import ABOUT, SHOWN, YOU, OpportunityFilter, Query, canonical_pairs
from .labels import Label
from .wording import listed

SELECTED = SafeString(" selected")
INVALID = SafeString(' aria-invalid="true"')
MOST_NATIONALITIES = 5
Options = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    errors: list[str]
    control: SafeString


@dataclass(frozen=True)
class AboutYou:
    """`slug`: of the opportunity whose page it is for; '' for the listing."""

    filter: OpportunityFilter
    names: Mapping[str, Label]  # of countries
    slug: str = ""

    @property
    def query(self) -> Query:
        return self.filter.query

    # --- Where it leads

    @property
    def action(self) -> str:
        return path_of("detail", self.slug) if self.slug else path_of("list")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What else the listing was asked for, as a form repeats it."""
        return [] if self.slug else canonical_pairs(self.query.without(*ABOUT))

    @property
    def beside_filters(self) -> list[tuple[str, str]]:
        """What the listing's own form has no field for."""
        told = replace(self.query.about, nationality=frozenset(), unfit=self.query.unfit)
        return canonical_pairs(told)

    @property
    def form_url(self) -> str:
        """The form on a page of its own, filled in as far as we know."""
        kept = replace(self.query.about, level=self.query.level) if self.slug else self.query
        pairs = canonical_pairs(replace(kept, page=1))
        if self.slug:
            pairs.append(("opportunity", self.slug))
        return path_of("about-you") + (f"?{urlencode(pairs)}" if pairs else "")

    @property
    def forget_url(self) -> str:
        """The same page as everybody gets it."""
        return self.action if self.slug else listing_url(self.query.without(YOU, "unfit"))

    @property
    def all_url(self) -> str:
        """The listing with what is known not to fit, which then says so."""
        return listing_url(replace(self.query, unfit=SHOWN, page=1))

    @property
    def fitting_url(self) -> str:
        return listing_url(self.query.without("unfit"))

    @property
    def page_url(self) -> str:
        """The page with what was told."""
        return opportunity_url(self.slug, self.query) if self.slug else listing_url(self.query)

    @property
    def listing_url(self) -> str:
        return listing_url(self.query.about)

    # --- What was told

    @cached_property
    def told(self) -> list[tuple[str, str]]:
        """Labels and values."""
        query, names = self.query, self.names
        said = [
            ("nationality", listed(names[code] for code in sorted(query.nationality))),
            ("residence", names[query.residence] if query.residence else ""),
            ("age", query.age),
            ("held", IscedLevel(query.held).label if query.held else ""),
            ("level", listed(Level(level).label for level in sorted(self.sought))),
        ]
        return [(self.label(name), str(value)) for name, value in said if value]

    @property
    def sought(self) -> frozenset[str]:
        """In the listing the level sought narrows, and so is no secret; there it is not told."""
        return self.query.level if self.slug else frozenset()

    @property
    def has_errors(self) -> bool:
        return not self.filter.unread.keys().isdisjoint(self.asked)

    @property
    def asked(self) -> tuple[str, ...]:
        return (*ABOUT, "level") if self.slug else ABOUT

    @property
    def is_personal(self) -> bool:
        """Whether the address tells of a person, readable or not."""
        return bool(self.told) or self.has_errors

    # --- The form

    @property
    def fields(self) -> list[Field]:
        found = [
            self.field("nationality", self.nationality_selects),
            self.field("residence", self.select("residence", self.countries)),
            self.field("age", self.age_input),
            self.field("held", self.select("held", IscedLevel.choices)),
        ]
        if self.slug:
            found.append(self.field("level", self.select("level", Level.choices)))
        return found

    def field(self, name: str, control: SafeString) -> Field:
        return Field(name, self.label(name), self.filter.unread.get(name, []), control)

    def label(self, name: str) -> str:
        return _("Level you seek") if name == "level" else str(self.filter.filters[name].label)

    @cached_property
    def countries(self) -> list[tuple[str, str]]:
        codes = self.filter.field_of("residence").known()
        return [
            (code, self.names[code]) for code in sorted(codes, key=lambda c: self.names[c].order)
        ]

    @property
    def nationality_selects(self) -> SafeString:
        """One for each that was told and one more, so that nobody needs a key to choose several."""
        known = [code for code, _name in self.countries]
        told = [c for c in map(str.upper, self.typed("nationality")) if c in known]
        told = list(dict.fromkeys(told))[:MOST_NATIONALITIES]
        chosen = [*told, ""] if told else ["", ""]
        return format_html_join(
            "\n",
            "{}",
            (
                (self.select("nationality", self.countries, number, [code]),)
                for number, code in enumerate(chosen)
            ),
        )

    def select(self, name: str, options: Options, number: int = 0, chosen=None) -> SafeString:
        chosen = self.typed(name) if chosen is None else chosen
        rows = ((v, SELECTED if v in chosen else "", label) for v, label in options)
        return format_html(
            '<select name="{}" {}{}><option value="">{}</option>{}</select>',
            name,
            self.naming(name, number),
            self.invalid(name),
            _("not told") if not number else _("no other"),
            format_html_join("", '<option value="{}"{}>{}</option>', rows),
        )

    def naming(self, name: str, number: int) -> SafeString:
        if number:
            return format_html('aria-label="{}"', _("Another nationality"))
        return format_html('id="about-{}"', name)

    @property
    def age_input(self) -> SafeString:
        return format_html(
            '<input id="about-age" name="age" inputmode="numeric" autocomplete="off" '
            'maxlength="40" value="{}"{}>',
            next(iter(self.typed("age")), "")[:40],
            self.invalid("age"),
        )

    def invalid(self, name: str) -> SafeString | str:
        if name not in self.filter.unread:
            return ""
        return format_html('{} aria-describedby="about-{}-error"', INVALID, name)

    def typed(self, name: str) -> list[str]:
        """As it stands in the address, so that nothing typed is lost."""
        return [value.strip() for value in self.filter.data.getlist(name) if value.strip()]
