"""What a page says, for machines: schema.org as JSON-LD.

A page that nobody can apply on describes itself and what it rests on, and offers nothing; an example
does not even do that.
"""

import json
from collections.abc import Callable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.models import Article, Organisation

from .addresses import absolute
from .choices import Fact, Format, Kind, Stage
from .facts import amount_fact
from .pages import OpportunityPage
from .pages.links import page as page_path

Data = dict[str, object]

CAN_BE_APPLIED_FOR = {Stage.OPEN, Stage.UPCOMING}
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""In a script element these could end it; in JSON they are the same characters."""


def script(*nodes: Data) -> SafeString:
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": [*filter(None, nodes)]},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(ESCAPES)),  # noqa: S308 - escaped for where it stands
    )


def site_data() -> SafeString:
    """Of the first page."""
    listing = absolute(reverse("opportunities:list"))
    search = {
        "@type": "SearchAction",
        "target": f"{listing}?q={{search_term_string}}",
        "query-input": "required name=search_term_string",
    }
    home = absolute(reverse("opportunities:home"))
    site = {"@type": "WebSite", "name": "Serai", "url": home, "inLanguage": get_language()}
    return script(site | {"potentialAction": search})


def opportunity_data(page: OpportunityPage) -> SafeString:
    if page.item.is_example:
        return SafeString("")
    offer = offer_of(page) if page.stage in CAN_BE_APPLIED_FOR else {}
    return script(web_page(page, offer), trail(page), offer)


def url_of(page: OpportunityPage) -> str:
    return absolute(page.item.get_absolute_url())


def stated(**given: object) -> Data:
    """Without what is not stated."""
    return {name: value for name, value in given.items() if value not in (None, "", [], {})}


def web_page(page: OpportunityPage, offer: Data) -> Data:
    return {"@type": "WebPage", "@id": url_of(page)} | stated(
        name=page.words.title,
        description=page.words.summary,
        inLanguage=page.words.language,
        dateModified=page.item.updated_at.date().isoformat(),
        isBasedOn=[article_data(article) for article in page.articles if not article.is_example],
        mainEntity=offer and {"@id": offer["@id"]},
    )


def article_data(article: Article) -> Data:
    """Its own address and what it says of itself; nothing of its text."""
    is_news = article.nature == Article.Nature.NEWS
    return {"@type": "NewsArticle" if is_news else "CreativeWork"} | stated(
        headline=article.title,
        url=article.address or absolute(page_path("article", article.slug)),
        datePublished=iso(article.published_on),
        inLanguage=article.language,
        publisher=article.outlet and {"@type": "Organization", "name": article.outlet.name},
    )


def trail(page: OpportunityPage) -> Data:
    steps = [
        ("Serai", reverse("opportunities:home")),
        (_("Opportunities"), reverse("opportunities:list")),
    ]
    steps.append((page.words.title, page.item.get_absolute_url()))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
        for place, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


# --- What can be applied for, by kind


def offer_of(page: OpportunityPage) -> Data:
    """{} where schema.org has no type for the kind, or what the type requires is not stated."""
    write = OFFERS.get(page.item.kind)
    offer = write(page) if write else {}
    if not offer:
        return {}
    about = stated(name=page.words.title, description=page.words.summary, url=url_of(page))
    return {"@id": f"{url_of(page)}#offer"} | about | offer


def programme(page: OpportunityPage) -> Data:
    item = page.item
    return {"@type": "EducationalOccupationalProgram"} | stated(
        provider=organisation(item.provider),
        applicationStartDate=iso(item.opens_on),
        applicationDeadline=iso(only_day(page)),
        startDate=iso(item.starts_on),
        endDate=iso(item.ends_on),
        educationalProgramMode=item.format,
        maximumEnrollment=item.places_available,
    )


def grant(page: OpportunityPage) -> Data:
    item = page.item
    amount = {}
    if not page.other_values(Fact.AMOUNT, {amount_fact(item)}):
        amount = stated(minValue=number(item.amount_min), maxValue=number(item.amount_max))
    return {"@type": "MonetaryGrant"} | stated(
        funder=organisation(item.provider),
        amount=amount and {"@type": "MonetaryAmount", "currency": item.currency} | amount,
    )


def placement(page: OpportunityPage) -> Data:
    item, called = page.item, page.item.official_calls
    host = organisation(item.host or item.provider)
    places = [place(country) for country in page.places]
    if not (host and places and called):
        return {}
    return {"@type": "JobPosting", "employmentType": "INTERN", "directApply": False} | stated(
        title=page.words.title,
        datePosted=iso(min(call.article.evidence_on for call in called)),
        validThrough=iso(last_day(page)),
        hiringOrganization=host,
        jobLocation=places,
    )


def event(page: OpportunityPage) -> Data:
    item = page.item
    where = [place(country) for country in page.places if item.format != Format.ONLINE]
    if item.format in ONLINE and item.official_page:
        where.append({"@type": "VirtualLocation", "url": item.official_page})
    if not (item.starts_on and where):
        return {}
    return {"@type": "Event", "eventStatus": "https://schema.org/EventScheduled"} | stated(
        startDate=iso(item.starts_on),
        endDate=iso(item.ends_on),
        location=where,
        eventAttendanceMode=ATTENDANCE.get(item.format),
        organizer=organisation(item.provider),
    )


def tour(page: OpportunityPage) -> Data:
    return {"@type": "TouristTrip"} | stated(provider=organisation(page.item.provider))


OFFERS: dict[str, Callable[[OpportunityPage], Data]] = {
    Kind.SCHOLARSHIP: programme,
    Kind.FELLOWSHIP: programme,
    Kind.TRAINING: programme,
    Kind.EXCHANGE: programme,
    Kind.RESEARCH_GRANT: grant,
    Kind.ENTREPRENEURSHIP: grant,
    Kind.INTERNSHIP: placement,
    Kind.FESTIVAL: event,
    Kind.CONFERENCE: event,
    Kind.COMPETITION: event,
    Kind.CULTURAL_TOUR: tour,
}

ONLINE = {Format.ONLINE, Format.HYBRID}
ATTENDANCE = {
    Format.ON_SITE: "https://schema.org/OfflineEventAttendanceMode",
    Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def organisation(one: Organisation | None) -> Data:
    return {"@type": "Organization", "name": one.name} if one else {}


def place(country) -> Data:
    address = {"@type": "PostalAddress", "addressCountry": country.pk}
    return {"@type": "Place", "name": country.name, "address": address}


def last_day(page: OpportunityPage):
    """The date of the last deadline, in its own zone; None where it has none."""
    return max((deadline.on for deadline in page.item.deadlines.all()), default=None)


def only_day(page: OpportunityPage):
    """None too where some must be earlier than others: a machine would tell all of them the later day."""
    days = {deadline.on for deadline in page.item.deadlines.all()}
    return days.pop() if len(days) == 1 else None


def iso(day) -> str | None:
    return day and day.isoformat()


def number(amount) -> float | None:
    return None if amount is None else float(amount)
