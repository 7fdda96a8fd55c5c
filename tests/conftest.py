"""Fixtures that every room shares, and what makes tests hostile by default."""

from datetime import UTC, datetime

import pytest
import time_machine

from config.catalogues import compile_catalogues

compile_catalogues()  # before Django reads them

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def now():
    """The clock of tests, stopped at noon UTC on 2026-11-23."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
