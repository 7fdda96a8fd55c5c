"""The examples, and what another run of the demo does to them."""

import gzip
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from opportunities import editorial
from opportunities.choices import (
    Application,
    Attribute,
    Audience,
    Format,
    Funding,
    Kind,
    Level,
    Mode,
    Origin,
    RuleKind,
    Stage,
)
from opportunities.demo.load import load_demo
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityChange,
    OpportunityCitation,
    Words,
)
from partnerships.models import (
    Article,
    Organisation,
    OrganisationDomain,
    Outlet,
    Partnership,
    PartnershipCitation,
)
from partnerships.validators import host_is_within
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

EVERYTHING = [
    Article,
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Organisation,
    OrganisationDomain,
    Outlet,
    Partnership,
    PartnershipCitation,
    Words,
]


@pytest.fixture
def demo(demo_of_the_day, now) -> date:
    """The demo as of the frozen day."""
    return demo_of_the_day


def examples():
    return Opportunity.objects.filter(is_example=True)


def everything() -> dict:
    return {model: list(model.objects.order_by("pk").values()) for model in EVERYTHING}


# --- What the examples are


def test_every_row_of_the_demo_could_be_published(demo):
    items = [*Opportunity.objects.all(), *Partnership.objects.all()]
    problems = {item.slug: editorial.publication_problems(item) for item in items}
    assert {slug: found for slug, found in problems.items() if found} == {}


def test_every_row_of_the_demo_is_valid(demo):
    for model in EVERYTHING:
        for row in model.objects.all():
            row.clean_fields()
            row.clean()


def test_examples_are_named_and_marked_as_such(demo):
    for model in (Outlet, Organisation):
        for row in model.objects.all():
            assert row.is_example and row.name.startswith("Example ")
    for item in [*examples(), *Article.objects.filter(is_example=True)]:
        assert item.slug.startswith("example-")
    for partnership in Partnership.objects.filter(is_example=True):
        assert partnership.names["en"].startswith("Example partnership ")
    assert examples().count() >= 60
    assert Opportunity.objects.filter(is_example=False).count() == 5


def test_examples_have_addresses_under_example_org_only(demo):
    addresses = [
        *Article.objects.exclude(address="").values_list("address", flat=True),
        *Opportunity.objects.exclude(official_page="").values_list("official_page", flat=True),
        *Outlet.objects.exclude(website="").values_list("website", flat=True),
    ]
    hosts = [urlsplit(address).hostname for address in addresses]
    hosts += OrganisationDomain.objects.values_list("domain", flat=True)
    assert all(host_is_within(host, "example.org") for host in hosts)
    stored = Article.objects.exclude(address="").values_list("address", "host")
    assert all(urlsplit(address).hostname == host for address, host in stored)


def test_examples_put_words_into_the_mouth_of_examples_only(demo):
    spoken = OpportunityCitation.objects.filter(opportunity__is_example=True)
    said = PartnershipCitation.objects.filter(partnership__is_example=True)
    names = {
        *spoken.values_list("speaker_name", flat=True),
        *said.values_list("speaker_name", flat=True),
    }
    assert all("Example " in name for name in names - {""})


def test_examples_show_every_word_of_the_closed_lists(demo, now):
    stages = Counter(examples().with_stage(now).values_list("stage", flat=True))
    assert set(stages) == set(Stage)
    assert stages[Stage.OPEN] >= 20 and stages[Stage.UPCOMING] >= 5
    for column, choices in [
        ("kind", Kind),
        ("funding", Funding),
        ("format", Format),
        ("application", Application),
    ]:
        shown = set(examples().values_list(column, flat=True))
        assert set(choices) <= shown, column
    for column, choices in [("audiences", Audience), ("levels", Level)]:
        shown = {word for row in examples() for word in getattr(row, column)}
        assert shown == set(choices), column
    assert set(Outlet.objects.values_list("grade", flat=True)) == set(Outlet.Grade)
    assert set(Article.objects.values_list("nature", flat=True)) == set(Article.Nature)


def test_examples_have_the_same_stage_in_python_and_sql(demo, now):
    in_sql = dict(Opportunity.objects.with_stage(now).values_list("slug", "stage"))
    in_python = {o.slug: o.stage_at(now) for o in Opportunity.objects.for_card()}
    assert in_sql == in_python


def test_examples_show_every_rule_and_kind_of_deadline(demo):
    rules = EligibilityRule.objects.all()
    assert set(rules.values_list("kind", flat=True)) == set(RuleKind)
    assert set(rules.values_list("mode", flat=True)) == {"", *Mode}
    assert set(rules.values_list("attribute", flat=True)) == {"", *Attribute}
    assert {"asean", "ldc", "sids"} <= set(rules.values_list("groupings__slug", flat=True))
    deadlines = Deadline.objects.all()
    assert {(bool(d.at), bool(d.zone)) for d in deadlines} == {
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    }
    assert deadlines.filter(countries__isnull=False).exists()
    assert deadlines.exclude(channel="").exists()
    rolling = examples().filter(application=Application.ROLLING)
    assert rolling.filter(ends_on=None).exists() and rolling.exclude(ends_on=None).exists()


