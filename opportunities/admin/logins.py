"""Who tried to log in at the desk, and for how long that is kept."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

KEPT = timedelta(days=90)


def forget_logins(now: datetime, dry_run: bool) -> str:
    """A part of `run_due`: names and network addresses that guard against guessed passwords."""
    tables = [AccessAttempt, AccessFailureLog, AccessLog]
    old = [table.objects.filter(attempt_time__lt=now - KEPT) for table in tables]
    count = sum(rows.count() for rows in old)
    if dry_run:
        return f"{count} older than {KEPT.days} days to delete"
    for rows in old:
        rows.delete()
    return f"{count} older than {KEPT.days} days deleted"
