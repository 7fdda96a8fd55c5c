"""Every public surface against every hidden state, with something there that could leak."""

import pytest
from django.conf import settings

from opportunities import editorial
from opportunities.models import Opportunity, OpportunityChange
from opportunities.saved import keeping
from partnerships.models import PartnershipChange, PartnershipCitation
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    GroupingFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    OutletFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    QueuedArticleFactory,
    SectorFactory,
    UserFactory,
)
from tests.opportunities.drafting.reading import take_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TELLTALE = "Zanzibarite"

SURFACES = [
    "/",
    "/opportunities/",
    "/opportunities/?stage=all",
    "/opportunities/?stage=all&q=zanzibarite",
    "/opportunities/?stage=all&country=KZ",
    "/opportunities/?stage=all&partnership=hidden-thing",
    "/opportunities/?stage=all&nationality=KZ&residence=KZ&age=22&held=6",
    "/opportunities/?stage=all&age=22&unfit=shown",
    "/api/v1/opportunities/?stage=all&age=22&held=6",
    "/opportunities/filter/about-you/?opportunity=hidden-thing&age=22",
    "/opportunities/filter/partnership/?stage=all",
    "/opportunities/filter/deadlines/",
    "/opportunities/filter/deadlines/?stage=all&nationality=KZ&age=22",
    "/opportunities/filter/country/?stage=all",
    "/opportunities/shown/",
    "/opportunities/shown/?nationality=KZ&age=22",
    "/opportunities/hidden-thing/?nationality=KZ&age=22",
    "/opportunities/hidden-thing/",
    "/partnerships/",
    "/partnerships/shown/",
    "/partnerships/hidden-thing/",
    "/articles/",
    "/articles/shown/",
    "/articles/hidden-thing/",
    "/countries/kz/",
    "/sectors/energy/",
    "/groupings/sco/",
    "/opportunities/feed.atom?stage=all",
    "/opportunities/calendar.ics?stage=all",
    "/opportunities/shown/calendar.ics",
    "/opportunities/shown/card.txt",
    "/opportunities/hidden-thing/calendar.ics",
    "/opportunities/hidden-thing/card.txt",
    "/partnerships/shown/feed.atom",
    "/partnerships/hidden-thing/feed.atom",
    "/articles/shown/feed.atom",
    "/articles/hidden-thing/feed.atom",
    "/countries/kz/feed.atom",
    "/sectors/energy/feed.atom",
    "/groupings/sco/feed.atom",
    "/corrections/feed.atom",
    "/saved/",
    "/alerts/new/?stage=all&partnership=hidden-thing",
    "/alerts/opportunities/shown/",
    "/alerts/opportunities/hidden-thing/",
    "/sitemap.xml",
    "/api/v1/opportunities/?stage=all",
    "/api/v1/opportunities.csv?stage=all",
    "/api/v1/opportunities/shown/",
    "/api/v1/opportunities/hidden-thing/",
]
IN_ONE_LANGUAGE = ("/sitemap.xml", "/api/")

HIDDEN = [{}, {"in_review": True}, {"withdrawn": True}]


@pytest.fixture
def shown():
    """A public chain that a hidden thing hangs on at every link."""
    CountryFactory(iso2="KZ")
    grouping = GroupingFactory(slug="sco")
    partnership = PartnershipFactory(published=True, slug="shown")
    partnership.frameworks.add(grouping)
    partnership.sectors.add(SectorFactory(slug="energy"))
    article = ArticleFactory(slug="shown", title="Shown article")
    PartnershipCitationFactory(partnership=partnership, article=article)
    opportunity = OpportunityFactory(
        published=True, slug="shown", title="Shown", partnerships=[partnership], article=article
    )
    return opportunity


def surfaces():
    prefixes = ["" if c == settings.LANGUAGE_CODE else f"/{c}" for c, _name in settings.LANGUAGES]
    alone = [s for s in SURFACES if s.startswith(IN_ONE_LANGUAGE)]
    return [*(p + s for p in prefixes for s in SURFACES if s not in alone), *alone]


def assert_nothing_leaks(client, *secrets):
    for path in surfaces():
        content = client.get(path).content.decode()
        asked_back = content.replace("q=zanzibarite", "").replace('value="zanzibarite"', "")
        for secret in secrets:
            assert secret not in asked_back, (path, secret)


def test_article_that_waits_in_the_queue_shows_nowhere(client, shown):
    """Fetched by itself and read by nobody yet; of the same outlet and partners as what is shown."""
    seen = shown.citations.get().article
    waiting = ArticleFactory(
        slug="hidden-thing",
        title=TELLTALE,
        outlet=OutletFactory(name=f"{TELLTALE} Times"),
        address="https://times.example/hidden",
        text=f"{TELLTALE} {seen.text}",
        origin=seen,
    )
    QueuedArticleFactory(article=waiting, countries=["KZ"], partners=["KZ"], groupings=["sco"])
    assert_nothing_leaks(client, TELLTALE, waiting.address)
    assert client.get("/articles/hidden-thing/").status_code == 404


