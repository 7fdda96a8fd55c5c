"""`python -m tests.browser.serve PORT`: the demo's rows on a database of its own, served by granian.

Needs DATABASE_URL and STATIC_ROOT. Three people may log in, named as their roles in small letters.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from .pages import SECRET, WITHDRAWN

PASSWORD = "a-long-walk-to-almaty"  # noqa: S105 - of a database that lives as long as a test run
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[str]:
    """The address of this site in a process of its own, which keeps all it writes in `folder`."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "STATIC_ROOT": str(folder / "static"),
        **environment,
    }
    command = [sys.executable, "-m", "tests.browser.serve", str(port)]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield wait_for(f"http://127.0.0.1:{port}", server, folder / "log")
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen, log: Path) -> str:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz"):  # noqa: S310 - our own loopback
                return address
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(log.read_text())


def prepare() -> None:
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from config.catalogues import compile_catalogues
    from opportunities.demo.load import load_demo
    from partnerships.reference import load_reference_data

    compile_catalogues()
    call_command("migrate", verbosity=0)
    load_reference_data()
    load_demo(datetime.now(UTC).date())
    call_command("collectstatic", verbosity=0, interactive=False)
    for role in Group.objects.all():
        user = User.objects.create_user(role.name.lower(), password=PASSWORD, is_staff=True)
        user.groups.add(role)
    withdraw_one(by=user)
    subscribe_one()


def withdraw_one(by) -> None:
    from opportunities import editorial
    from opportunities.models import Opportunity

    item = Opportunity.objects.get(slug=WITHDRAWN)
    editorial.withdraw(item, by=by, reason="The provider took it back.")


def subscribe_one() -> None:
    """Somebody with two alerts, two more to confirm, and every link that mails bring."""
    from opportunities.alerts.tokens import hash_of
    from opportunities.models import Opportunity, Subscriber, Token

    now = datetime.now(UTC)
    somebody = Subscriber.objects.create(email="reader@example.org", created_at=now)
    followed = Opportunity.objects.get(slug="green-energy-internships-china-kazakhstan")
    upcoming = Opportunity.objects.get(slug="example-solar-energy-masters")
    for asked, item, confirmed_at in [
        ("kind=internship&nationality=KZ&sector=energy", followed, now),
        ("audience=student&kind=scholarship", upcoming, None),
    ]:
        terms = {"asked_at": now, "confirmed_at": confirmed_at}
        somebody.alerts.create(asked=asked, **terms)
        somebody.alerts.create(opportunity=item, about=["opening", "change"], **terms)
    for purpose in Token.Purpose.values:
        somebody.tokens.create(purpose=purpose, hash=hash_of(SECRET + purpose))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.browser.settings")
    prepare()
    port = sys.argv[1]
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port]
    os.execv(sys.executable, [sys.executable, "-m", *command, "config.wsgi:application"])


if __name__ == "__main__":
    main()
