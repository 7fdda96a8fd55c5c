from django.core.management.base import BaseCommand, CommandError

from partnerships.ingestion.child import read_safely
from partnerships.ingestion.feeds import Feed
from partnerships.ingestion.read import Reading
from partnerships.ingestion.refusals import Refused
from partnerships.ingestion.store import known, original_of


class Command(BaseCommand):
    help = "Fetch one article and say what its page states. Nothing is stored."

    def add_arguments(self, parser):
        parser.add_argument("address")

    def handle(self, *, address: str, **options):
        from partnerships.ingestion.fetch import fetch  # noqa: PLC0415 - loads the HTTP client

        try:
            page = fetch(address)
            said = read_safely(
                page.body,
                content_type=page.content_type,
                charset=page.charset,
                address=page.address,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        for name, value in self.lines(said, found_at=[address, page.address]):
            self.stdout.write(f"{name}: {value or 'not stated'}")

    def lines(self, said: Reading | Feed, found_at: list[str]) -> list[tuple[str, object]]:
        if isinstance(said, Feed):
            return [("feed", said.title), ("language", said.language), ("entries", said.total)]
        return [
            ("title", said.title),
            ("outlet", said.outlet),
            ("author", said.author),
            ("published", said.published_on),
            ("language", said.language),
            ("address", said.address),
            ("text", f"{len(said.text)} characters"),
            ("already known", known(said, found_at) or "no"),
            ("reprint of", original_of(said) or "none known"),
        ]
