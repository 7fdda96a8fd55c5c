"""A thousand subscribers, two workers and a mail server that refuses, dawdles and dies: measured by
reading what arrived."""

import os
import re
import socket
import subprocess
import sys
import time
from collections import defaultdict
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings

# crowd sets Django up itself when it is run; here it is set up already
from .crowd import expected

MANY = 1_000
PATIENCE = 900  # seconds; each refusal doubles the wait of a mail
HERE = "tests.opportunities.alerts"


class Post:
    """The server, its database and its workers, each a process of its own."""

    def __init__(self, folder: Path):
        self.box = folder / "box"
        self.box.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "ALERT_FROM_HOUR": "0",
            "ALERT_RETRY_SECONDS": "1",
            "ALERT_LEASE_SECONDS": "5",
        }
        self.server = None

    def start(self, *command, out=subprocess.DEVNULL):
        return subprocess.Popen(
            [sys.executable, *command], cwd=settings.BASE_DIR, env=self.env,
            stdout=out, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, *command) -> str:
        with self.start(*command, out=subprocess.PIPE) as process:
            said = process.communicate()[0].decode()
        assert process.returncode == 0
        return said

    def serve(self, *dies_at: int) -> None:
        """Anew where it died."""
        if self.server and self.server.poll() is None:
            return
        self.server = self.start(
            "-m", f"{HERE}.smtp_server", str(self.port), str(self.box), *map(str, dies_at)
        )
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)

    def work(self):
        return self.start("manage.py", "send_alerts")

    def waiting(self) -> int:
        return int(self.run("-m", f"{HERE}.crowd"))

    def close(self) -> None:
        if self.server:
            self.server.kill()
            self.server.wait()


@pytest.fixture
def post(tmp_path):
    opened = Post(tmp_path)
    opened.run("manage.py", "migrate", "-v0")
    yield opened
    opened.close()


def arrived(box: Path) -> dict[int, list[tuple[str, list[str]]]]:
    """By the number of the reader: (Message-ID, titles in the text) of each mail."""
    found = defaultdict(list)
    for path in sorted(box.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        number = int(re.search(r"\d+", message["To"])[0])
        found[number].append((message["Message-ID"], re.findall(r"^\* (.*;)\r?$", text, re.M)))
    return found


def assert_all_once(post: Post, many: int, may_repeat: set[str]) -> list[str]:
    """Nothing lost to anybody, nothing twice but under the Message-IDs named. The repeats."""
    found, repeats = arrived(post.box), []
    assert found.keys() == set(range(many))
    for number, mails in found.items():
        by_id = dict(mails)
        titles = sorted(title for told in by_id.values() for title in told)
        assert titles == expected(number), number
        repeats += [message_id for message_id, _told in mails]
        for message_id in by_id:
            repeats.remove(message_id)
    assert set(repeats) <= may_repeat
    return repeats


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_comes_twice(post):
    post.run("-m", f"{HERE}.crowd", str(MANY))
    deaths = iter([(-200,), (449,), (700,), (-1_000,), (1_201,)])
    give_up = time.monotonic() + PATIENCE
    post.serve(*next(deaths))
    while time.monotonic() < give_up:
        workers = [post.work(), post.work()]
        for worker in workers:
            worker.communicate()
            assert worker.returncode == 0
        if not post.waiting():
            break
        if post.server.poll() is not None:
            post.serve(*next(deaths, ()))
        time.sleep(1)
    died = post.box / "died"
    told = set(died.read_text().split()) if died.exists() else set()
    repeats = assert_all_once(post, MANY, told)
    assert told and set(repeats) == told, "the server died, and what it took came again"
    assert post.run("manage.py", "check_alerts").startswith("Everything due was told.")


@pytest.mark.slow
def test_killed_workers_are_gone_on_from(post):
    """What a worker had sent and not noted may come again, under the same Message-ID."""
    post.run("-m", f"{HERE}.crowd", "60")
    post.serve()
    for _ in range(4):
        worker = post.work()
        time.sleep(2.5)
        worker.kill()
        worker.communicate()
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        post.work().communicate()
        if not post.waiting():
            break
        time.sleep(1)
    every = {message_id for mails in arrived(post.box).values() for message_id, _ in mails}
    assert len(assert_all_once(post, 60, every)) <= 4
