from django.core.management.base import BaseCommand
from django.db import transaction

from partnerships.reference import load_reference_data


class Command(BaseCommand):
    help = "Load countries, regions, groupings, memberships and sectors from partnerships/data."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would be written.")

    def handle(self, *, dry_run: bool, **options):
        with transaction.atomic():
            counts = load_reference_data()
            transaction.set_rollback(dry_run)
        for what, count in counts.items():
            self.stdout.write(f"{what}: {count}")
        if not counts:
            self.stdout.write("nothing to write")
