"""The thing one applies for."""

from datetime import datetime

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Length, Right
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opportunities import instants, stages
from opportunities.choices import (
    Application,
    Audience,
    Cover,
    Fact,
    Format,
    Funding,
    Kind,
    Level,
    Period,
    Stage,
)
from opportunities.validators import validate_language_list, validate_zone
from partnerships.models import (
    Article,
    Country,
    FormerSlug,
    Grouping,
    Organisation,
    OrganisationDomain,
    Partnership,
    Publishable,
    PublishableQuerySet,
    Sector,
)
from partnerships.validators import validate_day, validate_past_day

from .citation import OpportunityCitation
from .deadline import Deadline
from .fields import ChoiceSetField

MAX_SECTORS = 3


class OpportunityQuerySet(PublishableQuerySet):
    def with_stage_facts(self):
        """The columns that `stages.stage_case` reads."""
        cited = OpportunityCitation.objects.in_force().filter(opportunity=OuterRef("pk"))
        evidence = (
            OpportunityCitation.objects.filter(opportunity=OuterRef("pk"))
            .order_by()
            .values("opportunity")
            .annotate(last=Max(Coalesce("article__published_on", "article__received_on")))
        )
        deadlines = (
            Deadline.objects.filter(opportunity=OuterRef("pk"))
            .order_by()
            .values("opportunity")
            .annotate(last=Max("closes_at"))
        )
        return self.annotate(
            is_cancelled=Exists(cited.filter(fact=Fact.CANCELLATION)),
            has_official_call=Exists(official_calls(OuterRef("pk"))),
            evidence_on=Subquery(evidence.values("last")),
            last_closes_at=Subquery(deadlines.values("last")),
        )

    def with_stage(self, now: datetime | None = None):
        return self.with_stage_facts().annotate(stage=stages.stage_case(now or timezone.now()))

    def at_stage(self, *wanted: str, now: datetime | None = None):
        return self.with_stage(now).filter(stage__in=wanted)

    def open(self, now: datetime | None = None):
        return self.at_stage(Stage.OPEN, now=now)

    def announced(self, now: datetime | None = None):
        return self.at_stage(Stage.ANNOUNCED, now=now)

    def for_card(self):
        """With what a card shows, in a fixed number of queries."""
        return self.select_related("provider", "host").prefetch_related(
            "words",
            "places",
            "sectors",
            "deadlines__countries",
            "provider__domains",
            "host__domains",
            Prefetch("partnerships", Partnership.objects.visible().for_names()),
            Prefetch(
                "citations",
                OpportunityCitation.objects.select_related("article__outlet").order_by("pk"),
            ),
        )

    def for_page(self):
        return self.for_card().prefetch_related(
            "groupings", "rules__countries", "rules__groupings", "changes__by", "changes__article"
        )

    def for_taking(self):
        """With what feeds and calendars say: a card, and how often and when it changed."""
        return self.for_card().prefetch_related("changes")

    def for_criteria(self):
        """With what decides who may apply."""
        return self.prefetch_related("rules__countries", "rules__groupings", "deadlines__countries")

    def for_listing(self, ids: list[int]) -> list["Opportunity"]:
        """Cards in the order of `ids`; what is no longer in this QuerySet is left out."""
        found = self.for_card().in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]


def official_calls(opportunity):
    """Citations with fact official-call, of a call on a domain of the provider or host."""
    host = OuterRef("article__host")
    owns_host = (
        OrganisationDomain.objects.filter(
            Q(organisation=OuterRef("opportunity__provider"))
            | Q(organisation=OuterRef("opportunity__host"))
        )
        .annotate(page_host=host, suffix=Concat(Value("."), F("domain")))
        .annotate(page_suffix=Right("page_host", Length("suffix")))
        .filter(Q(domain=F("page_host")) | Q(suffix=F("page_suffix")))
    )
    return OpportunityCitation.objects.in_force().filter(
        Exists(owns_host),
        opportunity=opportunity,
        fact=Fact.OFFICIAL_CALL,
        article__nature=Article.Nature.CALL,
    )


