"""An opportunity as plain values: codes of the standards, ISO dates, absolute addresses."""

from datetime import datetime

from django.urls import reverse

from opportunities.addresses import absolute
from opportunities.cards import Card
from opportunities.models import Deadline, EligibilityRule, Opportunity, OpportunityCitation
from opportunities.pages import OpportunityPage

Data = dict[str, object]


def summary(item: Opportunity, now: datetime) -> Data:
    """What a card knows; of a promise no official page, for there is none to apply on."""
    card = Card(item, now)
    return {
        "id": item.slug,
        "url": absolute(item.get_absolute_url()),
        "api_url": absolute(reverse("api:opportunity", args=[item.slug])),
        "is_example": item.is_example,
        "stage": card.stage.value,
        "voice": card.voice,
        "is_stale": card.is_stale,
        "kind": item.kind,
        **words(card),
        "provider": item.provider and item.provider.name,
        "host": item.host and item.host.name,
        "places": [country.pk for country in card.places],
        "sectors": [sector.slug for sector in card.sectors],
        "partnerships": [partnership.slug for partnership in card.partnerships],
        "audiences": list(item.audiences),
        "levels": list(item.levels),
        "languages": list(item.languages),
        "format": item.format or None,
        "funding": item.funding,
        "covers": list(item.covers),
        "amount": amount(item),
        "places_available": item.places_available,
        "application": item.application or None,
        "opens_on": item.opens_on,
        "starts_on": item.starts_on,
        "ends_on": item.ends_on,
        "zone": item.zone or None,
        "deadlines": [deadline(one) for one in item.deadlines.all()],
        "official_page": (item.official_page if item.official_calls else "") or None,
        "official_domain": card.official_domain or None,
        "verified_on": item.verified_on,
        "published_at": item.published_at,
        "sources": card.sources,
    }


def whole(item: Opportunity, now: datetime) -> Data:
    """All that its page says, each fact with the sentence that it rests on. What deadlines and rules
    say in words is in `original_language`."""
    page = OpportunityPage(item, now)
    return summary(item, now) | {
        "text": page.words.text,
        "original_language": page.original.language,
        "groupings": [grouping.slug for grouping in item.groupings.all()],
        "rules": [rule(one) for one in item.rules.all()],
        "citations": [citation(one) for one in item.citations.all()],
    }


def words(card: Card) -> Data:
    return {
        "title": card.words.title,
        "summary": card.words.summary,
        "language": card.words.language,
        "origin": card.words.origin,
    }


def amount(item: Opportunity) -> Data | None:
    if item.amount_min is None and item.amount_max is None:
        return None
    return {
        "min": item.amount_min,
        "max": item.amount_max,
        "currency": item.currency,
        "period": item.amount_period or None,
    }


def deadline(one: Deadline) -> Data:
    """`closes_at` is the first instant at which it is over; time and zone may not be stated."""
    return {
        "id": one.pk,
        "on": one.on,
        "at": one.at,
        "zone": one.zone or None,
        "closes_at": one.closes_at,
        "channel": one.channel,
        "for_whom": one.for_whom,
        "countries": sorted(country.pk for country in one.countries.all()),
    }


def rule(one: EligibilityRule) -> Data:
    return {
        "id": one.pk,
        "kind": one.kind,
        "attribute": one.attribute or None,
        "mode": one.mode or None,
        "countries": sorted(country.pk for country in one.countries.all()),
        "groupings": sorted(grouping.slug for grouping in one.groupings.all()),
        "age_min": one.age_min,
        "age_max": one.age_max,
        "age_reference": one.age_reference or None,
        "age_on": one.age_on,
        "levels": list(one.levels),
        "fields": list(one.fields),
        "language": one.language or None,
        "language_level": one.language_level or None,
        "text": one.text,
    }


def citation(one: OpportunityCitation) -> Data:
    """Of an article that its owner had removed neither the quote nor its page."""
    article = one.article
    is_shown = not article.removed_on
    return {
        "fact": one.fact,
        "deadline": one.deadline_id,
        "rule": one.rule_id,
        "value": one.value or None,
        "quote": one.quote if is_shown else None,
        "speaker_role": one.speaker_role,
        "speaker_name": one.speaker_name or None,
        "set_aside_because": one.set_aside_because or None,
        "article": {
            "url": absolute(reverse("opportunities:article", args=[article.slug])),
            "address": article.address or None,
            "nature": article.nature,
            "title": article.title or None,
            "outlet": article.outlet and article.outlet.name,
            "language": article.language or None,
            "published_on": article.published_on,
        }
        if is_shown
        else None,
    }
