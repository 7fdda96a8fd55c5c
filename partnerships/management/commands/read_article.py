from django.core.management.base import BaseCommand, CommandError

from partnerships.ingestion.refusals import Refused
from partnerships.ingestion.store import known, original_of


class Command(BaseCommand):
    help = "Fetch one article and say what its page states. Nothing is stored."
    stealth_options = ("network",)  # a test's own; no command line reaches it

    def add_arguments(self, parser):
        parser.add_argument("address")

    def handle(self, *, address: str, **options):
        from partnerships.ingestion import obtain  # noqa: PLC0415 - loads the HTTP client

        try:
            obtained = obtain.article_at(address, network=options.get("network", obtain.INTERNET))
        except Refused as refused:
            raise CommandError(str(refused)) from None
        for name, value in lines(obtained):
            self.stdout.write(f"{name}: {value or 'not stated'}")


def lines(obtained) -> list[tuple[str, object]]:
    said = obtained.reading
    return [
        ("title", said.title),
        ("outlet", said.outlet),
        ("author", said.author),
        ("published", said.published_on),
        ("language", said.language),
        ("address", said.address),
        ("text", f"{len(said.text)} characters"),
        ("already known", known(said, obtained.found_at) or "no"),
        ("reprint of", original_of(said) or "none known"),
    ]