def test_examples_speak_many_languages_and_half_of_them_french(demo):
    assert examples().filter(words__language="fr").count() >= 30
    originals = Words.objects.filter(origin=Origin.ORIGINAL)
    assert {"en", "fr", "ar", "pt", "es", "ru", "kk", "zh-Hans"} == {w.language for w in originals}
    assert Words.objects.filter(origin=Origin.MACHINE).exists()
    assert not examples().exclude(words__language="en").exists()
    for words in Words.objects.filter(opportunity__is_example=True):
        assert len(words.title) <= 90 and len(words.summary) <= 200


def test_examples_show_sources_that_disagree_and_one_that_is_settled(demo):
    amount = OpportunityCitation.objects.in_force().filter(fact="amount").exclude(value="")
    assert amount.exists()
    assert OpportunityCitation.objects.exclude(set_aside_because="").exists()


# --- Another run


def test_loading_twice_is_the_same_as_loading_once(demo):
    before = everything()
    counts = load_demo(demo)
    assert everything() == before
    assert not any(counts.values())


def test_another_day_gives_what_a_fresh_load_gives_on_that_day(demo):
    load_demo(demo + timedelta(days=100))
    moved = everything()
    with_keys = Opportunity.objects.get(slug="example-startup-prize").deadlines.get()
    assert with_keys.on == demo + timedelta(days=103)
    load_demo(demo)
    load_demo(demo + timedelta(days=100))
    assert everything() == moved
    later = datetime.combine(demo + timedelta(days=100), datetime.min.time(), tzinfo=UTC)
    stages = Counter(examples().with_stage(later).values_list("stage", flat=True))
    assert set(stages) == set(Stage)


def test_an_edited_example_stays_while_the_others_move(demo, now):
    edited = Opportunity.objects.get(slug="example-startup-prize")
    edited.funding, edited.updated_at = Funding.FULL, now
    edited.save()
    load_demo(demo + timedelta(days=30))
    edited.refresh_from_db()
    assert edited.funding == Funding.FULL
    assert edited.deadlines.get().on == demo + timedelta(days=3)
    other = Opportunity.objects.get(slug="example-savanna-incubator")
    assert other.starts_on == demo + timedelta(days=80)


def test_an_example_with_a_person_in_its_record_stays(demo):
    item = Opportunity.objects.get(slug="example-startup-prize")
    OpportunityChange.objects.create(opportunity=item, fact="deadline", by=UserFactory())
    load_demo(demo + timedelta(days=30))
    assert item.deadlines.get().on == demo + timedelta(days=3)


def test_a_withdrawn_example_stays_withdrawn(demo):
    item = Opportunity.objects.get(slug="example-startup-prize")
    editorial.withdraw(item, by=UserFactory(), reason="A trial.")
    load_demo(demo + timedelta(days=30))
    item.refresh_from_db()
    assert item.status == "withdrawn"


def test_an_example_at_a_new_address_is_not_added_again(demo):
    item = Opportunity.objects.get(slug="example-startup-prize")
    with editorial.revise(item, by=UserFactory(), reason="A trial."):
        item.slug = "example-repair-prize"
        item.save()
    counts = load_demo(demo + timedelta(days=30))
    assert counts["opportunities added"] == 0


def test_an_edited_article_keeps_its_day(demo):
    Article.objects.filter(slug="example-news-asia").update(title="Another title")
    load_demo(demo + timedelta(days=30))
    kept, moved = (Article.objects.get(slug=f"example-news-{s}") for s in ("asia", "rails"))
    assert kept.received_on == demo - timedelta(days=46)
    assert moved.received_on == demo - timedelta(days=25)


def test_what_people_added_stays(demo):
    before = Opportunity.objects.count()
    mine = Opportunity.objects.create(slug="mine", verified_on=demo)
    load_demo(demo + timedelta(days=30))
    mine.refresh_from_db()
    assert mine.verified_on == demo
    assert Opportunity.objects.count() == before + 1


TOLD = "nationality=ma&nationality=sn&nationality=ci&age=17&residence=fr&held=3"
STAGES = "stage=open&stage=upcoming&stage=announced&stage=closed"


@pytest.mark.parametrize("prefix", ["" if c == "en" else f"/{c}" for c, _ in settings.LANGUAGES])
@pytest.mark.parametrize(
    "asked", [TOLD, f"{TOLD}&unfit=shown&{STAGES}&page=2", f"age=17&unfit=shown&{STAGES}"]
)
def test_listing_that_tells_of_a_reader_is_no_heavier_than_others(client, demo, prefix, asked):
    listing = client.get(f"{prefix}/opportunities/?{asked}").content
    assert listing.count(b'class="card"') == 20
    assert len(gzip.compress(listing, 6, mtime=0)) <= 9_500
