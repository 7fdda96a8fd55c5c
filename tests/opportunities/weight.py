"""The one fixture that page weight is measured on, PRODUCT §6: the fullest honest pages."""

from datetime import date, timedelta

from opportunities.choices import Application, Audience, Fact, Format, Funding, Kind, Level
from opportunities.models import Opportunity, Words
from partnerships.models import Country, Grouping, Sector
from partnerships.reference import load_reference_data
from tests.factories import (
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipFactory,
    cite_official_call,
)

LISTING = "/opportunities/?kind=scholarship&audience=student&format=on-site"
DETAIL = "/opportunities/the-fullest/"
COUNTRIES = ["KZ", "CN", "KE", "BR", "IN", "FR", "MA", "PE", "VN", "FJ", "JM", "TR"]
LANGUAGES = ["en", "fr", "ru", "zh-Hans", "ar", "es", "pt", "kk", "tr", "sw", "hi", "vi"]
TOPICS = {
    "en": [
        "water",
        "solar power",
        "old manuscripts",
        "coastal fishing",
        "rural clinics",
        "railways",
        "football coaching",
        "desert farming",
        "museum care",
        "satellite images",
        "honey trade",
        "film making",
        "city buses",
        "earthquake safety",
        "coral reefs",
        "open data",
        "tea growing",
        "theatre",
        "teacher training",
        "small harbours",
    ],
    "fr": [
        "l’eau",
        "le solaire",
        "les manuscrits",
        "la pêche côtière",
        "la santé rurale",
        "le rail",
        "le football",
        "l’agriculture aride",
        "les musées",
        "l’imagerie spatiale",
        "le miel",
        "le cinéma",
        "les bus urbains",
        "la sûreté sismique",
        "les coraux",
        "les données",
        "le thé",
        "le théâtre",
        "la pédagogie",
        "les petits ports",
    ],
}
TITLES = {
    "en": "Scholarship to study {} with a host university for two terms, travel and housing paid",
    "fr": "Bourse pour étudier {} dans une université d’accueil durant deux semestres, tout payé",
}
SUMMARIES = {
    "en": "Twelve students spend two terms with a research group on {}. The host pays tuition, a monthly allowance, one return ticket and a room; a language course comes first and a report ends it.",
    "fr": "Douze étudiants passent deux semestres dans une équipe qui travaille sur {}. L’hôte paie les frais, une allocation mensuelle, un aller-retour et une chambre ; un cours de langue précède.",
}


def exactly(text: str, length: int) -> str:
    """The text brought to a length, with words and not with a repeated letter."""
    padding = " and what the hosts of the year before wrote about it in their own final reports"
    return (text + padding)[:length]


def build_fullest_pages() -> None:
    load_reference_data()
    sectors = list(Sector.objects.filter(parent=None)[:12])
    groupings = list(Grouping.objects.all()[:12])
    partnerships = [
        PartnershipFactory(published=True, parties=[code, "CN" if code != "CN" else "KZ"])
        for code in COUNTRIES
    ]
    for number in range(20):
        card(number, sectors, groupings, partnerships)
    for number, kind in enumerate(Kind.values):
        item = card(20 + number, sectors, groupings, partnerships)
        Opportunity.objects.filter(pk=item.pk).update(
            kind=kind,
            funding=Funding.values[number % 6],
            format=Format.values[number % 3],
            audiences=Audience.values[number % 5],
        )
    fullest()


def card(number: int, sectors, groupings, partnerships) -> Opportunity:
    item = OpportunityFactory(
        published=True,
        is_example=True,
        kind=Kind.SCHOLARSHIP,
        title="",
        sectors=[sectors[number % 12].slug],
        places=[COUNTRIES[number % 12], COUNTRIES[(number + 5) % 12]],
        partnerships=[partnerships[number % 12]],
        groupings=[groupings[number % len(groupings)]],
        audiences=["student"],
        levels=[Level.values[number % 7]],
        languages=[LANGUAGES[number % 12]],
        format="on-site",
        funding="full",
        application=Application.BY_DEADLINE,
        provider=OrganisationFactory(domain=f"uni{number}.example"),
    )
    write_words(item, number)
    DeadlineFactory(opportunity=item, on=date(2026, 12, 1) + timedelta(days=2 * number))
    cite_official_call(item, host=f"uni{number}.example")
    return item


