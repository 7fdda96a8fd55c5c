from django.core.management.base import BaseCommand

from opportunities.search.rebuild import rebuild_search_index


class Command(BaseCommand):
    help = (
        "Build the search index again, while the site serves. Stopped, it goes on when run again."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--anew", action="store_true", help="From the start, even if a run was stopped."
        )

    def handle(self, *, anew: bool, **options):
        rebuild_search_index(self.tell, anew=anew)
        self.stdout.write("The search index is whole.")

    def tell(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} opportunities")
