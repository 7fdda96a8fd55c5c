"""Does it fit this reader? What the rules answer, counted and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import Attribute, RuleKind
from .criteria import criteria_of, links_of
from .eligibility import Answer, Verdict, Why, answers
from .filters import Query
from .models import Deadline, EligibilityRule, Opportunity
from .wording import day, days_left, listed

NAMES = {
    Attribute.NATIONALITY: gettext_lazy("nationality"),
    Attribute.RESIDENCE: gettext_lazy("residence"),
    Attribute.EITHER: gettext_lazy("nationality or residence"),
    RuleKind.AGE: gettext_lazy("age"),
    RuleKind.LEVEL_HELD: gettext_lazy("level held"),
    RuleKind.LEVEL_SOUGHT: gettext_lazy("level sought"),
    RuleKind.FIELD: gettext_lazy("field of study"),
    RuleKind.LANGUAGE: gettext_lazy("language"),
    RuleKind.OTHER: gettext_lazy("a condition in words"),
}
FEE = gettext_lazy("the fee")
NONE_THEIRS = gettext_lazy("no deadline for your nationality")
UNASKED = {RuleKind.FIELD, RuleKind.LANGUAGE}
SAID = {
    Verdict.MEETS: gettext_lazy("you meet this"),
    Verdict.DOES_NOT_MEET: gettext_lazy("you do not meet this"),
    Verdict.NOT_STATED: gettext_lazy("not stated whether you meet this"),
}
STYLES = {Verdict.MEETS: "yes", Verdict.DOES_NOT_MEET: "no", Verdict.NOT_STATED: "unknown"}
ONLY_YOU = gettext_lazy("only you can tell")
REASONS = {
    Why.NOT_TOLD: gettext_lazy("you did not say"),
    Why.MEMBERSHIP: gettext_lazy("no dated, verified membership tells"),
    Why.A_YEAR: gettext_lazy("a year of age could change it"),
    Why.NO_DAY: gettext_lazy("the day on which age counts is not known"),
    Why.WHICH_DEADLINE: gettext_lazy("it depends on your nationality, for deadlines differ"),
    Why.HIGHER: gettext_lazy("you hold more than is named"),
    Why.PARTLY: gettext_lazy("it names only part of what you said"),
    Why.SCALE: gettext_lazy("it uses another scale"),
    Why.IN_WORDS: ONLY_YOU,
}


@dataclass(frozen=True)
class RuleFit:
    """What one rule answers; `name` in a few words."""

    name: str
    answer: Answer
    is_asked: bool = True

    @property
    def verdict(self) -> Verdict:
        return self.answer.verdict

    @property
    def style(self) -> str:
        return STYLES[self.verdict]

    @property
    def said(self) -> str:
        return str(SAID[self.verdict])

    @property
    def reason(self) -> str:
        """Why it is not stated; '' where it is."""
        if self.answer.why == Why.NOT_TOLD and not self.is_asked:
            return str(ONLY_YOU)
        return str(REASONS.get(self.answer.why, ""))


@dataclass(frozen=True)
class Fit:
    """All rules of one opportunity; `has_words`: the source adds what no rule expresses."""

    rules: list[RuleFit]
    has_words: bool = False
    own_deadline: str = ""
    """Where the next deadline is not everybody's: which is theirs, in words."""

    def names(self, verdict: Verdict) -> str:
        """“age and language”, each once."""
        return listed(dict.fromkeys(str(r.name) for r in self.rules if r.verdict == verdict))

    @cached_property
    def verdict(self) -> Verdict:
        """A yes only where every rule says yes, and there is one."""
        found = {rule.verdict for rule in self.rules}
        if Verdict.DOES_NOT_MEET in found:
            return Verdict.DOES_NOT_MEET
        is_whole = found == {Verdict.MEETS} and not self.has_words
        return Verdict.MEETS if is_whole else Verdict.NOT_STATED

    @property
    def style(self) -> str:
        return STYLES[self.verdict]

    @property
    def word(self) -> str:
        """As a card says it."""
        if self.verdict == Verdict.MEETS:
            return _("Fits you")
        if self.verdict == Verdict.DOES_NOT_MEET:
            return _("Does not fit you: %(rules)s") % {"rules": self.failed}
        if not self.unknown:
            return _("Who may apply is not stated")
        return _("Not stated: %(rules)s") % {"rules": self.unknown}

    @property
    def failed(self) -> str:
        return self.names(Verdict.DOES_NOT_MEET)

    @property
    def unknown(self) -> str:
        found = [self.names(Verdict.NOT_STATED)] if self.names(Verdict.NOT_STATED) else []
        in_words = str(NAMES[RuleKind.OTHER])
        if self.has_words and in_words not in [str(rule.name) for rule in self.rules]:
            found.append(in_words)
        return listed(found)

    @property
    def summary(self) -> list[str]:
        """Sentences: how many are met, which not, which nobody can tell."""
        if not self.rules:
            return [_("No source states a condition. That is not a yes: read the official page.")]
        met = sum(rule.verdict == Verdict.MEETS for rule in self.rules)
        said = _("Conditions you meet: %(met)s of %(all)s.")
        parts = [said % {"met": met, "all": len(self.rules)}]
        if self.failed:
            parts.append(_("You do not meet: %(rules)s.") % {"rules": self.failed})
        if self.unknown:
            parts.append(_("Not known: %(rules)s.") % {"rules": self.unknown})
        return parts


