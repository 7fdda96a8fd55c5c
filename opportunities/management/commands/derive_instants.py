from django.core.management.base import BaseCommand

from opportunities.derivation import derive_instants_again


class Command(BaseCommand):
    help = "Derive opening, closing and ending instants again, after a change of time zone rules."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would change.")

    def handle(self, *, dry_run: bool, **options):
        for table, count in derive_instants_again(write=not dry_run).items():
            self.stdout.write(f"{table} {'to change' if dry_run else 'changed'}: {count}")
