"""Fixtures that every room shares, and what makes tests hostile by default.

No test is `transaction=True` (nor uses `live_server`): pytest-django would empty the tables after
it, and the record of changes refuses that. Browser tests start a server on a database of their own.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.signals import request_started
from django.db import connection, transaction
from django.utils import translation
from hypothesis import settings

from config.catalogues import compile_catalogues

compile_catalogues()  # before Django reads them

# A slow machine is no failure; seeds vary, so that each run looks elsewhere.
settings.register_profile("suite", deadline=None, max_examples=40)
settings.load_profile("suite")

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def now():
    """The clock of tests, stopped at noon UTC on 2026-11-23."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture(scope="module")
def demo_of_the_day(django_db_setup, django_db_blocker):
    """The demo as of NOW, loaded once for all tests of a module; each takes back what it changes."""
    # Here, for models can be imported once Django is set up.
    from opportunities.demo.load import load_demo  # noqa: PLC0415
    from partnerships.reference import load_reference_data  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            load_reference_data()
            load_demo(NOW.date())
        yield NOW.date()
        transaction.set_rollback(True)


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
