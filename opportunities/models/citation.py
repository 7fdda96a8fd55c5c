"""Why we state one fact of an opportunity."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opportunities.choices import WORDS_OF, Fact
from partnerships.models import Citation, CitationQuerySet, EditorialStatus

DATED = {Fact.OPENS_ON, Fact.STARTS_ON, Fact.ENDS_ON, Fact.DEADLINE}


def is_day(value: str, *, timed: bool) -> bool:
    """2026-12-15, and of a deadline also 2026-12-15 17:00."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M") if timed else ("%Y-%m-%d",):
        with suppress(ValueError):
            return datetime.strptime(value, form).strftime(form) == value  # noqa: DTZ007 - no instant
    return False


class OpportunityCitationQuerySet(CitationQuerySet):
    def visible(self):
        return self.filter(opportunity__status=EditorialStatus.PUBLISHED)


class OpportunityCitation(Citation):
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        models.CASCADE,
        related_name="citations",
        verbose_name=_("opportunity"),
    )
    fact = models.CharField(_("fact"), max_length=20, choices=Fact)
    deadline = models.ForeignKey(
        "opportunities.Deadline",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("which deadline"),
    )
    rule = models.ForeignKey(
        "opportunities.EligibilityRule",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("which eligibility rule"),
    )

    objects = OpportunityCitationQuerySet.as_manager()

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            *Citation.Meta.constraints,
            models.CheckConstraint(
                name="citation_of_a_deadline_names_it",
                condition=Q(fact="deadline", deadline__isnull=False)
                | (~Q(fact="deadline") & Q(deadline=None)),
                violation_error_message=_("Choose the deadline for this fact, and only for it."),
            ),
            models.CheckConstraint(
                name="citation_of_a_rule_names_it",
                condition=Q(fact="eligibility", rule__isnull=False)
                | (~Q(fact="eligibility") & Q(rule=None)),
                violation_error_message=_(
                    "Choose the eligibility rule for this fact, and only for it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("%(fact)s: “%(quote)s”") % {"fact": self.get_fact_display(), "quote": self.quote}

    def clean(self) -> None:
        super().clean()
        for name in ("deadline", "rule"):
            part = getattr(self, name)
            if part and part.opportunity_id != self.opportunity_id:
                raise ValidationError({name: _("This belongs to another opportunity.")})
        if self.value:
            self.clean_value()

    def clean_value(self) -> None:
        """A value that is compared with ours is written as ours is."""
        if self.fact in WORDS_OF and self.value not in WORDS_OF[self.fact].values:
            known = ", ".join(WORDS_OF[self.fact].values)
            raise ValidationError({"value": _("Write one of: %(words)s.") % {"words": known}})
        if self.fact in DATED and not is_day(self.value, timed=self.fact == Fact.DEADLINE):
            raise ValidationError({"value": _("Write a day such as 2026-12-15.")})

    @property
    def is_in_force(self) -> bool:
        return not self.set_aside_because