class Opportunity(Publishable):
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("provider"),
        help_text=_("Empty: not stated."),
    )
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host"),
        help_text=_("Where it differs from the provider."),
    )
    partnerships = models.ManyToManyField(
        Partnership, blank=True, related_name="+", verbose_name=_("partnerships")
    )
    groupings = models.ManyToManyField(
        Grouping, blank=True, related_name="+", verbose_name=_("groupings it names itself")
    )
    places = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("takes place in")
    )
    sectors = models.ManyToManyField(
        Sector,
        blank=True,
        related_name="+",
        verbose_name=_("sectors"),
        help_text=_("One to three."),
    )
    audiences = ChoiceSetField(_("for"), choice_set=Audience)
    levels = ChoiceSetField(_("level sought"), choice_set=Level)
    format = models.CharField(_("format"), max_length=10, choices=Format, blank=True)
    languages = ChoiceSetField(
        _("languages of the activity"),
        validators=[validate_language_list],
        help_text=_("BCP 47, separated by commas: fr, kk, zh-Hans."),
    )
    application = models.CharField(
        _("application"),
        max_length=12,
        choices=Application,
        blank=True,
        help_text=_("Needed once an official call is cited."),
    )
    zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[validate_zone],
        help_text=_("Of these three dates, such as Asia/Almaty. Empty: not stated."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True, validators=[validate_day])
    starts_on = models.DateField(_("starts on"), null=True, blank=True, validators=[validate_day])
    ends_on = models.DateField(_("ends on"), null=True, blank=True, validators=[validate_day])
    opens_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    funding = models.CharField(
        _("funding"), max_length=12, choices=Funding, default=Funding.NOT_STATED
    )
    covers = ChoiceSetField(_("what is covered"), choice_set=Cover)
    amount_min = models.DecimalField(
        _("amount from"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    amount_max = models.DecimalField(
        _("amount to"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        help_text=_("ISO 4217, such as KZT."),
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Write three capital letters, such as KZT."))],
    )
    amount_period = models.CharField(_("period"), max_length=10, choices=Period, blank=True)
    places_available = models.PositiveIntegerField(_("places available"), null=True, blank=True)
    official_page = models.URLField(
        _("official page"),
        max_length=2000,
        blank=True,
        help_text=_("Where one applies or reads the call."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        validators=[validate_day, validate_past_day],
        help_text=_("The day somebody last compared this with its sources."),
    )

    objects = OpportunityQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="opportunity_published_has_kind",
                condition=Q(status__in=["draft", "in-review"]) | ~Q(kind=""),
                violation_error_message=_("Choose a kind."),
            ),
            models.CheckConstraint(
                name="opportunity_dates_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(
                name="opportunity_amounts_in_order",
                condition=Q(amount_min=None)
                | Q(amount_max=None)
                | Q(amount_min__lte=F("amount_max")),
                violation_error_message=_("The lowest amount is above the highest."),
            ),
            models.CheckConstraint(
                name="opportunity_amount_has_currency",
                condition=Q(amount_min=None, amount_max=None) | ~Q(currency=""),
                violation_error_message=_("Say in which currency the amount is."),
            ),
            models.CheckConstraint(
                name="opportunity_not_needed_has_end",
                condition=~Q(application=Application.NOT_NEEDED) | Q(ends_on__isnull=False),
                violation_error_message=_("Where no application is needed, say when it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown.title if self.pk and self.shown else self.slug

    def save(self, **kwargs) -> None:
        self.derive_instants()
        super().save(**kwargs)

    def derive_instants(self) -> None:
        self.opens_at = instants.opens_at(self.opens_on, self.zone) if self.opens_on else None
        self.ends_at = instants.ends_at(self.ends_on, self.zone) if self.ends_on else None

    def get_absolute_url(self) -> str:
        return reverse("opportunities:detail", args=[self.slug])

    @property
    def changed_at(self) -> datetime:
        """When anything readers see of it was last edited, of what `for_taking` fetched."""
        return max([self.published_at, *(change.at for change in self.changes.all())])

    # --- Its words, in the reader's language or as first written

    def words_in(self, language: str | None):
        """The version in a language, else the original, else any; None for a bare draft."""
        versions = {words.language.lower(): words for words in self.words.all()}
        wanted = (language or "").lower()  # zh-Hans is our zh-hans
        for tag in (wanted, wanted.split("-")[0]):
            if tag in versions:
                return versions[tag]
        originals = [words for words in versions.values() if words.is_original]
        return next(iter(originals or versions.values()), None)

    @property
    def shown(self):
        return self.words_in(get_language())

    # --- Its stage, from what `for_card` fetched

    def stage_facts(self) -> stages.StageFacts:
        citations = self.citations.all()
        return stages.StageFacts(
            is_cancelled=any(c.fact == Fact.CANCELLATION and c.is_in_force for c in citations),
            has_official_call=bool(self.official_calls),
            evidence_on=max((c.article.evidence_on for c in citations), default=None),
            application=self.application,
            opens_at=self.opens_at,
            closes_at=tuple(deadline.closes_at for deadline in self.deadlines.all()),
            ends_at=self.ends_at,
        )

    @cached_property
    def official_calls(self) -> list[OpportunityCitation]:
        """The citations that make it a call: the one-row twin of `official_calls(…)`."""
        owners = [owner for owner in (self.provider, self.host) if owner]
        return [
            citation
            for citation in self.citations.all()
            if citation.fact == Fact.OFFICIAL_CALL
            and citation.is_in_force
            and citation.article.nature == Article.Nature.CALL
            and any(owner.owns(citation.article.host) for owner in owners)
        ]

    def stage_at(self, now: datetime | None = None) -> Stage:
        return stages.stage(self.stage_facts(), now or timezone.now())

    def is_open(self, now: datetime | None = None) -> bool:
        return self.stage_at(now) == Stage.OPEN


class OpportunityFormerSlug(FormerSlug):
    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="former_slugs")
