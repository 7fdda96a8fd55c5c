import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from opportunities.recognise import Offer, offers
from partnerships.ingestion.obtain import article_uploaded
from partnerships.ingestion.read import Reading
from partnerships.ingestion.recognise import Recognised, recognise
from partnerships.ingestion.refusals import Refused


def text_of(path: Path) -> Reading:
    return Reading(text=path.read_text(encoding="utf-8-sig"))


def page_of(path: Path) -> Reading:
    return article_uploaded(path.name, path.read_bytes()).reading


READERS: dict[str, Callable[[Path], Reading]] = {
    ".txt": text_of,
    ".html": page_of,
    ".htm": page_of,
}
"""By the ending of a file's name; the first line of the text they give is the title."""


class Command(BaseCommand):
    help = (
        "Say what is recognised in articles kept as files: language, countries that work together, "
        "groupings, sectors, opportunities. Nothing is written. Exit code 1 where one was not read."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="One JSON object a line.")

    def handle(self, *, files: list[Path], **options):
        unread = 0
        for path in files:
            try:
                said = what_is_said(path)
            except (OSError, UnicodeDecodeError, Refused, CommandError) as error:
                unread += 1
                self.stderr.write(f"{path}: {error}")
                continue
            self.stdout.write(
                json.dumps(said, ensure_ascii=False) if options["json"] else line(said)
            )
        if unread:
            raise CommandError(f"{unread} of {len(files)} files were not read.")


def what_is_said(path: Path) -> dict:
    if path.suffix.lower() not in READERS:
        raise CommandError(f"Only {', '.join(sorted(READERS))} files can be read.")
    reading = READERS[path.suffix.lower()](path)
    recognised = recognise(reading.text, language=reading.language)
    return {
        "file": str(path),
        "language": recognised.language,
        "partners": list(recognised.partners),
        "countries": in_order(recognised.countries),
        "groupings": in_order(recognised.groupings),
        "sectors": in_order(recognised.sectors),
        "opportunities": offers_in(reading, recognised),
    }


def in_order(mentions) -> list[str]:
    return list(dict.fromkeys(mention.value for mention in mentions))


def offers_in(reading: Reading, recognised: Recognised) -> list[dict]:
    """A file does not say whether it stood on an official page."""
    found = offers(reading.text, language=recognised.language, published_on=reading.published_on)
    return [offer_said(offer) for offer in found]


def offer_said(offer: Offer) -> dict:
    return asdict(offer) | {"deadline": offer.deadline and offer.deadline.isoformat()}


def line(said: dict) -> str:
    parts = [
        said["language"] or "?",
        *(",".join(said[k]) or "-" for k in ("partners", "groupings", "sectors")),
    ]
    return f"{said['file']}: {' · '.join(parts)} · {len(said['opportunities'])} opportunities"
