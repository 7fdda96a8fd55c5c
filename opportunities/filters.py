"""An address's query string → a frozen `Query`, and back.

The FilterSet declares the parameters and reads them through its form; its `.qs` is never used:
`search.answer` takes the `Query`. What cannot be read makes its whole parameter count as absent and
is told at its field; the others still narrow.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, fields, replace
from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.models import Country, Grouping, Partnership, Sector
from partnerships.validators import validate_language, validate_plain_text

from .choices import Audience, Format, Funding, IscedLevel, Kind, Level, Stage
from .eligibility import Applicant
from .models import Opportunity

ALL_STAGES = "all"
ROLLING = "rolling"
DEADLINE_DAYS = ("7", "30", "90")
SORTS = {
    "deadline": _("Nearest deadline"),
    "newest": _("Newest"),
    "relevance": _("Best match"),
}
MAX_VALUES = 25
MAX_PAGE = 10_000
MAX_TEXT = 200
OLDEST = 120

ABOUT = ("nationality", "residence", "age", "held")
"""What tells of a person. Together they leave out what is known not to fit."""

YOU = "about-you"
"""All of `ABOUT`, where what narrows is named: one may turn on another, as whose deadline counts and
so on which day one is how old."""

SHOWN = "shown"

Values = frozenset[str]
Known = Callable[[], Iterable[str]]
DEFAULT_STAGES: Values = frozenset({Stage.OPEN.value, Stage.UPCOMING.value})


@dataclass(frozen=True)
class Query:
    """What a reader asks: one field a parameter, empty where it does not narrow."""

    q: str = ""
    kind: Values = frozenset()
    stage: Values = frozenset()
    audience: Values = frozenset()
    country: Values = frozenset()
    host: Values = frozenset()
    nationality: Values = frozenset()
    sector: Values = frozenset()
    partnership: Values = frozenset()
    grouping: Values = frozenset()
    level: Values = frozenset()
    funding: Values = frozenset()
    language: Values = frozenset()
    format: Values = frozenset()
    deadline: Values = frozenset()
    residence: str = ""
    age: int = 0
    held: str = ""
    unfit: str = ""
    sort: str = ""
    page: int = 1

    @property
    def stages(self) -> frozenset[str]:
        """The stages asked for; open and upcoming where none is named."""
        if ALL_STAGES in self.stage:
            return frozenset(Stage.values)
        return self.stage or DEFAULT_STAGES

    @property
    def order(self) -> str:
        if self.sort:
            return self.sort
        if self.q:
            return "relevance"
        return "deadline" if self.stages & DEFAULT_STAGES else "newest"

    @property
    def chosen(self) -> list[str]:
        """The words and facets that are set, in declared order."""
        return [name for name in ("q", *FACETS) if getattr(self, name)]

    @property
    def narrowing(self) -> list[str]:
        """What leaves something out, beside the stages that go without saying."""
        return [*(name for name in self.chosen if name not in ABOUT), *[YOU] * self.hides_unfit]

    @property
    def hides_unfit(self) -> bool:
        """Who tells of themselves sees what may fit, unless they ask to see the rest too."""
        return self.tells_of_a_reader and not self.unfit

    @property
    def about(self) -> "Query":
        """Only what it tells of the reader."""
        return Query(**{name: getattr(self, name) for name in ABOUT})

    @property
    def tells_of_a_reader(self) -> bool:
        return any(getattr(self, name) for name in ABOUT)

    @property
    def applicant(self) -> Applicant:
        return Applicant(
            nationalities=self.nationality,
            residence=self.residence,
            age=self.age or None,
            held=self.held,
            sought=self.level,
        )

    def without(self, *names: str) -> "Query":
        """The same, on its first page, without these parameters."""
        empty = Query()
        fields = {field for name in names for field in (ABOUT if name == YOU else (name,))}
        return replace(self, **{name: getattr(empty, name) for name in fields}, page=1)

    def without_value(self, name: str, value: str) -> "Query":
        return replace(self, **{name: getattr(self, name) - {value}}, page=1)


BESIDE = {"q", "residence", "age", "held", "unfit", "sort", "page"}
FACETS = [field.name for field in fields(Query) if field.name not in BESIDE]


def canonical_query(query: Query) -> str:
    """The one query string of a `Query`."""
    return urlencode(canonical_pairs(query))


def canonical_pairs(query: Query) -> list[tuple[str, str]]:
    """In declared order, values sorted, defaults left out."""
    pairs: list[tuple[str, str]] = []
    for field in fields(Query):
        value = getattr(query, field.name)
        if value == field.default:
            continue
        values = sorted(value) if isinstance(value, frozenset) else [str(value)]
        pairs += [(field.name, one) for one in values]
    return pairs


class WordsField(forms.Field):
    """Repeated values of one parameter; each must be in `known()` or pass `validate_one`."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "unknown": _("“%(value)s” is not something we know here."),
        "too_many": _("Choose at most %(most)s values."),
        "several": _("Choose only one."),
    }

    def __init__(
        self,
        *,
        known: Known | None = None,
        validate_one: Callable[[str], None] | None = None,
        capital: bool = False,
        **kwargs,
    ):
        self.known, self.validate_one, self.capital = known, validate_one, capital
        super().__init__(**kwargs)

    def clean(self, value) -> Values:
        words = frozenset(filter(None, (word.strip() for word in value or ())))
        if self.capital:
            words = frozenset(word.upper() for word in words)
        if len(words) > MAX_VALUES:
            self.refuse("too_many", most=MAX_VALUES)
        if words:
            self.check(words)
        return words

    def check(self, words: Values) -> None:
        if self.known:
            for word in sorted(words - frozenset(self.known())):
                self.refuse("unknown", value=shortened(word))
        if self.validate_one:
            for word in words:
                self.validate_one(shortened(word))

    def refuse(self, code: str, **params) -> None:
        raise ValidationError(self.error_messages[code], code=code, params=params)


