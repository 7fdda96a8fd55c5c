"""Deadlines on the page: official time, whose they are, and what they were."""

import html
import re
from datetime import date, time

import pytest
from django.template.defaultfilters import striptags

from opportunities import editorial
from opportunities.models import Opportunity
from opportunities.pages.deadlines import when
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def item():
    item = OpportunityFactory(published=True, called=True, slug="grant")
    Opportunity.objects.filter(pk=item.pk).update(application="by-deadline")
    return item


def page(client, query="") -> str:
    return client.get(f"/opportunities/grant/{query}").content.decode()


def lines(client, query="") -> list[str]:
    """The deadlines as read, one a line."""
    part = page(client, query).split(">Deadlines</h2>")[1].split("</ul>")[0]
    return [
        " ".join(html.unescape(striptags(line)).split())
        for line in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("given", "machine", "is_placed"),
    [
        ({"at": time(17), "zone": "Asia/Almaty"}, "2026-12-15T17:00+05:00", True),
        ({"zone": "America/Lima"}, "2026-12-15T23:59-05:00", True),
        ({"at": time(17)}, "2026-12-15", False),
        ({}, "2026-12-15", False),
    ],
)
def test_instant_is_given_to_machines_only_where_the_zone_is_stated(
    client, item, given, machine, is_placed
):
    DeadlineFactory(opportunity=item, **given)
    content = page(client)
    assert f'<time datetime="{machine}"' in content
    assert ('data-here="your time:"' in content) == is_placed


def test_last_minute_is_right_where_the_clock_jumps_over_midnight(client, item):
    """In Beirut midnight of 28 March 2027 does not come: the day before ends at 23:59 all the same."""
    DeadlineFactory(opportunity=item, on=date(2027, 3, 27), zone="Asia/Beirut")
    assert 'datetime="2027-03-27T23:59+02:00"' in page(client)


def test_channel_and_for_whom_are_said(client, item):
    DeadlineFactory(opportunity=item, channel="through the embassy", for_whom="doctors")
    assert "through the embassy · doctors" in lines(client)[0]


def test_page_picks_the_readers_own_deadline(client, item):
    for code in ("KZ", "FR", "CN"):
        CountryFactory(iso2=code)
    DeadlineFactory(opportunity=item, on=date(2026, 12, 1)).countries.set(["KZ"])
    DeadlineFactory(opportunity=item, on=date(2026, 12, 10)).countries.set(["FR"])
    DeadlineFactory(opportunity=item, on=date(2026, 11, 1)).countries.set(["FR"])
    passed, kazakh, french = lines(client, "?nationality=FR&age=20")
    assert "not for your nationality" in kazakh
    assert "counts for you" in french
    assert "counts" not in passed and "passed" in passed
    assert "<bdi>apply by 10 December 2026, in 17 days</bdi>" in page(client, "?nationality=FR")
    assert "<bdi>no deadline for your nationality</bdi>" in page(client, "?nationality=CN")
    assert "apply by" not in page(client, "?nationality=CN")
    assert "<bdi>some apply by 1 December 2026, in 8 days</bdi>" in page(client)
    assert "counts" not in "".join(lines(client, "?age=20"))


def test_deadline_for_all_needs_no_word_on_whose_it_is(client, item):
    CountryFactory(iso2="KZ")
    DeadlineFactory(opportunity=item)
    assert "counts for you" not in page(client, "?nationality=KZ")


# --- A deadline that moved


@pytest.fixture
def moved(item):
    """Twice: on the first day of a call, then by three hours; its channel changed between."""
    deadline = DeadlineFactory(opportunity=item, at=time(17), zone="Asia/Almaty")
    call = ArticleFactory(slug="the-call", title="A longer call")
    OpportunityCitationFactory(opportunity=item, article=call)
    for changed in ({"on": date(2026, 12, 20)}, {"channel": "online"}, {"at": time(20)}):
        with editorial.revise(item, by=UserFactory(), reason="So it says now", article=call):
            for name, value in changed.items():
                setattr(deadline, name, value)
            deadline.save()
    return item


def test_deadline_that_moved_shows_what_it_was_when_and_who_says_so(client, moved):
    content = page(client)
    part = content.split(">Deadlines</h2>")[1].split("</ul>")[0]
    assert re.findall(r"<del>(.*?)</del>", part) == [
        "20 December 2026, 17:00, Asia/Almaty",
        "15 December 2026, 17:00, Asia/Almaty",
    ]
    assert part.count("until it was moved on 23 November 2026") == 2
    assert part.count('href="/articles/the-call/"') == 2


def test_deadline_that_did_not_move_shows_no_former_one(client, moved):
    DeadlineFactory(opportunity=moved, on=date(2026, 12, 24))
    first, second = lines(client)
    assert "until it was moved" in first
    assert "until it was moved" not in second


def test_source_of_a_move_is_not_named_once_removed_or_no_longer_cited(client, moved):
    moved.citations.get(article__slug="the-call").article.__class__.objects.filter(
        slug="the-call"
    ).update(removed_on=date(2026, 11, 23), removed_because="Asked for.")
    assert "A longer call" not in page(client)
    moved.citations.filter(article__slug="the-call").delete()
    content = page(client)
    assert "A longer call" not in content
    assert content.count("<del>") >= 2


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("2026-12-15", ("2026-12-15",)),
        ("2026-12-15 · 17:00 · Asia/Almaty · online", ("2026-12-15", "17:00", "Asia/Almaty")),
        ("2026-12-15 · Asia/Almaty", ("2026-12-15", "Asia/Almaty")),
        ("2026-12-15 · online · KZ, FR", ("2026-12-15",)),
    ],
)
def test_moment_is_read_from_the_record(fact, said):
    assert when(fact) == said
