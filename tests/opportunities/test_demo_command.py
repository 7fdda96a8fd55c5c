"""`manage.py demo`: where it refuses, what it prepares, how it stops."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from opportunities.demo import database, people, server, static_files

ROOT = Path(__file__).resolve().parents[2]


# --- Whose database it is


def test_claim_refuses_where_a_database_is_set(tmp_path):
    path = tmp_path / "demo.sqlite3"
    with pytest.raises(database.NotOurs, match="DATABASE_URL"):
        database.claim(path, {"DATABASE_URL": "sqlite:///mine.sqlite3"})
    assert not path.exists()


def test_claim_refuses_a_database_without_the_mark_and_leaves_it_as_it_was(tmp_path):
    path = tmp_path / "demo.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (word TEXT)")
    before = path.read_bytes()
    with pytest.raises(database.NotOurs, match="mark"):
        database.claim(path, {})
    assert path.read_bytes() == before


def test_claim_refuses_what_is_no_database(tmp_path):
    path = tmp_path / "demo.sqlite3"
    path.write_text("my notes")
    with pytest.raises(database.NotOurs):
        database.claim(path, {})


def test_claim_marks_a_new_file_and_knows_it_again_once_it_is_in_use(tmp_path):
    path = tmp_path / "demo.sqlite3"
    path.touch()  # what a run leaves that was stopped before it wrote
    database.claim(path, {})
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE ours (word TEXT)")
        database.claim(path, {})
    database.claim(path, {})


def test_claim_drops_what_a_deleted_database_left_behind(tmp_path):
    left = tmp_path / "demo.sqlite3-wal"
    left.write_bytes(b"frames of another database")
    database.claim(tmp_path / "demo.sqlite3", {})
    assert not left.exists()


def test_the_command_refuses_settings_that_are_not_the_demo_s():
    with pytest.raises(CommandError, match="manage.py demo"):
        call_command("demo", "--no-serve")


# --- Ports


def test_free_port_passes_over_one_that_is_taken(monkeypatch):
    with socket.socket() as taken:
        taken.bind((server.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "USUAL_PORT", port)
        assert server.free_port() > port
        with pytest.raises(server.PortTaken, match=str(port)):
            server.free_port(port)


# --- Logins


@pytest.mark.django_db
def test_make_logins_gives_one_login_per_role_that_works_and_stays():
    logins = people.make_logins()
    assert set(logins) == {"contributor", "editor", "administrator"}
    for name, password in logins.items():
        user = authenticate(RequestFactory().get("/"), username=name, password=password)
        assert user.is_staff and not user.is_superuser
        assert [group.name.lower() for group in user.groups.all()] == [name]
    before = list(User.objects.values())
    assert people.make_logins() == logins
    before = [row | {"last_login": None} for row in before]
    assert [row | {"last_login": None} for row in User.objects.values()] == before


@pytest.mark.django_db
def test_make_logins_lets_in_again_whom_somebody_shut_out():
    logins = people.make_logins()
    User.objects.update(is_active=False, is_staff=False)
    people.make_logins()
    for name, password in logins.items():
        user = authenticate(RequestFactory().get("/"), username=name, password=password)
        assert user.is_staff


@pytest.mark.django_db
def test_make_logins_needs_the_roles():
    Group.objects.all().delete()
    with pytest.raises(Group.DoesNotExist):
        people.make_logins()


# --- Static files


def test_are_collected_is_false_without_a_manifest_or_with_one_that_misses_a_file(tmp_path):
    manifest = tmp_path / "staticfiles.json"
    assert not static_files.are_collected(manifest)
    manifest.write_text('{"paths": {}}')
    assert not static_files.are_collected(manifest)


# --- All of it, in a copy of the tree


@pytest.mark.slow
def test_the_demo_starts_serves_and_stops_and_leaves_nothing(tmp_path):
    tree = tmp_path / "serai"
    ignored = shutil.ignore_patterns(".*", "*.sqlite3*", "staticfiles", "tests", "__pycache__")
    shutil.copytree(ROOT, tree, ignore=ignored)
    port = next(port for port in range(8440, 8500) if server.is_free(port))
    running = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=tree,
        env={"PATH": "/usr/bin:/bin"},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page = wait_for(f"http://127.0.0.1:{port}/healthz", running)
    finally:
        os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does: to all of them
        out, err = running.communicate(timeout=30)
    assert page == 200
    assert running.returncode == 0
    assert f"http://127.0.0.1:{port}/" in out and "editor" in out
    assert not [line for line in err.splitlines() if not line.startswith("Preparing")]
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def wait_for(address: str, running: subprocess.Popen) -> int:
    for _ in range(300):
        if running.poll() is not None:
            raise AssertionError(running.stderr.read())
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
                answer.read()
                return answer.status
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The demo did not answer within 30 seconds.")
