"""`manage.py demo`: Serai with something in it, in one command.

`manage.py` has chosen the demo's settings and compiled the catalogues before this starts: the doors
lead from `config` to here and not back, and Django reads catalogues once.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from opportunities.demo import database, people, server, static_files
from opportunities.demo.load import load_demo
from partnerships.reference import load_reference_data


class Command(BaseCommand):
    help = "Start Serai on this machine with the founding article and invented examples."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, help="Default: 8000, or the next free one.")
        parser.add_argument("--no-serve", action="store_true", help="Prepare only.")

    def handle(self, *, port: int | None, no_serve: bool, **options):
        if not settings.DEMO:
            raise CommandError("Run it as: python manage.py demo")
        try:
            database.claim(Path(settings.DATABASES["default"]["NAME"]), os.environ)
            port = None if no_serve else server.free_port(port)
        except (database.NotOurs, server.PortTaken) as refusal:
            raise CommandError(str(refusal)) from None
        logins = self.prepare()
        self.greet(logins, port)
        if port:
            connections.close_all()
            server.serve(port, settings.BASE_DIR)

    def prepare(self) -> dict[str, str]:
        self.tell("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        load_reference_data()
        load_demo(timezone.localdate())
        logins = people.make_logins()
        self.tell("Preparing styles and scripts …")
        static_files.collect()
        return logins

    def greet(self, logins: dict[str, str], port: int | None) -> None:
        for name, password in logins.items():
            self.stdout.write(f"{name:15} {password}")
        if port:
            at = server.address(port)
            self.stdout.write(f"Log in with these at {at}/admin/")
            self.stdout.write(f"Serai is at {at}/ (Ctrl-C stops it)")
        self.stdout.flush()

    def tell(self, what: str) -> None:
        self.stderr.write(what, self.style.NOTICE)
