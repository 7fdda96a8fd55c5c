"""Changing, stopping, being asked again, being forgotten."""

import logging
from datetime import timedelta
from logging.config import dictConfig

import pytest
import time_machine
from django.test import Client

from opportunities.alerts import sending, tokens, upkeep
from opportunities.models import Alert, Mail, Outbox, SignUp, Subscriber, Token
from tests.factories import OpportunityFactory
from tests.indexing import follower

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(reader):
    """With one alert and one digest in the box."""
    reader.begin("/alerts/new/?kind=scholarship")
    OpportunityFactory(published=True, called=True)
    reader.run(1)
    return reader


def test_one_click_needs_no_origin_no_cookie_and_no_form(mailed):
    """RFC 8058: the mailbox provider sends just this."""
    headers = mailed.box[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    assert url.startswith("http://testserver/alerts/stop/")
    strict = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        response = strict.post(
            url.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"}
        )
        assert response.status_code == 200
    assert not Subscriber.objects.exists() and not Token.objects.exists()


def test_get_stops_nothing(mailed):
    for purpose in ("stop", "manage"):
        page = mailed.client.get(mailed.link(purpose))
        assert page.status_code == 200 and "Stop all and forget me" in page.content.decode()
    assert Alert.objects.confirmed().exists()


def test_link_of_an_old_mail_still_stops(mailed):
    old = mailed.link("stop")
    for day in range(2, 60, 10):
        OpportunityFactory(published=True, called=True)
        mailed.run(day)
    with time_machine.travel(mailed.start + timedelta(days=60), tick=False):
        mailed.client.post(old)
    assert not Subscriber.objects.exists()


def test_manage_changes_and_stops_one(mailed):
    mailed.ask("/alerts/new/?kind=festival")
    mailed.run(1, hours=1)
    mailed.confirm()
    one, other = Alert.objects.all()
    url = mailed.link("manage")
    mailed.client.post(url, {"alert": one.pk, "how_often": "weekly"})
    mailed.client.post(url, {"alert": other.pk, "how_often": "hourly"})
    assert [a.how_often for a in Alert.objects.all()] == ["weekly", "daily"]
    page = mailed.client.post(url, {"stop": one.pk}, follow=True).content.decode()
    assert (
        Alert.objects.get() == other and "<bdi>Festival" in page and "<bdi>Scholarship" not in page
    )
    mailed.client.post(url, {"stop": other.pk})
    assert not Subscriber.objects.exists()


def test_manage_reaches_nobody_elses(mailed):
    stranger = Subscriber.objects.create(email="x@x.example", created_at=mailed.start)
    theirs = Alert.objects.create(
        subscriber=stranger, asked="", asked_at=mailed.start, confirmed_at=mailed.start
    )
    url = mailed.link("manage")
    mailed.client.post(url, {"stop": theirs.pk})
    mailed.client.post(url, {"alert": theirs.pk, "how_often": "weekly"})
    theirs.refresh_from_db()
    assert theirs.how_often == "daily"


def test_manage_link_lasts_thirty_days(mailed):
    with time_machine.travel(mailed.start + timedelta(days=32), tick=False):
        assert mailed.client.get(mailed.link("manage")).status_code == 410


def test_unconfirmed_is_deleted_after_seven_days(reader):
    reader.ask()
    reader.run(6)
    assert Subscriber.objects.exists()
    reader.run(7)
    assert not Subscriber.objects.exists() and not SignUp.objects.exists()


def test_pending_addition_expires_and_the_confirmed_alert_stays(reader):
    kept = reader.begin()
    reader.ask("/alerts/new/?kind=festival")
    reader.run(8)
    assert Alert.objects.get() == kept


def test_asked_after_twelve_months_and_kept_if_wanted(reader):
    reader.begin()
    reader.run(360)
    assert reader.box == []
    reader.run(366)
    reader.run(367)
    (mail,) = reader.box
    assert "still want" in mail.subject
    with time_machine.travel(reader.start + timedelta(days=380), tick=False):
        assert reader.client.get(reader.link("keep")).status_code == 200
        assert not upkeep.forget(reader.start + timedelta(days=380))
        reader.client.post(reader.link("keep"))
    reader.run(500)
    assert Subscriber.objects.exists() and len(reader.box) == 1


def test_asked_after_twelve_months_and_deleted_a_month_later(reader):
    reader.begin()
    reader.run(366)
    reader.run(394)
    assert Subscriber.objects.exists()
    reader.run(397)
    assert not Subscriber.objects.exists()


def test_nobody_is_deleted_without_having_been_asked(reader):
    """Cron stood still for a year and a half."""
    reader.begin()
    reader.run(600)
    assert Subscriber.objects.exists() and len(reader.box) == 1


def test_old_rows_go_and_nothing_is_told_again(mailed):
    mailed.run(40)
    mailed.run(41)
    assert not Outbox.objects.exists() and not Mail.objects.exists()
    assert len(mailed.box) == 1
    assert not list(upkeep.differences(mailed.start + timedelta(days=41)))


def test_dry_run_writes_and_sends_nothing(reader):
    reader.begin()
    OpportunityFactory(published=True, called=True)
    follower.bring_up()
    assert sending.send_alerts(reader.start + timedelta(days=1), dry_run=True).startswith(
        "to send 1;"
    )
    assert reader.box == [] and not Outbox.objects.exists()
    reader.run(1)
    assert len(reader.box) == 1


def test_reconciliation_finds_what_was_never_written_down(mailed):
    later = mailed.start + timedelta(days=1)
    assert not list(upkeep.differences(later))
    Outbox.objects.all().delete()
    Alert.objects.update(seen=b"")
    assert any("1 not written down" in line for line in upkeep.differences(later))


def test_reconciliation_names_what_nobody_accepted(reader):
    reader.ask()
    late = reader.start + timedelta(days=2)
    assert any("not accepted" in line for line in upkeep.differences(late))


def test_broken_digest_keeps_nobody_elses_back(reader, monkeypatch):
    reader.email = "first@x.example"
    broken = reader.begin().subscriber
    reader.email = "second@x.example"
    reader.begin()
    OpportunityFactory(published=True, called=True)
    make = sending.make_digest

    def make_or_break(subscriber, now):
        if subscriber == broken:
            raise ValueError("broken")
        return make(subscriber, now)

    monkeypatch.setattr(sending, "make_digest", make_or_break)
    reader.run(1)
    assert [mail.to for mail in reader.box] == [["second@x.example"]]


def test_log_lines_hold_no_address_and_no_token(mailed, settings, capsys):
    secret = mailed.link("stop")
    dictConfig({**settings.LOGGING, "loggers": {}})
    log = logging.getLogger("serai.test")
    log.warning("Not Found: %s", secret)
    log.warning("refused: {'amina@reader.example': (550, b'no')}")
    try:
        raise ValueError("amina@reader.example " + secret)
    except ValueError:
        log.exception("It broke for %s", "amina@reader.example")
    said = capsys.readouterr().err
    assert "ValueError" in said and "/alerts/stop/…" in said
    assert "amina" not in said and secret.split("/")[3] not in said


def test_two_who_use_one_link_are_one(reader):
    reader.ask()
    reader.run()
    token = tokens.find(reader.link("confirm").split("/")[-2], tokens.Purpose.CONFIRM)
    assert [tokens.use(token, reader.start) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("said", ["9" * 30, "9" * 5_000, "abc", "-1", "²"])
def test_number_that_is_no_alert_of_theirs_changes_nothing(mailed, said):
    url = mailed.link("manage")
    for sent in ({"stop": said}, {"alert": said, "how_often": "weekly"}):
        assert mailed.client.post(url, sent).status_code == 302
    assert Alert.objects.get().how_often == "daily"


def test_stopped_is_said_only_where_it_is(mailed):
    Alert.objects.update(confirmed_at=None)
    response = mailed.client.post(mailed.link("manage"), {"alert": "x"})
    assert response.status_code == 302 and Subscriber.objects.exists()
