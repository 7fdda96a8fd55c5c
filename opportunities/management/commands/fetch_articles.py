from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from opportunities.locks import locked
from opportunities.outlets import LOCK, follow_now, outlets_named


class Command(BaseCommand):
    help = (
        "Read the outlets that are followed and are due; fetch what is new in them into the queue of "
        "the desk. Run it again after it was stopped: nothing is fetched twice. "
        "Exit code 1 where an outlet could not be read (why, and when it is tried again, stands on its "
        "page at the desk; the others are read all the same) or where no outlet has the name; "
        "0 where another process is at it."
    )
    stealth_options = ("network", "bounds")  # a test's own; no command line reaches them

    def add_arguments(self, parser):
        parser.add_argument(
            "--outlet",
            metavar="NAME",
            help="Only this one, due or not: its name, as it is or as in an address, or its host.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Ask the feeds and list what is new; fetch no article, write nothing.",
        )

    def handle(self, *, outlet: str | None, dry_run: bool, **options):
        given = {name: options[name] for name in self.stealth_options if name in options}
        outlets = self.named(outlet) if outlet else None
        with locked(LOCK) as is_ours:
            if not is_ours:
                self.stderr.write("Another process is at it.")
                return
            counts = follow_now(
                timezone.now(), outlets=outlets, dry_run=dry_run, tell=self.stderr.write, **given
            )
        self.stdout.write(str(counts))
        if counts.failed:
            raise CommandError(f"Not read: {', '.join(counts.failed)}")

    def named(self, outlet: str):
        found = outlets_named(outlet)
        if not found:
            raise CommandError(f"No outlet is called {outlet}.")
        return found
