from django.core.management.base import BaseCommand
from django.utils import timezone

from opportunities.alerts.sending import send_alerts


class Command(BaseCommand):
    help = "Make and send the alerts that are due. Several at once never mail twice."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say how many would be sent.")

    def handle(self, *, dry_run: bool, **options):
        self.stdout.write(send_alerts(timezone.now(), dry_run))