class WordField(WordsField):
    """One value at most."""

    def clean(self, value) -> str:
        words = super().clean(value)
        if len(words) > 1:
            self.refuse("several")
        return next(iter(words), "")


def shortened(word: str) -> str:
    return word if len(word) <= 40 else word[:40] + "…"


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class WordFilter(django_filters.Filter):
    field_class = WordField


def validate_has_word(text: str) -> None:
    if not any(map(str.isalnum, text)):
        raise ValidationError(_("There is no word in this to look for."))


class WholeNumberField(forms.IntegerField):
    """One number at most, however often it is said."""

    widget = forms.MultipleHiddenInput

    def clean(self, value) -> int | None:
        said = {word.strip() for word in value or ()} - {""}
        if len(said) > 1:
            raise ValidationError(WordsField.default_error_messages["several"], code="several")
        return super().clean(next(iter(said), None))


class WholeNumberFilter(django_filters.Filter):
    field_class = WholeNumberField


NO_AGE = _("Write your age in whole years, such as 21.")


def country_codes() -> Iterable[str]:
    return Country.objects.values_list("pk", flat=True)


class OpportunityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Search"),
        max_length=MAX_TEXT,
        validators=[validate_plain_text, validate_has_word],
        strip=True,
    )
    kind = WordsFilter(label=_("Kind"), known=lambda: Kind.values)
    stage = WordsFilter(label=_("Stage"), known=lambda: [*Stage.values, ALL_STAGES])
    audience = WordsFilter(label=_("For"), known=lambda: Audience.values)
    country = WordsFilter(label=_("Country"), known=country_codes, capital=True)
    host = WordsFilter(label=_("Takes place in"), known=country_codes, capital=True)
    nationality = WordsFilter(label=_("Your nationality"), known=country_codes, capital=True)
    sector = WordsFilter(
        label=_("Sector"), known=lambda: Sector.objects.values_list("slug", flat=True)
    )
    partnership = WordsFilter(
        label=_("Partnership"),
        known=lambda: Partnership.objects.visible().values_list("slug", flat=True),
    )
    grouping = WordsFilter(
        label=_("Grouping"), known=lambda: Grouping.objects.values_list("slug", flat=True)
    )
    level = WordsFilter(label=_("Level"), known=lambda: Level.values)
    funding = WordsFilter(label=_("Funding"), known=lambda: Funding.values)
    language = WordsFilter(label=_("Language"), validate_one=validate_language)
    format = WordsFilter(label=_("Format"), known=lambda: Format.values)
    deadline = WordsFilter(label=_("Deadline"), known=lambda: [*DEADLINE_DAYS, ROLLING])
    residence = WordFilter(label=_("Where you live"), known=country_codes, capital=True)
    age = WholeNumberFilter(
        label=_("Your age"),
        validators=[MinValueValidator(1, NO_AGE), MaxValueValidator(OLDEST, NO_AGE)],
        error_messages={"invalid": NO_AGE},
    )
    held = WordFilter(label=_("Highest level you hold"), known=lambda: IscedLevel.values)
    unfit = WordFilter(label=_("What does not fit you"), known=lambda: [SHOWN])
    sort = django_filters.ChoiceFilter(
        label=pgettext_lazy("order", "Sort by"), choices=list(SORTS.items())
    )
    page = WholeNumberFilter(label=_("Page"), min_value=1, max_value=MAX_PAGE)

    class Meta:
        model = Opportunity
        fields = []

    def __init__(self, data: Mapping, known: Mapping[str, Known] | None = None):
        """`known` hands in closed lists that somebody has at hand, by parameter.

        The parent would copy every filter for each request; here they are only read.
        """
        self.data, self.known, self.is_bound = data, known or {}, True
        self.filters = self.base_filters

    @cached_property
    def form(self) -> forms.Form:
        """With the fields of what the address names: the others would read nothing from it."""
        form = self._meta.form(self.data)
        form.fields = {name: self.field_of(name) for name in self.filters if name in self.data}
        return form

    def field_of(self, name: str) -> forms.Field:
        field = self.filters[name].field
        if name not in self.known:
            return field
        field = copy(field)
        field.known = self.known[name]
        return field

    @cached_property
    def query(self) -> Query:
        """What could be read; a parameter with an error is absent."""
        self.form.is_valid()
        read = {name: value for name, value in self.form.cleaned_data.items() if value}
        if read.get("stage") == DEFAULT_STAGES:
            del read["stage"]  # the form ticks them; said or unsaid is the same question
        return Query(**read)

    @cached_property
    def unread(self) -> dict[str, list[str]]:
        """Messages by parameter, of what could not be read."""
        return {name: [str(error) for error in errors] for name, errors in self.form.errors.items()}

    @property
    def is_personal(self) -> bool:
        """Whether the address tells of a person, readable or not."""
        return self.query.tells_of_a_reader or not self.unread.keys().isdisjoint(ABOUT)
