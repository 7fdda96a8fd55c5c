"""Fixtures that every room shares, and what makes tests hostile by default.

No test is `transaction=True` (nor uses `live_server`): pytest-django would empty the tables after
it, and the record of changes refuses that. Browser tests start a server on a database of their own.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.signals import request_started
from django.db import connection
from django.utils import translation
from hypothesis import settings

from config.catalogues import compile_catalogues

compile_catalogues()  # before Django reads them

# A slow machine is no failure; seeds vary, so that each run looks elsewhere.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def now():
    """The clock of tests, stopped at noon UTC on 2026-11-23."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture(autouse=True)
def in_english():
    """A page asked for in French leaves its language to the thread, and so to the next test."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def index_that_follows(request):
    """Each test begins with nothing in memory; rows made by factories are indexed when asked for."""
    # Here, for models can be imported once Django is set up.
    from opportunities import kept  # noqa: PLC0415
    from opportunities.search.moment import clock  # noqa: PLC0415
    from tests.indexing import follower  # noqa: PLC0415

    clock.forget()
    kept.forget()
    follower.is_behind = False
    if request.node.get_closest_marker("unaided"):
        yield
        return
    request_started.connect(follower.bring_up)
    with connection.execute_wrapper(follower):
        yield
    request_started.disconnect(follower.bring_up)
