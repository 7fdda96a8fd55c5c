"""One process at a time, also after one that died."""

import subprocess
import sys
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from opportunities import locks
from opportunities.locks import lock_path, locked, locked_by_file

HOLD = """
import sys
from pathlib import Path
from opportunities import locks
from opportunities.locks import locked_by_file
for is_ours in locked_by_file(Path(sys.argv[1])):
    print(is_ours, flush=True)
    sys.stdin.read()
"""

by_file = contextmanager(locked_by_file)


def test_lock_is_held_once_and_given_back(tmp_path):
    with by_file(tmp_path / "lock") as first:
        with by_file(tmp_path / "lock") as second:
            assert (first, second) == (True, False)
        with by_file(tmp_path / "other") as other:
            assert other
    with by_file(tmp_path / "lock") as again:
        assert again


def test_lock_is_given_back_by_what_fails(tmp_path):
    with pytest.raises(ValueError, match="broken"), by_file(tmp_path / "lock"):
        raise ValueError("broken")
    with by_file(tmp_path / "lock") as again:
        assert again


def test_lock_goes_with_the_process_that_was_killed(tmp_path):
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline().strip() == b"True"
        with by_file(path) as is_ours:
            assert not is_ours
        other.kill()
        other.wait()
    with by_file(path) as is_ours:
        assert is_ours


def test_folder_that_cannot_be_written_is_an_error_not_somebody_else(tmp_path):
    with pytest.raises(Exception, match="unable to open"), by_file(tmp_path / "no" / "lock"):
        pass


def test_lock_stands_beside_the_database(monkeypatch):
    for name, path in [("/srv/db.sqlite3", "/srv/db.sqlite3.saved.lock"), (":memory:", "None")]:
        monkeypatch.setitem(connection.settings_dict, "NAME", name)
        assert str(lock_path("saved")) == path


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own locks")
def test_lock_in_postgresql_is_seen_by_another_connection(monkeypatch):
    with closing(connection.copy()) as other:
        with locked("saved") as is_ours:
            monkeypatch.setattr(locks, "connection", other)
            with locked("saved") as second, locked("else") as another:
                assert (is_ours, second, another) == (True, False, True)
            monkeypatch.undo()
        monkeypatch.setattr(locks, "connection", other)
        with locked("saved") as again:
            assert again
