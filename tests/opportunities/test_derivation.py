from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from opportunities import derivation
from opportunities.models import Deadline, Opportunity
from tests.factories import DeadlineFactory, OpportunityFactory

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def outdated():
    """Two opportunities whose zone had other rules when they were saved, and one that is right."""
    for _ in range(2):
        opportunity = OpportunityFactory(opens_on=date(2026, 12, 1), zone="Asia/Almaty")
        DeadlineFactory(opportunity=opportunity)
    Opportunity.objects.update(opens_at=LONG_AGO)
    Deadline.objects.update(closes_at=LONG_AGO)
    OpportunityFactory(opens_on=date(2026, 12, 1))


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("derive_instants", *arguments, stdout=out)
    return out.getvalue()


def test_derive_instants_puts_them_right_and_says_how_many(outdated, monkeypatch):
    monkeypatch.setattr(derivation, "BATCH", 1)
    assert run() == "opportunities changed: 2\ndeadlines changed: 2\n"
    assert not Opportunity.objects.filter(opens_at=LONG_AGO).exists()
    almaty = Opportunity.objects.filter(zone="Asia/Almaty").first()
    assert almaty.opens_at == datetime(2026, 11, 30, 19, 0, tzinfo=UTC)
    assert Deadline.objects.first().closes_at == datetime(2026, 12, 16, 12, 0, tzinfo=UTC)
    assert run() == "opportunities changed: 0\ndeadlines changed: 0\n"


def test_derive_instants_only_tells_on_a_dry_run(outdated):
    assert run("--dry-run") == "opportunities to change: 2\ndeadlines to change: 2\n"
    assert Opportunity.objects.filter(opens_at=LONG_AGO).count() == 2
