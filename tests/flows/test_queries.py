"""A list costs the same number of queries whether it is short or long."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities import kept
from opportunities.models import Opportunity, OpportunityChange
from opportunities.saved import keeping
from opportunities.search.moment import clock
from partnerships.models import PartnershipChange
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    GroupingFactory,
    MembershipFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
)
from tests.indexing import follower

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SURFACES = [
    "/",
    "/opportunities/",
    "/opportunities/?stage=all&q=title&nationality=KZ&sort=newest",
    "/opportunities/?stage=all&nationality=KZ&nationality=FR&residence=KZ&age=22&held=6",
    "/opportunities/?stage=all&residence=KZ&age=22&unfit=shown",
    "/opportunities/filter/country/",
    "/opportunities/filter/deadlines/?stage=all&nationality=KZ",
    "/partnerships/",
    "/partnerships/first/",
    "/articles/",
    "/articles/article-of-all/",
    "/countries/kz/",
    "/sectors/energy/",
    "/groupings/sco/",
    "/opportunities/feed.atom",
    "/opportunities/calendar.ics",
    "/partnerships/first/feed.atom",
    "/articles/article-of-all/feed.atom",
    "/countries/kz/feed.atom",
    "/corrections/feed.atom",
    "/alerts/new/?stage=all&nationality=KZ",
    "/sitemap.xml",
    "/api/v1/opportunities/",
    "/api/v1/opportunities.csv",
]


def grow(rows: int, article, grouping):
    for number in range(rows):
        partnership = PartnershipFactory(published=True, slug=f"p{number}-{rows}")
        partnership.frameworks.add(grouping)
        PartnershipCitationFactory(partnership=partnership, article=article)
        opportunity = OpportunityFactory(
            published=True,
            called=True,
            partnerships=[partnership],
            places=["KZ", "CN"],
            groupings=[grouping],
            article=article,
            application="by-deadline",
        )
        for change in (
            OpportunityChange(opportunity=opportunity, article=article),
            PartnershipChange(partnership=partnership, article=article),
        ):
            change.fact = "title"
            change.save()
        opportunity.words.create(language="fr", origin="human", title="Titre", summary="Résumé")
        DeadlineFactory(opportunity=opportunity).countries.set(["KZ"])
        rule = EligibilityRuleFactory(
            opportunity=opportunity, kind="countries", attribute="nationality", mode="only", text=""
        )
        rule.countries.set(["KZ"])
        rule.groupings.set([grouping])


def cost(client, path) -> int:
    """Of a worker that knows nothing yet."""
    follower.bring_up()
    clock.forget()
    kept.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def save_everything(client) -> str:
    """The address of the list's calendar."""
    saved, token = keeping.begin(timezone.now())
    for item in Opportunity.objects.visible():
        keeping.save(saved, item, timezone.now())
    keeping.give_calendar(saved, token, timezone.now())
    client.cookies[settings.SAVED_COOKIE_NAME] = token
    return f"/saved/calendar/{keeping.calendar_token(saved, token)}.ics"


def test_saved_list_and_its_calendar_cost_the_same_however_long(client):
    grouping, article = GroupingFactory(slug="sco"), ArticleFactory()
    grow(2, article, grouping)
    before = [cost(client, path) for path in (save_everything(client), "/saved/")]
    grow(5, article, grouping)
    assert [cost(client, path) for path in (save_everything(client), "/saved/")] == before


@pytest.mark.parametrize("path", SURFACES)
@pytest.mark.parametrize("many", [5, pytest.param(500, marks=pytest.mark.slow)])
def test_queries_do_not_grow_with_the_rows(client, path, many):
    CountryFactory(iso2="KZ")
    grouping = GroupingFactory(slug="sco")
    MembershipFactory(grouping=grouping)
    article = ArticleFactory(slug="article-of-all")
    first = PartnershipFactory(published=True, slug="first")
    PartnershipCitationFactory(partnership=first, article=article)
    OpportunityFactory(published=True, called=True, partnerships=[first])
    grow(2, article, grouping)
    client.get(path)
    before = cost(client, path)
    grow(many, article, grouping)
    assert cost(client, path) <= before
