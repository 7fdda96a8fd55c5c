"""What a single value of an opportunity must look like."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opportunities import instants
from partnerships.validators import validate_language


def validate_zone(name: str) -> None:
    if not instants.is_zone(name):
        raise ValidationError(
            _("“%(value)s” is not a time zone such as Asia/Almaty or UTC.") % {"value": name}
        )


def validate_language_list(tags: Iterable[str]) -> None:
    for tag in tags:
        validate_language(tag)
