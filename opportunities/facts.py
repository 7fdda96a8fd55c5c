"""What a published thing states, as plain values that no language changes.

Two snapshots, before and after an edit, tell which lines the record of changes needs. A key is
(fact, which of several); a value is text: slugs, codes, ISO dates.
"""

from django.db.models import QuerySet

from partnerships.models import Article, Organisation, Partnership

from .models import Deadline, EligibilityRule, Opportunity

Snapshot = dict[tuple[str, str], str]


def facts_of(item: Opportunity | Partnership | Article | Organisation) -> Snapshot:
    """The facts of a saved item as the database has them now, without the empty ones."""
    read = {
        Opportunity: opportunity_facts,
        Partnership: partnership_facts,
        Article: article_facts,
        Organisation: organisation_facts,
    }[type(item)]
    fresh = type(item)._default_manager.get(pk=item.pk)
    return {key: value for key, value in read(fresh).items() if value}


def opportunity_facts(item: Opportunity) -> Snapshot:
    facts = {
        ("address", ""): item.slug,
        ("kind", ""): item.kind,
        ("provider", ""): str(item.provider or ""),
        ("host", ""): str(item.host or ""),
        ("partnership", ""): joined(item.partnerships, "slug"),
        ("grouping", ""): joined(item.groupings, "slug"),
        ("place", ""): joined(item.places, "pk"),
        ("sector", ""): joined(item.sectors, "slug"),
        ("audience", ""): ", ".join(item.audiences),
        ("level", ""): ", ".join(item.levels),
        ("format", ""): item.format,
        ("language", ""): ", ".join(item.languages),
        ("application", ""): item.application,
        ("zone", ""): item.zone,
        ("opens_on", ""): iso(item.opens_on),
        ("starts_on", ""): iso(item.starts_on),
        ("ends_on", ""): iso(item.ends_on),
        ("funding", ""): item.funding,
        ("covers", ""): ", ".join(item.covers),
        ("amount", ""): amount_fact(item),
        ("places_available", ""): ""
        if item.places_available is None
        else str(item.places_available),
        ("official_page", ""): item.official_page,
        ("verified_on", ""): iso(item.verified_on),
    }
    for words in item.words.all():
        facts[("title", words.language)] = words.title
        facts[("summary", words.language)] = words.summary
        facts[("text", words.language)] = words.text
    for deadline in item.deadlines.prefetch_related("countries"):
        facts[("deadline", str(deadline.pk))] = deadline_fact(deadline)
    for rule in item.rules.prefetch_related("countries", "groupings"):
        facts[("eligibility", str(rule.pk))] = rule_fact(rule)
    return facts | citation_facts(item)


def partnership_facts(item: Partnership) -> Snapshot:
    parties = [
        party.country_id or party.grouping.slug for party in item.parties.select_related("grouping")
    ]
    facts = {
        ("address", ""): item.slug,
        ("parties", ""): ", ".join(parties),
        ("framework", ""): joined(item.frameworks, "slug"),
        ("sector", ""): joined(item.sectors, "slug"),
        ("since", ""): item.since,
        ("standing", ""): item.standing,
    }
    for language, name in item.names.items():
        facts[("name", language)] = name
    return facts | citation_facts(item)


def article_facts(item: Article) -> Snapshot:
    return {
        ("address", ""): item.slug,
        ("source", "nature"): item.nature,
        ("source", "title"): item.title,
        ("source", "outlet"): str(item.outlet or ""),
        ("source", "address"): item.address,
        ("source", "author"): item.author,
        ("source", "published on"): iso(item.published_on),
        ("source", "received on"): iso(item.received_on),
        ("source", "removed"): item.removed_because,
    }


def organisation_facts(item: Organisation) -> Snapshot:
    return {
        ("organisation", "name"): item.name,
        ("organisation", "country"): item.country_id or "",
        ("organisation", "domains"): joined(item.domains, "domain"),
    }


def citation_facts(item: Opportunity | Partnership) -> Snapshot:
    facts = {}
    for citation in item.citations.select_related("article"):
        said = f"{citation.fact}: “{citation.quote}” ({citation.article.slug})"
        if citation.value:
            said += f" = {citation.value}"
        if citation.set_aside_because:
            said += f" · set aside: {citation.set_aside_because}"
        facts[("source", f"citation {citation.pk}")] = said
    return facts


def amount_fact(item: Opportunity) -> str:
    amounts = [f"{a.normalize():f}" for a in (item.amount_min, item.amount_max) if a is not None]
    return " ".join(["–".join(amounts), item.currency, item.amount_period]) if amounts else ""


def deadline_fact(deadline: Deadline) -> str:
    parts = [
        iso(deadline.on),
        deadline.at.strftime("%H:%M") if deadline.at else "",
        deadline.zone,
        deadline.channel,
        deadline.for_whom,
        joined(deadline.countries, "pk"),
    ]
    return " · ".join(filter(None, parts))


def rule_fact(rule: EligibilityRule) -> str:
    ages = [str(age) for age in (rule.age_min, rule.age_max) if age is not None]
    parts = [
        rule.kind,
        rule.attribute,
        rule.mode,
        joined(rule.countries, "pk"),
        joined(rule.groupings, "slug"),
        "–".join(ages),
        rule.age_reference,
        iso(rule.age_on),
        ", ".join(rule.levels),
        ", ".join(rule.fields),
        rule.language,
        rule.language_level,
        rule.text,
    ]
    return " · ".join(filter(None, parts))


def joined(rows: QuerySet, column: str) -> str:
    return ", ".join(sorted(str(getattr(row, column)) for row in rows.all()))


def iso(day) -> str:
    return day.isoformat() if day else ""
