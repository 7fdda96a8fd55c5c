"""Rows of published opportunities as raw columns, made batch by batch from a seed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from functools import cache
from random import Random

from opportunities import instants
from opportunities.choices import Audience, Format, Funding, Kind, Level

from .vocabulary import Speech, vocabulary
from .world import NOW, TODAY, World, quote_of

BATCH = 5_000

LANGUAGES = (("en", "fr", "ru", "es", "zh", "ar", "pt", "kk"), (45, 15, 10, 8, 7, 7, 5, 3))
TAGS = {"zh": "zh-Hans"}
ACTIVITY = (
    (",en,", ",fr,", ",ru,", ",zh,", ",en,fr,", ",en,zh,", ",es,", ",ar,", ",kk,", ""),
    (38, 10, 8, 8, 6, 4, 6, 5, 3, 12),
)
KINDS = (tuple(Kind.values), (25, 8, 8, 12, 12, 8, 3, 3, 7, 4, 5, 5))
AUDIENCES = (
    [f",{value}," for value in Audience.values] + [",student,researcher,", ""],
    (40, 14, 8, 4, 14, 15, 5),
)
LEVELS = (
    [f",{value}," for value in Level.values] + [",bachelor,master,", ",master,doctorate,", ""],
    (3, 6, 14, 16, 8, 5, 6, 12, 8, 22),
)
FORMATS = ((*Format.values, ""), (70, 12, 8, 10))
FUNDINGS = (tuple(Funding.values), (30, 20, 12, 8, 5, 25))
APPLICATIONS = (("by-deadline", "rolling", "not-needed"), (82, 12, 6))
ZONES = (
    ("", "UTC", "Asia/Almaty", "Asia/Shanghai", "Europe/Paris", "America/New_York", "Africa/Lagos",
     "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Riyadh", "Europe/Moscow"),
    (40, 8, 8, 10, 8, 6, 4, 4, 1, 3, 4, 4),
)  # fmt: skip
TIMES = (("", "17:00:00", "23:59:00", "12:00:00"), (70, 10, 15, 5))
DEADLINE_COUNTS = ((1, 2, 3), (70, 22, 8))
PLACE_COUNTS = ((0, 1, 2), (15, 73, 12))
PARTNERSHIP_COUNTS = ((0, 1, 2), (40, 50, 10))
SECTOR_COUNTS = ((1, 2, 3), (45, 35, 20))
# No rule; only a list; all but a list; members of groupings; the same and a list; two rules; of residence or either
RULES = (
    ("", "only", "except", "groupings", "both", "two", "residence", "either"),
    (500, 300, 50, 70, 30, 20, 15, 15),
)
# No rule on age, else the day on which it counts
AGES = (("", "deadline", "date", "start", "not-stated"), (80, 13, 3, 2, 2))
OLDEST = ((None, 25, 28, 30, 32, 35, 40, 45), (10, 10, 5, 25, 5, 30, 10, 5))
YOUNGEST = ((None, 16, 18, 21), (50, 5, 40, 5))
HELD = (("", ",3,", ",6,", ",7,", ",6,7,", ",8,"), (75, 8, 9, 4, 2, 2))
DAYS = tuple((TODAY + timedelta(days=offset)).isoformat() for offset in range(-1_200, 1_201))
WIDEST = 400

TABLES = {
    "opportunities_opportunity": (
        "id slug status published_at withdrawn_because is_example created_by_id created_at "
        "updated_at kind provider_id host_id audiences levels format languages application zone "
        "opens_on starts_on ends_on opens_at ends_at funding covers amount_min amount_max currency "
        "amount_period places_available official_page verified_on"
    ),
    "opportunities_words": "opportunity_id language origin title summary text",
    "opportunities_opportunity_places": "opportunity_id country_id",
    "opportunities_opportunity_sectors": "opportunity_id sector_id",
    "opportunities_opportunity_groupings": "opportunity_id grouping_id",
    "opportunities_opportunity_partnerships": "opportunity_id partnership_id",
    "opportunities_deadline": "id opportunity_id on at zone channel for_whom closes_at",
    "opportunities_deadline_countries": "deadline_id country_id",
    "opportunities_eligibilityrule": (
        "id opportunity_id kind attribute mode age_min age_max age_reference age_on levels fields "
        "language language_level text"
    ),
    "opportunities_eligibilityrule_groupings": "eligibilityrule_id grouping_id",
    "benchmark_rule": "rule list",  # expanded in the database: 16 rows an opportunity
    "opportunities_opportunitycitation": (
        "opportunity_id article_id fact quote start end value speaker_role speaker_name "
        "set_aside_because deadline_id rule_id"
    ),
}

Batch = dict[str, list[tuple]]


def batches(rows: int, seed: int, world: World, words: int) -> Iterator[Batch]:
    """Each has a seed of its own, so that more rows begin with the same as fewer."""
    for first in range(1, rows + 1, BATCH):
        yield Writer(f"{seed} {first}", world, words).batch(first, min(first + BATCH, rows + 1))


class Writer:
    """Keys of deadlines and rules are eight times their opportunity's: nothing need be counted."""

    def __init__(self, seed: str, world: World, words: int):
        self.rng, self.world = (rng := Random(seed)), world
        self.personal = Random(f"{seed} personal")  # does not move what else is drawn
        self.rows: Batch = defaultdict(list)
        self.speeches = {name: Speech(vocabulary(name, words), rng) for name in LANGUAGES[0]}

    def batch(self, first: int, last: int) -> Batch:
        count = last - first
        drawn = zip(
            range(first, last),
            *(self.drawn(choices, count) for choices in (KINDS, AUDIENCES, LEVELS, FORMATS, ACTIVITY)),
            *(self.drawn(choices, count) for choices in (FUNDINGS, APPLICATIONS, ZONES, LANGUAGES, RULES)),
            *(self.drawn(choices, count) for choices in (PLACE_COUNTS, SECTOR_COUNTS, PARTNERSHIP_COUNTS)),
            strict=True,
        )  # fmt: skip
        for (
            pk,
            kind,
            *traits,
            application,
            zone,
            language,
            rule,
            places,
            sectors,
            partners,
        ) in drawn:
            self.write_links(pk, places, sectors, partners)
            self.write_words(pk, language)
            self.write_rules(pk, rule)
            self.write_rules_on_age_and_level(pk)
            self.write_opportunity(pk, kind, traits, application, zone)
        return self.rows

    def drawn(self, choices: tuple, count: int) -> list:
        return self.rng.choices(*choices, k=count)

    def write_opportunity(
        self, pk: int, kind: str, traits: list, application: str, zone: str
    ) -> None:
        """What has an official call says how one applies; what is only announced may not."""
        random, world = self.rng.random, self.world
        audiences, levels, format_, languages, funding = traits
        provider = int(random() * len(world.organisations))
        is_called = random() < 0.85
        if not is_called and application != "by-deadline":
            application = ""
        last = self.write_deadlines(pk, zone) if application == "by-deadline" else None
        self.write_citations(pk, provider, is_called)
        opens = starts = ends = None
        if random() < 0.4:
            opens = (last if last is not None else int(random() * 600) - 500) - int(random() * 120)
        if random() < 0.5 or application == "not-needed":
            starts = (last or int(random() * 800) - 400) + int(random() * 90)
            ends = starts + int(random() * 360)
        published = int(random() * 94_608_000)  # seconds of three years
        instant = (NOW - timedelta(seconds=published)).replace(tzinfo=None).isoformat(" ")
        self.rows["opportunities_opportunity"].append((
            pk, f"opportunity-{pk}", "published", instant, "", 0, None, instant, instant, kind,
            world.organisations[provider],
            world.organisations[int(random() * len(world.organisations))] if random() < 0.15 else None,
            audiences, levels, format_, languages, application, zone,
            day(opens), day(starts), day(ends), opens_at(opens, zone), ends_at(ends, zone),
            funding, ",tuition,stipend," if funding == "full" else "", None, None, "", "", None,
            f"https://organisation{provider + 1}.example/apply/{pk}" if is_called else "",
            day(-int(random() * 121)),
        ))  # fmt: skip

    def write_deadlines(self, pk: int, zone: str) -> int:
        """Returns the offset in days of the last."""
        random, rows = self.rng.random, self.rows["opportunities_deadline"]
        (count,) = self.rng.choices(*DEADLINE_COUNTS)
        (at,) = self.rng.choices(*TIMES)
        last = int(random() * (2 * WIDEST + 1)) - WIDEST
        offset = last
        for number in range(count):
            key = pk * 8 + number
            rows.append(
                (key, pk, day(offset), at or None, zone, "", "", closes_at(offset, at, zone))
            )
            if random() < 0.04:
                codes = self.world.lists[int(random() * len(self.world.lists))][:12]
                self.rows["opportunities_deadline_countries"] += [(key, code) for code in codes]
            offset = max(-WIDEST, offset - 1 - int(random() * 60))
        return last

    def write_citations(self, pk: int, provider: int, is_called: bool) -> None:
        """News say that it exists; a call on a domain of its provider makes it real."""
        world, random = self.world, self.rng.random
        rows = self.rows["opportunities_opportunitycitation"]
        news = world.news[int(random() * len(world.news))]
        rows.append(citation(pk, news, "existence"))
        if is_called:
            call = (
                1
                + provider * world.calls_per_organisation
                + int(random() * world.calls_per_organisation)
            )
            rows.append(citation(pk, call, "official-call"))
        if random() < 0.01:
            rows.append(citation(pk, news, "cancellation"))

    def write_links(self, pk: int, places: int, sectors: int, partners: int) -> None:
        world, rng, rows = self.world, self.rng, self.rows
        drawn = {world.countries[int(250 ** rng.random()) - 1] for _ in range(places)}
        rows["opportunities_opportunity_places"] += [(pk, code) for code in sorted(drawn)]
        drawn = set(rng.choices(world.sectors, k=sectors))
        rows["opportunities_opportunity_sectors"] += [(pk, sector) for sector in sorted(drawn)]
        drawn = {world.partnerships[int(400 ** rng.random()) - 1] for _ in range(partners)}
        rows["opportunities_opportunity_partnerships"] += [(pk, one) for one in sorted(drawn)]
        if rng.random() < 0.15:
            rows["opportunities_opportunity_groupings"].append((pk, rng.choice(world.groupings)))

    def write_words(self, pk: int, language: str) -> None:
        rows, origin = self.rows["opportunities_words"], "original"
        languages = [language]
        if self.rng.random() < 0.15:
            languages.append("fr" if language == "en" else "en")
        for one in languages:
            rows.append((pk, TAGS.get(one, one), origin, *self.speeches[one].version()))
            origin = "human"

    # --- Who may apply

    def write_rules(self, pk: int, shape: str) -> None:
        if shape in {"only", "except"}:
            self.write_rule(pk, 0, "nationality", shape, lists=1)
        elif shape in {"residence", "either"}:
            self.write_rule(pk, 0, shape, "only", lists=1)
        elif shape:
            self.write_rule(pk, 0, "nationality", "only", groupings=1, lists=shape == "both")
        if shape == "two":
            self.write_rule(pk, 1, "nationality", "except", lists=1)

    def write_rules_on_age_and_level(self, pk: int) -> None:
        choose, rows = self.personal.choices, self.rows["opportunities_eligibilityrule"]
        ((reference,), (held,)) = choose(*AGES), choose(*HELD)
        if reference:
            ((oldest,), (youngest,)) = choose(*OLDEST), choose(*YOUNGEST)
            ages = youngest if oldest or youngest else 18, oldest
            on = day(int(self.personal.random() * 400)) if reference == "date" else None
            rows.append((pk * 8 + 2, pk, "age", "", "", *ages, reference, on, "", "", "", "", ""))
        if held:
            rows.append(
                (pk * 8 + 3, pk, "level-held", "", "", None, None, "", None, held, "", "", "", "")
            )

    def write_rule(
        self, pk: int, number: int, attribute: str, mode: str, lists: int = 0, groupings: int = 0
    ) -> None:
        key, world, random = pk * 8 + number, self.world, self.rng.random
        self.rows["opportunities_eligibilityrule"].append(
            (key, pk, "countries", attribute, mode, None, None, "", None, "", "", "", "", "")
        )
        if lists:
            self.rows["benchmark_rule"].append((key, int(random() * len(world.lists))))
        if groupings:
            names = {world.groupings[int(random() * len(world.groupings))] for _ in range(2)}
            self.rows["opportunities_eligibilityrule_groupings"] += [
                (key, n) for n in sorted(names)
            ]


def citation(pk: int, article: int, fact: str) -> tuple:
    is_call = fact == "official-call"
    role, name = ("provider", "The provider") if is_call else ("outlet", "")
    return (pk, article, fact, quote_of(article), None, None, "", role, name, "", None, None)


# --- Days as offsets from NOW's


def day(offset: int | None) -> str | None:
    return None if offset is None else DAYS[offset + 1_200]


@cache
def closes_at(offset: int, at: str, zone: str) -> str:
    clock = wall_time.fromisoformat(at) if at else None
    return as_text(instants.closes_at(date.fromisoformat(day(offset)), clock, zone))


@cache
def opens_at(offset: int | None, zone: str) -> str | None:
    return (
        None
        if offset is None
        else as_text(instants.opens_at(date.fromisoformat(day(offset)), zone))
    )


@cache
def ends_at(offset: int | None, zone: str) -> str | None:
    return (
        None if offset is None else as_text(instants.ends_at(date.fromisoformat(day(offset)), zone))
    )


def as_text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(" ")