def write_words(item: Opportunity, number: int) -> None:
    item.words.all().delete()
    for language, origin in [("en", "original"), ("fr", "human")]:
        topic = TOPICS[language][number % 20]
        Words.objects.create(
            opportunity=item,
            language=language,
            origin=origin,
            title=exactly(TITLES[language].format(topic), 90),
            summary=exactly(SUMMARIES[language].format(topic), 200),
        )


def fullest() -> None:
    """Three deadlines, six rules, six quotes of 250 characters."""
    item = OpportunityFactory(
        published=True,
        slug="the-fullest",
        is_example=True,
        title="",
        places=["KZ", "CN"],
        audiences=["student", "researcher"],
        levels=["master"],
        languages=["en", "fr"],
        format="on-site",
        funding="full",
        covers=["tuition", "travel"],
        amount_min=500,
        amount_max=700,
        currency="KZT",
        amount_period="month",
        application="by-deadline",
        partnerships=[PartnershipFactory(published=True)],
    )
    write_words(item, 0)
    for channel, zone in [("online", "Asia/Almaty"), ("by post", ""), ("embassy", "Europe/Paris")]:
        DeadlineFactory(opportunity=item, channel=channel, zone=zone, for_whom="new applicants")
    rules(item)
    item.citations.all().delete()
    cite_official_call(item)
    item.citations.update(quote=QUOTES[0])
    for quote, fact in zip(
        QUOTES[1:], [Fact.EXISTENCE, Fact.KIND, Fact.PLACE, Fact.FUNDING, Fact.SECTOR], strict=True
    ):
        OpportunityCitationFactory(opportunity=item, quote=quote, fact=fact)


def rules(item: Opportunity) -> None:
    own = {"opportunity": item, "text": ""}
    rule = EligibilityRuleFactory(**own, kind="countries", attribute="nationality", mode="only")
    rule.countries.set(Country.objects.filter(pk__in=COUNTRIES[:4]))
    rule.groupings.set(Grouping.objects.filter(slug__in=["sco", "ldc"]))
    EligibilityRuleFactory(**own, kind="age", age_min=18, age_max=30, age_reference="deadline")
    EligibilityRuleFactory(**own, kind="level-held", levels=["6", "7"])
    EligibilityRuleFactory(**own, kind="field", fields=["05", "07"])
    EligibilityRuleFactory(**own, kind="language", language="en", language_level="B2")
    EligibilityRuleFactory(opportunity=item, text="In good health, with a letter of a teacher.")


QUOTES = [
    exactly(sentence, 250)
    for sentence in (
        "The university opens its call for the coming year to applicants from both countries, who send their papers through the office for foreign students before the day named below and hear from it within six weeks;",
        "Our two ministries agreed in spring that young people should travel both ways, and that the first group would leave before winter, with the fare and the insurance carried by the fund that they set up;",
        "Whoever is chosen lives in the students’ house beside the river, shares a kitchen with seven others, and is given a card for the trams, the library and the swimming hall at no charge;",
        "Courses are held in the old observatory and in three laboratories on the hill, where a guest works under one supervisor and keeps a notebook that is read and signed at the end of every month;",
        "A monthly sum is paid on the fifth day into an account that the guest opens on arrival, and it is meant for food, clothes and books, while rent and lessons are settled by the host itself;",
        "The work touches wind, sunlight and the storing of heat under ground, three fields in which neither side has enough trained people, as the report of last autumn showed with many figures;",
    )
]
