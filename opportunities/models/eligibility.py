"""Who may apply, as data: one row a rule, all of them ANDed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opportunities.choices import AgeReference, Attribute, IscedLevel, Mode, RuleKind, StudyField
from partnerships.models import Country, Grouping
from partnerships.validators import validate_day, validate_language, validate_plain_text

from .fields import ChoiceSetField


class EligibilityRule(models.Model):
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        models.CASCADE,
        related_name="rules",
        verbose_name=_("opportunity"),
    )
    kind = models.CharField(_("rule on"), max_length=12, choices=RuleKind)
    attribute = models.CharField(_("attribute"), max_length=12, choices=Attribute, blank=True)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, blank=True)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("countries")
    )
    groupings = models.ManyToManyField(
        Grouping, blank=True, related_name="+", verbose_name=_("members of")
    )
    age_min = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    age_reference = models.CharField(
        _("age counted"), max_length=12, choices=AgeReference, blank=True
    )
    age_on = models.DateField(_("on"), null=True, blank=True, validators=[validate_day])
    levels = ChoiceSetField(_("ISCED 2011 levels"), choice_set=IscedLevel)
    fields = ChoiceSetField(_("ISCED-F 2013 fields"), choice_set=StudyField)
    language = models.CharField(
        _("language"), max_length=12, blank=True, validators=[validate_language]
    )
    language_level = models.CharField(
        _("language level"),
        max_length=40,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("CEFR, such as B2, or the scale by name, such as HSK 4."),
    )
    text = models.CharField(
        _("in words"),
        max_length=500,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("What the fields above cannot express, as the source puts it."),
    )

    class Meta:
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rule_on_countries_is_whole",
                condition=(Q(kind="countries") & ~Q(attribute="") & ~Q(mode=""))
                | (~Q(kind="countries") & Q(attribute="", mode="")),
                violation_error_message=_(
                    "A rule on people’s countries needs an attribute and a mode; others have none."
                ),
            ),
            models.CheckConstraint(
                name="rule_on_age_is_whole",
                condition=(
                    Q(kind="age")
                    & ~Q(age_reference="")
                    & (Q(age_min__isnull=False) | Q(age_max__isnull=False))
                )
                | (~Q(kind="age") & Q(age_min=None, age_max=None, age_reference="")),
                violation_error_message=_(
                    "A rule on age needs a lowest or highest age and the day it is counted on."
                ),
            ),
            models.CheckConstraint(
                name="rule_ages_in_order",
                condition=Q(age_min=None) | Q(age_max=None) | Q(age_min__lte=F("age_max")),
                violation_error_message=_("The lowest age is above the highest."),
            ),
            models.CheckConstraint(
                name="rule_age_date_where_counted_on_a_date",
                condition=Q(age_reference="date", age_on__isnull=False)
                | (~Q(age_reference="date") & Q(age_on=None)),
                violation_error_message=_("Give the date the age is counted on, and only then."),
            ),
            models.CheckConstraint(
                name="rule_on_levels_names_them",
                condition=~Q(kind__in=["level-held", "level-sought"]) | ~Q(levels=""),
                violation_error_message=_("Choose at least one level."),
            ),
            models.CheckConstraint(
                name="rule_on_fields_names_them",
                condition=~Q(kind="field") | ~Q(fields=""),
                violation_error_message=_("Choose at least one field of study."),
            ),
            models.CheckConstraint(
                name="rule_on_language_names_it",
                condition=~Q(kind="language") | ~Q(language=""),
                violation_error_message=_("Say which language."),
            ),
            models.CheckConstraint(
                name="rule_in_words_has_them",
                condition=~Q(kind="other") | ~Q(text=""),
                violation_error_message=_("Write the condition as the source puts it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}".strip()