def fit_of(item: Opportunity, query: Query, links, now: datetime) -> Fit:
    """`item` with what `for_criteria` fetches; the fee, if any, is the last."""
    rows = list(item.rules.all())
    said = answers(query.applicant, criteria_of(item), links, now)
    rules = [
        RuleFit(name_of(row), answer, row.kind not in UNASKED)
        for row, answer in zip(rows, said[: len(rows)], strict=True)
    ]
    rules += [RuleFit(FEE, answer, is_asked=False) for answer in said[len(rows) :]]
    return Fit(rules, any(row.text for row in rows), own_deadline(item, query, now))


def own_deadline(item: Opportunity, query: Query, now: datetime) -> str:
    """'' where the next one is everybody's, as far as nationality goes."""
    ahead = [one for one in item.deadlines.all() if one.closes_at > now]
    if not (query.nationality and ahead and ahead[0].countries.all()):
        return ""
    theirs = [one for one in ahead if is_for(one, query.nationality)]
    if not theirs:
        return str(NONE_THEIRS)
    said = {"date": day(theirs[0].on), "days": days_left(theirs[0], now)}
    if theirs[0].for_whom:
        return _("some apply by %(date)s, %(days)s") % said
    return _("for you: apply by %(date)s, %(days)s") % said


def is_for(deadline: Deadline, nationalities: frozenset[str]) -> bool:
    codes = {country.pk for country in deadline.countries.all()}
    return not codes or not codes.isdisjoint(nationalities)


def refused_words(counts: Mapping[str, int], left_out: int) -> str:
    """“nationality: 7, age: 5”; one that fails both counts for both."""
    one = _("%(rules)s: %(n)s")
    said = [one % {"rules": NAMES[what], "n": counts[what]} for what in NAMES if what in counts]
    several = sum(counts.values()) > left_out
    return _(", ").join([*said, *[_("some by several of these")] * several])


def name_of(row: EligibilityRule):
    return NAMES[row.attribute if row.kind == RuleKind.COUNTRIES else row.kind]


def fits_of(items: Iterable[Opportunity], query: Query, now: datetime) -> dict[int, Fit]:
    """By id, of items with what `for_criteria` fetches."""
    links = links_of({*query.nationality, query.residence} - {""})
    return {item.pk: fit_of(item, query, links, now) for item in items}
