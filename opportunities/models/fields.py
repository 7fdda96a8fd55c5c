"""A set of words from a closed list in one column: `,bachelor,master,`."""

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class WordListField(forms.CharField):
    """Words separated by commas, for a set whose words are no closed list."""

    def prepare_value(self, value):
        return value if isinstance(value, str) else ", ".join(value or ())

    def to_python(self, value):
        return tuple(filter(None, (word.strip() for word in super().to_python(value).split(","))))

    def has_changed(self, initial, data):
        return tuple(initial or ()) != self.to_python(data)


class ChoiceSetField(models.CharField):
    """Holds a tuple of choices in their declared order; `field__contains=",word,"` finds one.

    Without a `choice_set` the words are free (language tags). A column of its own instead of a link
    table: the lists are closed and short, are edited as checkboxes and are always read together
    with their row.
    """

    def __init__(self, *args, choice_set=None, **kwargs):
        self.choice_set = choice_set
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("default", tuple)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        if self.choice_set is not None:
            width = sum(len(value) + 1 for value in self.choice_set.values) + 1
            if width > self.max_length:
                return [checks.Error("The column is too narrow for its choices.", obj=self)]
        return super().check(**kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        words = value.split(",") if isinstance(value, str) else (value or ())
        return tuple(word for word in self.order(words) if word)

    def order(self, words) -> list[str]:
        if self.choice_set is None:
            return sorted(set(words))
        known = list(self.choice_set.values)
        return sorted(set(words), key=lambda w: known.index(w) if w in known else len(known))

    def get_prep_value(self, value):
        if isinstance(value, str):  # the right side of a lookup
            return value
        return f",{','.join(self.order(value))}," if value else ""

    def validate(self, value, model_instance):
        unknown = set(value) - set(self.choice_set.values if self.choice_set else value)
        if unknown:
            raise ValidationError(_("“%(value)s” is not in the list.") % {"value": min(unknown)})

    @cached_property
    def validators(self):
        """Only our own: the column's width is checked once, by `check`, not per value."""
        return list(self._validators)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs):
        if self.choice_set is None:
            return WordListField(
                label=capfirst(self.verbose_name), help_text=self.help_text, required=False
            )
        return forms.TypedMultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            choices=self.choice_set.choices,
            coerce=str,
            empty_value=(),
            widget=forms.CheckboxSelectMultiple,
        )
