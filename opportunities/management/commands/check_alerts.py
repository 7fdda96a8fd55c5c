from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from opportunities.alerts.upkeep import differences

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Compare what alerts should have told with what was accepted. Exit code 1 where it differs."
    )

    def handle(self, **options):
        count = 0
        for count, difference in enumerate(differences(timezone.now()), start=1):
            if count <= SHOWN:
                self.stdout.write(difference)
        if count:
            raise CommandError(f"{count} differences; send_alerts goes on with them.")
        self.stdout.write("Everything due was told.")
