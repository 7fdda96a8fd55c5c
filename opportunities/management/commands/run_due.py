"""`manage.py run_due`: the one line for cron."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from opportunities.admin.logins import forget_logins
from opportunities.alerts.sending import send_alerts
from opportunities.locks import locked
from opportunities.outlets import LOCK as OUTLETS
from opportunities.outlets import follow_outlets
from opportunities.saved.keeping import forget_unused

log = logging.getLogger(__name__)

PARTS: list[tuple[str, Callable[[datetime, bool], str]]] = [
    ("logins", forget_logins),
    ("saved-lists", forget_unused),
    ("alerts", send_alerts),
    (OUTLETS, follow_outlets),  # last, for it takes the longest
]
"""Name of its lock, and what to run: given now and whether it is a dry run, it says what it did."""


class Command(BaseCommand):
    help = "Do what is due. Run it from cron every few minutes: parts still at work are left alone."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done.")

    def handle(self, *, dry_run: bool, **options):
        failed = [name for name, part in PARTS if not self.is_done(name, part, dry_run)]
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}.")

    def is_done(self, name: str, part: Callable[[datetime, bool], str], dry_run: bool) -> bool:
        """One that fails keeps none of the others from running."""
        try:
            with locked(name) as is_ours:
                said = part(timezone.now(), dry_run) if is_ours else "another process is at it"
        except Exception as error:  # whatever a part breaks on is named, and logged with its place
            log.exception("%s failed", name)
            self.stderr.write(f"{name}: failed, {type(error).__name__}")
            return False
        self.stderr.write(f"{name}: {said}")
        return True
