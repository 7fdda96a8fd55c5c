"""Who may apply: the rows of an opportunity → the pure rules of `eligibility`."""

from collections import defaultdict
from collections.abc import Collection

from partnerships.models import Membership

from .choices import Funding, RuleKind
from .eligibility import (
    AgeRule,
    CountryRule,
    Criteria,
    DatedDeadline,
    FeeRule,
    FieldRule,
    HeldRule,
    LanguageRule,
    Link,
    Links,
    SoughtRule,
    WordsRule,
)
from .models import Deadline, EligibilityRule, Opportunity


def criteria_of(item: Opportunity) -> Criteria:
    """From what `for_criteria` fetched: one rule a row, in their order, and the fee after them."""
    rules = [RULES[rule.kind](rule) for rule in item.rules.all()]
    if item.funding == Funding.FEE:
        rules.append(FeeRule())
    deadlines = map(dated, item.deadlines.all())
    return Criteria(tuple(rules), tuple(deadlines), item.starts_on)


def dated(deadline: Deadline) -> DatedDeadline:
    countries = frozenset(country.pk for country in deadline.countries.all())
    return DatedDeadline(deadline.on, deadline.closes_at, countries)


def country_rule(rule: EligibilityRule) -> CountryRule:
    return CountryRule(
        rule.attribute,
        rule.mode,
        frozenset(country.pk for country in rule.countries.all()),
        frozenset(grouping.slug for grouping in rule.groupings.all()),
    )


RULES = {
    RuleKind.COUNTRIES: country_rule,
    RuleKind.AGE: lambda rule: AgeRule(rule.age_min, rule.age_max, rule.age_reference, rule.age_on),
    RuleKind.LEVEL_HELD: lambda rule: HeldRule(frozenset(rule.levels)),
    RuleKind.LEVEL_SOUGHT: lambda rule: SoughtRule(frozenset(rule.levels)),
    RuleKind.FIELD: lambda rule: FieldRule(frozenset(rule.fields)),
    RuleKind.LANGUAGE: lambda rule: LanguageRule(rule.language, rule.language_level),
    RuleKind.OTHER: lambda rule: WordsRule(),
}


def links_of(countries: Collection[str]) -> Links:
    """The dated links of some countries to every grouping."""
    found: dict[str, list[Link]] = defaultdict(list)
    rows = Membership.objects.filter(country__in=countries) if countries else []
    for row in rows and rows.select_related("grouping"):
        is_member = row.status == Membership.Status.MEMBER
        link = Link(row.grouping.slug, is_member, row.is_verified, row.since, row.until)
        found[row.country_id].append(link)
    return found
