from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from opportunities.search.check import problems
from opportunities.search.rebuild import rebuild_search_index

SHOWN = 50


class Command(BaseCommand):
    help = "Compare the search index with what the opportunities say. Exit code 1 where it differs."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="Rebuild it where it differs.")

    def handle(self, *, repair: bool, **options):
        count = 0
        for count, problem in enumerate(problems(timezone.now(), self.tell), start=1):
            if count <= SHOWN:
                self.stdout.write(problem)
        if not count:
            self.stdout.write("The search index is right.")
            return
        if not repair:
            raise CommandError(f"{count} differences. Run it with --repair to rebuild the index.")
        rebuild_search_index(self.tell, anew=True)
        self.stdout.write(f"{count} differences; the search index was rebuilt.")

    def tell(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} opportunities")
