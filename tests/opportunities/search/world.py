"""A small seeded world that changes at random, and random questions about it.

It is small so that everything meets everything: a handful of words, countries and days, and every
trap of the rules among them (memberships that end between deadlines, unverified links, suspended
members, several rules, deadlines for some nationals, hidden partnerships).
"""

from datetime import UTC, datetime, time, timedelta
from random import Random

from opportunities.choices import (
    AgeReference,
    Application,
    Attribute,
    Audience,
    Fact,
    Funding,
    IscedLevel,
    Kind,
    Level,
    Mode,
)
from opportunities.choices import Format as Formats
from opportunities.filters import DEADLINE_DAYS, FACETS, ROLLING, SHOWN, SORTS, Query
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from opportunities.search import index
from partnerships.models import (
    REFERENCE,
    Article,
    Citation,
    Country,
    Grouping,
    Membership,
    Organisation,
    Partnership,
    PartnershipParty,
    Sector,
    Version,
)
from tests.factories import PUBLISHED_AT

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CODES = ["KZ", "CN", "FR", "KE", "BR", "BD", "NP", "AU"]
SLUGS = ["sco", "ldc", "g77"]
SECTORS = {"energy": None, "green-energy": "energy", "science": None, "space": "science"}
ZONES = ["", "UTC", "Asia/Almaty", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"]
TIMES = [None, None, time(23, 59), time(12, 0), time(0, 0)]
TEXTS = [
    "Solar power grants for young engineers",
    "Bourses d’énergie solaire en Côte d’Ivoire",
    "Гранты на энергию солнца",
    "哈萨克斯坦太阳能奖学金",
    "منحة دراسية في الطاقة الشمسية",
    "The power of solar grants: engineers of the wind",
    "Festival of young poets, film and wind",
]  # fmt: skip
QUESTIONS = [
    "solar", "sol", "power grants", '"solar power"', "-wind", "engineers -festival", "énergie",
    "гранты", "太阳能", "الطاقة", "kazakhstan", "scholarship", '"power of solar" grants', "poet",
    "nothing at all", "哈萨克斯坦 太阳", "energy", "young -\"solar power\"",
]  # fmt: skip


class World:
    def __init__(self, seed: int, size: int):
        self.random = Random(seed)
        Country.objects.bulk_create(Country(iso2=code, iso3=f"{code}X") for code in CODES)
        self.make_sectors()
        self.groupings = Grouping.objects.bulk_create(
            Grouping(slug=s, kind="list", names={"en": s.upper()}, source="t", read_on=START)
            for s in SLUGS
        )
        self.owner = Organisation.objects.create(name="The university")
        self.owner.domains.create(domain="uni.example")
        self.articles = [self.make_article(number) for number in range(12)]
        self.partnerships = [self.make_partnership(number) for number in range(6)]
        for _ in range(14):
            self.change_membership()
        self.ids = [self.make_opportunity(number) for number in range(size)]
        index.write(self.ids)

    def some(self, values, most=2) -> list:
        return self.random.sample(list(values), self.random.randint(0, min(most, len(values))))

    def day(self, spread: int):
        return (START + timedelta(days=self.random.randint(-spread, spread))).date()

    # --- Making

    def make_sectors(self):
        made = {}
        for position, (slug, parent) in enumerate(SECTORS.items()):
            made[slug] = Sector.objects.create(
                slug=slug, parent=made.get(parent), position=position, names={"en": slug}
            )
        self.sectors = list(made.values())

    def make_article(self, number: int) -> Article:
        return Article.objects.create(
            slug=f"article-{number}",
            nature=self.random.choice(["call", "news"]),
            address=f"https://{self.random.choice(['uni.example', 'news.example'])}/{number}",
            published_on=self.random.choice([None, self.day(190)]),
            received_on=self.day(190),
        )

    def make_partnership(self, number: int) -> Partnership:
        made = Partnership.objects.create(
            slug=f"p{number}",
            status=self.random.choice(["published", "published", "withdrawn"]),
            published_at=PUBLISHED_AT,
            withdrawn_because="-",
        )
        made.frameworks.set(self.some(self.groupings))
        for code in self.some(CODES):
            PartnershipParty.objects.create(partnership=made, country_id=code)
        for grouping in self.some(self.groupings, 1):
            PartnershipParty.objects.create(partnership=made, grouping=grouping)
        return made

    def make_opportunity(self, number: int) -> int:
        made = Opportunity.objects.create(
            slug=f"o{number}", status="published", kind="training", published_at=PUBLISHED_AT
        )
        self.rewrite(made)
        return made.pk

    def rewrite(self, item: Opportunity) -> None:
        """Every fact anew."""
        choose = self.random.choice
        item.kind, item.funding = choose(Kind.values[:4]), choose(Funding.values)
        item.audiences, item.levels = self.some(Audience.values), self.some(Level.values)
        item.languages, item.format = self.some(["fr", "kk"]), choose(["", *Formats.values])
        item.application = choose([*Application.values, Application.BY_DEADLINE])
        item.status = choose(["published"] * 5 + ["withdrawn"])
        item.withdrawn_because = "-"
        item.published_at = START - timedelta(days=choose([0, 1, 9]), minutes=choose([0, 0, 3]))
        item.zone, item.provider = choose(ZONES), choose([None, self.owner, self.owner])
        item.opens_on = choose([None, None, self.day(3), self.day(60)])
        item.starts_on = choose([None, self.day(60), self.day(800)])
        item.ends_on = max(filter(None, [self.day(60), item.starts_on]))
        item.verified_on = choose([None, self.day(100), START.date()])
        item.save()
        item.places.set(self.some(CODES))
        item.groupings.set(self.some(self.groupings, 1))
        item.sectors.set(self.some(self.sectors, 3))
        item.partnerships.set(self.some(self.partnerships))
        self.rewrite_parts(item)

    def rewrite_parts(self, item: Opportunity) -> None:
        for parts in (item.words, item.deadlines, item.rules, item.citations):
            parts.all().delete()
        for language in ["en", *self.some(["fr", "zh"], 1)]:
            Words.objects.create(
                opportunity=item,
                language=language,
                origin="original" if language == "en" else "human",
                title=self.random.choice(TEXTS),
                summary=self.random.choice(TEXTS),
                text=self.random.choice(["", *TEXTS]),
            )
        for _ in range(self.random.choice([0, 1, 1, 2])):
            self.make_deadline(item)
        for _ in range(self.random.choice([0, 1, 1, 2])):
            self.make_rule(item)
        for article in self.some(self.articles, 3):
            self.make_citation(item, article)

    def make_deadline(self, item: Opportunity) -> None:
        near = self.random.choice([2, 10, 100, 400, 1_200])
        made = Deadline.objects.create(
            opportunity=item,
            on=self.day(near),
            at=self.random.choice(TIMES),
            zone=self.random.choice(ZONES),
        )
        if self.random.random() < 0.3:
            made.countries.set(self.some(CODES))

    def make_rule(self, item: Opportunity) -> None:
        kind = self.random.choice(["countries"] * 5 + ["age"] * 3 + ["level-held"])
        if kind == "age":
            self.make_age_rule(item)
        elif kind == "level-held":
            levels = self.random.sample(IscedLevel.values, self.random.randint(1, 2))
            EligibilityRule.objects.create(opportunity=item, kind=kind, levels=levels)
        else:
            self.make_country_rule(item)

    def make_age_rule(self, item: Opportunity) -> None:
        """Ages about those asked for, so that a year often matters; some rules cannot be met."""
        lowest, highest = sorted(self.random.choice([20, 21, 22, 23, 24]) for _ in range(2))
        reference = self.random.choice([AgeReference.DEADLINE] * 3 + AgeReference.values)
        one = self.random.random()
        EligibilityRule.objects.create(
            opportunity=item,
            kind="age",
            age_min=lowest if one < 0.7 else None,
            age_max=highest if one > 0.3 else None,
            age_reference=reference,
            age_on=self.day(800) if reference == AgeReference.DATE else None,
        )

    def make_country_rule(self, item: Opportunity) -> None:
        attribute = self.random.choice([Attribute.NATIONALITY] * 3 + Attribute.values)
        rule = EligibilityRule.objects.create(
            opportunity=item,
            kind="countries",
            attribute=attribute,
            mode=self.random.choice(Mode.values),
        )
        rule.countries.set(self.some(CODES))
        rule.groupings.set(self.some(self.groupings))

    def make_citation(self, item: Opportunity, article: Article) -> None:
        fact = self.random.choice([Fact.EXISTENCE, *[Fact.OFFICIAL_CALL] * 4, Fact.CANCELLATION])
        role = self.random.choice(Citation.Speaker.values)
        OpportunityCitation.objects.create(
            opportunity=item,
            article=article,
            fact=fact,
            quote="So it says.",
            speaker_role=role,
            speaker_name="" if role == Citation.Speaker.OUTLET else "Somebody",
            set_aside_because=self.random.choice(["", "", "", "No."]),
        )

    # --- Changing

    def change(self) -> None:
        """One edit, indexed as the verbs of editors index theirs."""
        what = self.random.random()
        if what < 0.8:
            item = Opportunity.objects.get(pk=self.random.choice(self.ids))
            self.rewrite(item)
            index.write([item.pk])
        elif what < 0.9:
            self.change_membership()
            Version.objects.bump(REFERENCE)
        else:
            partnership = self.random.choice(self.partnerships)
            partnership.status = self.random.choice(["published", "withdrawn"])
            partnership.save()
            Version.objects.bump(REFERENCE)

    def change_membership(self) -> None:
        code, grouping = self.random.choice(CODES), self.random.choice(self.groupings)
        Membership.objects.filter(country=code, grouping=grouping).delete()
        for status in self.some(["member", "member", "suspended", "observer"]):
            since = self.random.choice([None, self.day(12), self.day(400)])
            ends = self.random.choice([None, None, self.day(12), self.day(100)])
            Membership.objects.get_or_create(
                country_id=code,
                grouping=grouping,
                status=status,
                since=since,
                defaults={
                    "until": ends if ends and (since is None or ends > since) else None,
                    "is_verified": self.random.random() < 0.8,
                    "source": "t",
                    "read_on": START.date(),
                },
            )

    # --- Asking

    def question(self) -> Query:
        asked = {name: frozenset(self.some(self.values(name))) for name in self.some(FACETS, 4)}
        if self.random.random() < 0.3:
            asked["nationality"] = frozenset(self.some(CODES, 3))
        if self.random.random() < 0.6:
            asked |= self.somebody()
        return Query(
            q=self.random.choice(["", "", *QUESTIONS]),
            sort=self.random.choice(["", "", *SORTS]),
            page=self.random.choice([1, 1, 2, 9]),
            **({"stage": frozenset({"all"})} if self.random.random() < 0.5 else {}) | asked,
        )

    def somebody(self) -> dict:
        choose = self.random.choice
        return {
            "residence": choose(["", *CODES]),
            "age": choose([0, 20, 21, 22, 23]),
            "held": choose(["", *IscedLevel.values]),
            "unfit": choose(["", "", "", SHOWN]),
        }

    def values(self, name: str) -> list[str]:
        return {
            "kind": Kind.values[:4],
            "stage": ["announced", "upcoming", "open", "closed", "lapsed", "cancelled"],
            "audience": Audience.values,
            "sector": list(SECTORS),
            "partnership": [partnership.slug for partnership in self.partnerships],
            "grouping": SLUGS,
            "level": Level.values,
            "funding": Funding.values,
            "language": ["fr", "kk"],
            "format": Formats.values,
            "deadline": [*DEADLINE_DAYS, ROLLING],
        }.get(name, CODES)

    def moment(self) -> datetime:
        """Now, or at or beside the instant of some deadline."""
        instants = list(Deadline.objects.values_list("closes_at", flat=True)) or [START]
        beside = self.random.choice([timedelta(0), timedelta(microseconds=1), timedelta(days=1)])
        near = [at for at in instants if abs(at - START) < timedelta(days=30)] or [START]
        return self.random.choice([START, self.random.choice(near)]) - beside