@pytest.fixture
def saves_everything(client, now):
    """Call it, and the client's own list holds all there is, hidden too: saved while it was public."""

    def save_them():
        saved, token = keeping.begin(now)
        for item in Opportunity.objects.all():
            saved.items.create(opportunity=item)
        keeping.give_calendar(saved, token, now)
        client.cookies[settings.SAVED_COOKIE_NAME] = token
        return f"/saved/calendar/{keeping.calendar_token(saved, token)}.ics"

    return save_them


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_opportunity_shows_nowhere(client, shown, state, saves_everything):
    hidden = OpportunityFactory(
        slug="hidden-thing",
        title=TELLTALE,
        title__summary=TELLTALE,
        article=shown.citations.get().article,
        partnerships=shown.partnerships.all(),
        places=["KZ"],
        called=True,
        application="by-deadline",
        **state,
    )
    DeadlineFactory(opportunity=hidden, channel=TELLTALE)
    OpportunityChange.objects.create(opportunity=hidden, fact="title", after=TELLTALE)
    calendar = saves_everything()
    assert_nothing_leaks(client, TELLTALE)
    assert TELLTALE not in (said := client.get(calendar).content.decode())
    assert said.count("BEGIN:VEVENT") == ("withdrawn" in state)  # there is one, and it is cancelled
    assert client.get("/opportunities/?stage=all").content.decode().count('class="card"') == 1


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_partnership_shows_nowhere(client, shown, state, saves_everything):
    hidden = PartnershipFactory(slug="hidden-thing", names={"en": TELLTALE}, **state)
    hidden.frameworks.add(GroupingFactory(slug="sco"))
    hidden.sectors.add(SectorFactory(slug="energy"))
    PartnershipCitationFactory(
        partnership=hidden, article=ArticleFactory(slug="hidden-article", title=TELLTALE + "!")
    )
    PartnershipChange.objects.create(partnership=hidden, fact="name", after=TELLTALE)
    shown.partnerships.add(hidden)
    saves_everything()
    assert "Shown" in client.get("/saved/").content.decode()
    assert_nothing_leaks(client, TELLTALE)


@pytest.mark.parametrize("state", HIDDEN)
def test_article_that_only_hidden_things_rest_on_shows_nowhere(client, shown, state):
    article = ArticleFactory(slug="hidden-thing", title=TELLTALE)
    OpportunityFactory(article=article, **state)
    PartnershipCitationFactory(partnership=PartnershipFactory(**state), article=article)
    assert_nothing_leaks(client, TELLTALE)


def test_removed_article_shows_no_quote_and_says_it_is_gone(client, shown, now):
    article = ArticleFactory(
        slug="hidden-thing", title=TELLTALE, removed_on=now.date(), removed_because="Asked for."
    )
    OpportunityCitationFactory(opportunity=shown, article=article, quote=f"{TELLTALE} said so.")
    assert_nothing_leaks(client, TELLTALE)
    response = client.get("/articles/hidden-thing/")
    assert response.status_code == 410
    assert "Asked for." in response.content.decode()


def test_hidden_quote_of_a_public_article_shows_nowhere(client, shown):
    OpportunityCitationFactory(
        article=shown.citations.get().article,
        quote=f"{TELLTALE} is promised.",
        opportunity=OpportunityFactory(slug="hidden-thing"),
    )
    assert_nothing_leaks(client, TELLTALE)


def test_drafts_of_an_article_show_nowhere(client, shown):
    """The partnership is public, so that its page and its feed could show what it is said to bring."""
    CountryFactory(iso2="CN")
    news = ArticleFactory(
        slug="hidden-thing",
        title=TELLTALE,
        text=f"China and Kazakhstan agree on a partnership.\n\nChina will offer 40 {TELLTALE} "
        "internships to students from Kazakhstan.",
    )
    written = take_all(news)
    assert written.partnership == shown.partnerships.get() and len(written.drafted) == 1
    PartnershipCitation.objects.filter(article=news).delete()  # it is public, and so was its quote
    client.get("/")
    assert_nothing_leaks(client, TELLTALE)


def test_record_of_changes_names_nothing_hidden(client, shown):
    editor = UserFactory()
    hidden = PartnershipFactory(slug="zanzibarite-pact")
    with editorial.revise(shown, by=editor, reason="More partners"):
        shown.partnerships.add(hidden)
    article = ArticleFactory(slug="removed", title=TELLTALE)
    citation = OpportunityCitationFactory(
        opportunity=shown, article=article, quote=f"{TELLTALE} said so."
    )
    with editorial.revise(shown, by=editor, reason="It does not say so"):
        citation.delete()
    assert "More partners" in client.get("/opportunities/shown/").content.decode()
    assert_nothing_leaks(client, TELLTALE, "zanzibarite-pact")


SHOWING = {
    "/opportunities/feed.atom?stage=all",
    "/opportunities/hidden-thing/card.txt",
    "/opportunities/hidden-thing/calendar.ics",
    "/partnerships/shown/feed.atom",
    "/articles/shown/feed.atom",
    "/corrections/feed.atom",
}
SHOWING_CALLS = {
    "/opportunities/calendar.ics?stage=all",
    "/countries/kz/feed.atom",
    "/sectors/energy/feed.atom",
    "/groupings/sco/feed.atom",
}


@pytest.mark.parametrize("state", [{}, {"called": True}])
def test_the_secret_does_show_once_it_is_public(client, shown, state):
    """What the tests above look for is really on these surfaces when it may be."""
    item = OpportunityFactory(
        published=True,
        slug="hidden-thing",
        title=TELLTALE,
        places=["KZ"],
        article=shown.citations.get().article,
        partnerships=shown.partnerships.all(),
        groupings=[GroupingFactory(slug="sco")],
        application="by-deadline",
        **state,
    )
    DeadlineFactory(opportunity=item)
    OpportunityChange.objects.create(opportunity=item, fact="title", after=TELLTALE)
    seen = [path for path in surfaces() if TELLTALE in client.get(path).content.decode()]
    assert "/opportunities/hidden-thing/" in seen
    assert "/fr/opportunities/?stage=all" in seen
    assert set(seen) >= SHOWING | (SHOWING_CALLS if state else set())
