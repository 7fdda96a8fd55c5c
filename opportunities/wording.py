"""Facts in the reader's words: dates, amounts, rules, who says it. Nothing here decides anything."""

import re
import unicodedata
from datetime import date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.lists import format_list
from babel.numbers import format_currency, get_decimal_symbol
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from partnerships.models import Article, Citation, Partnership, PartnershipCitation
from partnerships.names import language_name, locale_of, sort_key
from partnerships.validators import UNENCODABLE

from .choices import (
    WORDS_OF,
    AgeReference,
    Attribute,
    Fact,
    IscedLevel,
    Mode,
    Period,
    RuleKind,
    Stage,
    StudyField,
)
from .instants import ANYWHERE_ON_EARTH, next_day_at
from .models import Deadline, EligibilityRule, Opportunity
from .promises import Turn

FACTS = {
    **dict(Fact.choices),
    **dict(PartnershipCitation.Fact.choices),
    "address": gettext_lazy("address"),
    "application": gettext_lazy("application"),
    "covers": gettext_lazy("what is covered"),
    "grouping": gettext_lazy("grouping"),
    "name": gettext_lazy("name"),
    "organisation": gettext_lazy("organisation"),
    "source": gettext_lazy("source"),
    "status": gettext_lazy("status"),
    "text": gettext_lazy("text"),
    "verified_on": gettext_lazy("verified on"),
    "zone": gettext_lazy("time zone"),
}


STAGES = {
    Stage.ANNOUNCED: gettext_lazy("Somebody speaks of it; no official call is known."),
    Stage.UPCOMING: gettext_lazy(
        "The provider has called for it; one can apply from the day named."
    ),
    Stage.OPEN: gettext_lazy(
        "The provider has called for it; today one can apply or, where that is not needed, take part."
    ),
    Stage.CLOSED: gettext_lazy("There was a call; its last deadline, or its last day, has passed."),
    Stage.LAPSED: gettext_lazy("It was announced, and for long nothing more was heard of it."),
    Stage.CANCELLED: gettext_lazy("A source says that it will not take place."),
}


def capitalised(label: str) -> str:
    return str(label)[:1].upper() + str(label)[1:]


def one_line(text: str) -> str:
    """Any text as one line without control characters: for what has lines as its syntax, even if
    something came past the validators."""
    plain = (
        " " if unicodedata.category(c) in {"Cc", "Cs"} or c in UNENCODABLE else c for c in text
    )
    return " ".join("".join(plain).split())


def in_example(item: Opportunity | Partnership | Article, text: str) -> str:
    """Marked where it leaves our pages, for there nothing else says that it is made up."""
    return _("[Example] %(text)s") % {"text": text} if item.is_example else text


def fact_label(fact: str) -> str:
    return str(FACTS.get(fact, fact))


def listed(names) -> str:
    """“a, b and c” as the reader's language joins them."""
    return format_list([str(name) for name in names], locale=locale_of(get_language()))


def day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")


