"""Several workers on one database: each sees within two seconds what another one wrote."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from opportunities.search.index import write
from opportunities.search.memory import Memory
from tests.factories import OpportunityFactory

ROOT = Path(__file__).resolve().parent.parent.parent
WITHIN = 2  # seconds


@pytest.mark.django_db
@pytest.mark.unaided
def test_worker_hears_of_others_when_it_asks_again(settings):
    settings.SEARCH_POLL_SECONDS = 1
    memory = Memory()
    before = memory.current()
    item = OpportunityFactory(published=True)
    write([item.pk])
    assert memory.current() is before
    memory.asked_at -= settings.SEARCH_POLL_SECONDS
    assert item.pk in memory.current().of("public")


@pytest.mark.django_db
@pytest.mark.unaided
def test_worker_hears_of_itself_at_once(settings, django_capture_on_commit_callbacks):
    settings.SEARCH_POLL_SECONDS = 1
    memory = Memory()
    memory.current()
    with django_capture_on_commit_callbacks(execute=True):
        item = OpportunityFactory(published=True)
        write([item.pk])
    assert item.pk in memory.current().of("public")


READER = """
import sys, time
from django.utils import timezone
from opportunities.filters import Query
from opportunities.search.answer import answer
total = lambda: answer(Query(stage=frozenset({"all"})), timezone.now()).total
before = total()
print("ready", flush=True)
while total() == before:
    time.sleep(0.02)
print(time.time(), flush=True)
"""

WRITER = """
import time
from pathlib import Path
from tests.factories import OpportunityFactory
from opportunities import editorial
item = OpportunityFactory()
editorial.publish(item, by=None)
print(time.time(), flush=True)
"""


def start(script: str, environ: dict) -> subprocess.Popen:
    code = f"import django; django.setup()\n{script}"
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_two_workers_see_an_edit_of_a_third_within_two_seconds(tmp_path):
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3",
        "SECRET_KEY": "workers-only-" * 5,
        "ALLOWED_HOSTS": "testserver",
        "SITE_URL": "http://testserver",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environ, check=True
    )
    readers = [start(READER, environ) for _worker in range(2)]
    try:
        assert [reader.stdout.readline().strip() for reader in readers] == ["ready", "ready"]
        time.sleep(0.5)
        written_at = float(start(WRITER, environ).communicate(timeout=60)[0])
        seen = [float(reader.communicate(timeout=30)[0]) for reader in readers]
    finally:
        for reader in readers:
            reader.kill()
    assert max(seen) - written_at < WITHIN
