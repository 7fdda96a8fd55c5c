"""The one line for cron: parts, their locks, and what is said of them."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command

from opportunities.management.commands import run_due
from opportunities.models import SavedList

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def run(**options) -> str:
    said = StringIO()
    call_command("run_due", stderr=said, **options)
    return said.getvalue()


def test_lists_unused_for_13_months_go_and_others_stay(now):
    old = SavedList.objects.create(token_hash="a", used_on="2025-10-22")
    SavedList.objects.create(token_hash="b", used_on="2025-10-23")
    assert "1 unused for 13 months to delete" in run(dry_run=True)
    assert SavedList.objects.count() == 2
    assert "1 unused for 13 months deleted" in run()
    assert not SavedList.objects.filter(pk=old.pk).exists()
    assert "0 unused for 13 months deleted" in run()
    assert [one.used_on.day for one in SavedList.objects.all()] == [23]


def test_part_that_fails_is_named_and_the_others_still_run(monkeypatch, caplog):
    def broken(now, dry_run):
        raise ValueError("a secret of the database")

    parts = [("first", broken), ("second", lambda now, dry_run: f"done at {now:%H}, {dry_run}")]
    monkeypatch.setattr(run_due, "PARTS", parts)
    said = StringIO()
    with pytest.raises(CommandError, match="Not done: first"):
        call_command("run_due", stderr=said)
    assert said.getvalue() == "first: failed, ValueError\nsecond: done at 12, False\n"
    assert "a secret of the database" in caplog.text


def test_part_that_another_process_is_at_is_left_alone(monkeypatch):
    @contextmanager
    def taken(name):
        yield False

    monkeypatch.setattr(run_due, "locked", taken)
    SavedList.objects.create(token_hash="a", used_on="2020-01-01")
    assert "saved-lists: another process is at it" in run().splitlines()
    assert SavedList.objects.exists()


def test_each_part_has_a_lock_of_its_own():
    names = [name for name, _part in run_due.PARTS]
    assert len(set(names)) == len(names)


def test_attempts_to_log_in_are_kept_for_90_days(now):
    for username, days in [("old", 91), ("new", 89)]:
        attempt = AccessAttempt.objects.create(username=username, failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=days))
    assert "logins: 1 older than 90 days to delete" in run(dry_run=True)
    assert AccessAttempt.objects.count() == 2
    assert "logins: 1 older than 90 days deleted" in run()
    assert AccessAttempt.objects.get().username == "new"