def partial_date(said: str) -> str:
    """A year, month or day (ISO 8601) as the reader writes it."""
    parts = [int(part) for part in said.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return date_format(date(*parts, 1), "YEAR_MONTH_FORMAT") if len(parts) == 2 else said


def amount(item: Opportunity) -> str:
    """“€500–€700 a month”, “from €500”, “up to €700”; '' where no amount is stated."""
    low, high = (money(value, item.currency) for value in (item.amount_min, item.amount_max))
    if low and high:
        said = low if low == high else f"{low}–{high}"
    elif low:
        said = _("from %(amount)s") % {"amount": low}
    else:
        said = _("up to %(amount)s") % {"amount": high} if high else ""
    return f"{said} {Period(item.amount_period).label}" if said and item.amount_period else said


LETTER_BY_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Where CLDR wants a space (KZT 5,000) and Babel sets none."""


def money(value: Decimal | None, currency: str) -> str:
    """As the language writes it, but a whole amount shows no cents."""
    if value is None:
        return ""
    locale = locale_of(get_language())
    written = LETTER_BY_DIGIT.sub(
        "\N{NO-BREAK SPACE}", format_currency(value, currency, locale=locale)
    )
    if value % 1:
        return written
    point = re.escape(get_decimal_symbol(locale))
    return re.sub(rf"{point}0+(?!\d)", "", written)


def fact_value(fact: str, value: str) -> str:
    """A value of the record or of a citation: a word of a closed list or a date as the reader
    writes it, anything else as it stands."""
    if value in WORDS_OF.get(fact, ()):
        return str(WORDS_OF[fact](value).label)
    first, dot, rest = value.partition(" · ")
    on, _space, at = first.partition(" ")
    try:
        said = day(date.fromisoformat(on))
    except ValueError:
        return value
    return f"{said}, {at}{dot}{rest}" if at else f"{said}{dot}{rest}"


def days_left(deadline: Deadline, now: datetime) -> str:
    """Calendar days to the date stated, in its own zone: “in 12 days”, never “in 2 weeks”."""
    if now >= deadline.closes_at:
        return _("passed")
    days = (deadline.on - now.astimezone(zone_of(deadline)).date()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def days_left_until(deadline: Deadline, now: datetime) -> datetime:
    """The first instant after `now` at which `days_left` says something else; now is before it closes."""
    return min(deadline.closes_at, next_day_at(now, zone_of(deadline)))


def zone_of(deadline: Deadline) -> tzinfo:
    return ZoneInfo(deadline.zone) if deadline.zone else ANYWHERE_ON_EARTH


def deadline_time(deadline: Deadline) -> str:
    """The official time and zone, or that they are not stated."""
    if deadline.at and deadline.zone:
        return f"{deadline.at:%H:%M} ({zone_name(deadline)})"
    if deadline.at:
        return _("%(time)s, time zone not stated") % {"time": f"{deadline.at:%H:%M}"}
    if deadline.zone:
        return _("end of the day (%(zone)s)") % {"zone": zone_name(deadline)}
    return _("time not stated")


def zone_name(deadline: Deadline) -> str:
    """“Asia/Almaty, UTC+5”: the zone and what its clock showed that day."""
    local = deadline.closes_at.astimezone(ZoneInfo(deadline.zone))
    ahead = int(local.utcoffset().total_seconds() // 60)
    hours, minutes = divmod(abs(ahead), 60)
    offset = f"{'−' if ahead < 0 else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")
    return f"{deadline.zone.replace('_', ' ')}, UTC{offset}"


KNOWN_SINCE = {
    Stage.ANNOUNCED: gettext_lazy("announced, known to us since %(date)s"),
    Stage.UPCOMING: gettext_lazy("call known to us since %(date)s"),
    Stage.OPEN: gettext_lazy("open, known to us since %(date)s"),
    Stage.CANCELLED: gettext_lazy("cancelled, known to us since %(date)s"),
}
"""Where the day is not stated, and we know only when it reached us."""


def turn_words(turn: Turn, now: datetime) -> str:
    """One turn of a stage with its day: what happened, or what will if nothing new is heard."""
    is_ahead = turn.at > now
    if turn.is_received and turn.stage in KNOWN_SINCE:
        return KNOWN_SINCE[turn.stage] % {"date": day(turn.on)}
    said = {
        Stage.ANNOUNCED: _("announced on %(date)s"),
        Stage.UPCOMING: _("call found, of %(date)s"),
        Stage.OPEN: _("opens on %(date)s") if is_ahead else _("open since %(date)s"),
        Stage.CLOSED: _("open until %(date)s") if is_ahead else _("closed, last day %(date)s"),
        Stage.LAPSED: _("without a call by %(date)s it counts as lapsed")
        if is_ahead
        else _("no call found by %(date)s"),
        Stage.CANCELLED: _("cancelled on %(date)s"),
    }[turn.stage]
    return said % {"date": day(turn.on)}


# --- Who may apply


def rule_words(rule: EligibilityRule) -> str:
    """One eligibility rule as a sentence part; the text of the source is added by the page."""
    words = {
        RuleKind.COUNTRIES: country_rule,
        RuleKind.AGE: age_rule,
        RuleKind.LEVEL_HELD: level_held_rule,
        RuleKind.LEVEL_SOUGHT: level_sought_rule,
        RuleKind.FIELD: field_rule,
        RuleKind.LANGUAGE: language_rule,
    }.get(rule.kind)
    return words(rule) if words else ""


def country_rule(rule: EligibilityRule) -> str:
    names = sorted((country.name for country in rule.countries.all()), key=sort_key)
    names += [
        _("members of %(grouping)s") % {"grouping": grouping.name}
        for grouping in rule.groupings.all()
    ]
    sentences = {
        (Mode.ONLY, Attribute.NATIONALITY): _("Nationality: only %(countries)s"),
        (Mode.ONLY, Attribute.RESIDENCE): _("Residence: only %(countries)s"),
        (Mode.ONLY, Attribute.EITHER): _("Nationality or residence: only %(countries)s"),
        (Mode.EXCEPT, Attribute.NATIONALITY): _("Nationality: all except %(countries)s"),
        (Mode.EXCEPT, Attribute.RESIDENCE): _("Residence: all except %(countries)s"),
        (Mode.EXCEPT, Attribute.EITHER): _("Nationality or residence: all except %(countries)s"),
    }
    return sentences[(rule.mode, rule.attribute)] % {"countries": listed(names)}


def age_rule(rule: EligibilityRule) -> str:
    if rule.age_min is None:
        ages = _("Age: at most %(max)s") % {"max": rule.age_max}
    elif rule.age_max is None:
        ages = _("Age: at least %(min)s") % {"min": rule.age_min}
    else:
        ages = _("Age: %(min)s to %(max)s") % {"min": rule.age_min, "max": rule.age_max}
    if rule.age_on:
        return _("%(ages)s on %(date)s") % {"ages": ages, "date": day(rule.age_on)}
    return f"{ages}, {AgeReference(rule.age_reference).label}"


def level_held_rule(rule: EligibilityRule) -> str:
    return _("Level held: %(levels)s") % {"levels": labels(IscedLevel, rule.levels)}


def level_sought_rule(rule: EligibilityRule) -> str:
    return _("Level sought: %(levels)s") % {"levels": labels(IscedLevel, rule.levels)}


def field_rule(rule: EligibilityRule) -> str:
    return _("Field of study: %(fields)s") % {"fields": labels(StudyField, rule.fields)}


def language_rule(rule: EligibilityRule) -> str:
    name = language_name(rule.language)
    if rule.language_level:
        return _("Language: %(language)s, %(level)s") % {
            "language": name,
            "level": rule.language_level,
        }
    return _("Language: %(language)s") % {"language": name}


def labels(choices, values) -> str:
    return listed(choices(value).label for value in values)


# --- Who says it


def speaker(citation: Citation) -> str:
    if citation.speaker_role == Citation.Speaker.OUTLET:
        return _("suggested by the press")
    return _("said by %(name)s") % {"name": citation.speaker_name}


def voice(item: Opportunity) -> str:
    """Who stands behind it: its own call, else somebody named, else the press."""
    citations = [citation for citation in item.citations.all() if citation.is_in_force]
    if name := caller(item)[0]:
        return _("called for by %(name)s") % {"name": name}
    named = [c for c in citations if c.speaker_role != Citation.Speaker.OUTLET]
    first = next(iter(named or citations), None)
    return speaker(first) if first else ""


def caller(item: Opportunity) -> tuple[str, str]:
    """Whose own call it is, and on which official domain; two empty texts where there is none."""
    for call in item.official_calls[:1]:
        for owner in filter(None, (item.provider, item.host)):
            if domain := owner.domain_of(call.article.host):
                return owner.name, domain
    return "", ""
