"""Calendars as two readers that share no code see them: icalendar and vobject."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import vobject
from django.utils.translation import override

from opportunities import editorial
from opportunities.calendars import calendar_of
from opportunities.choices import Fact
from opportunities.models import Opportunity
from tests.factories import (
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OWN = "/opportunities/shown/calendar.ics"
TELLTALE = "Zanzibarite"
HOSTILE = [
    "Two\r\nX-EVIL:1",
    "Two\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\n",
    "Two\rX-EVIL:1",
    "Two\nX-EVIL:1",
    "Two\x85X-EVIL:1\u2028X-EVIL:2\x0bX-EVIL:3",
    "a, b; c: d\\n\\, \\; \\",
    "\\",
    '"quoted";VALUE=DATE:x',
    "奖学金" * 50,
    "عنوان \u202e طويل " * 10,
]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def called(**kwargs):
    given = {"published": True, "called": True, "application": "by-deadline", "slug": "shown"}
    return OpportunityFactory(**given | kwargs)


def with_deadline(on=date(2026, 12, 15), at=None, zone="", **kwargs):
    item = called(**kwargs)
    DeadlineFactory(opportunity=item, on=on, at=at, zone=zone)
    return item


def read(body: bytes) -> dict:
    """Events by UID; both readers must agree on what they are and when."""
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    others = vobject.readOne(body.decode()).contents.get("vevent", [])
    seen = {str(e["UID"]): (e.decoded("dtstart"), e.decoded("dtend")) for e in events}
    assert seen == {o.uid.value: (o.dtstart.value, o.dtend.value) for o in others}
    summaries = {str(e["UID"]): str(e["SUMMARY"]) for e in events}
    assert summaries == {o.uid.value: o.summary.value for o in others}
    return {str(e["UID"]): e for e in events}


def one_event(client, path=OWN):
    response = client.get(path)
    assert response.status_code == 200
    (event,) = read(response.content).values()
    return event


def alarms(event) -> list[datetime]:
    return sorted(a.trigger for a in icalendar.Alarms(event).times)


@pytest.mark.parametrize(
    ("zone", "on", "instant"),
    [
        ("Asia/Almaty", date(2027, 3, 27), utc(2027, 3, 27, 12)),
        ("Asia/Almaty", date(2027, 3, 29), utc(2027, 3, 29, 12)),
        ("Europe/Paris", date(2027, 3, 27), utc(2027, 3, 27, 16)),
        ("Europe/Paris", date(2027, 3, 28), utc(2027, 3, 28, 15)),
        ("Pacific/Auckland", date(2027, 4, 3), utc(2027, 4, 3, 4)),
        ("Pacific/Auckland", date(2027, 4, 5), utc(2027, 4, 5, 5)),
        ("America/Los_Angeles", date(2027, 3, 13), utc(2027, 3, 14, 1)),
        ("America/Los_Angeles", date(2027, 3, 15), utc(2027, 3, 16, 0)),
    ],
)
def test_exact_time_is_right_on_both_sides_of_summer_time(client, zone, on, instant):
    with_deadline(on, time(17), zone)
    event = one_event(client)
    start = event.decoded("dtstart")
    assert start == instant and start.utcoffset() == timedelta(0)
    assert alarms(event) == [start - timedelta(days=7), start - timedelta(days=1)]
    assert f"17:00 ({zone.replace('_', ' ')}, UTC" in event["DESCRIPTION"]


@pytest.mark.parametrize("zone", ["", "Pacific/Auckland", "America/Los_Angeles", "Asia/Almaty"])
def test_day_without_time_is_that_day_everywhere(client, zone):
    with_deadline(zone=zone)
    event = one_event(client)
    assert event["DTSTART"].to_ical() == b"20261215"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.decoded("dtend") == date(2026, 12, 16)


@pytest.mark.parametrize(
    ("at", "last"), [(None, utc(2026, 12, 15, 10)), (time(17), utc(2026, 12, 15, 3, 1))]
)
def test_without_a_zone_one_is_reminded_of_the_earliest(client, at, last):
    with_deadline(at=at)
    event = one_event(client)
    expected = [last - timedelta(days=days) for days in (7, 1)]
    assert alarms(event) == expected
    assert event.decoded("dtstart") == date(2026, 12, 15)
    assert "No time zone is stated" in event["DESCRIPTION"]


def test_moved_deadline_keeps_its_name_and_raises_its_sequence(client):
    item = with_deadline(date(2027, 3, 27), time(17), "Europe/Paris")
    before = one_event(client)
    deadline = item.deadlines.get()
    with editorial.revise(item, by=UserFactory(), reason="Extended"):
        deadline.on = date(2027, 3, 28)
        deadline.save()
    after = one_event(client)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("dtstart") - before.decoded("dtstart") == timedelta(hours=23)
    assert after.decoded("last-modified") > before.decoded("last-modified")


def test_withdrawn_is_cancelled_and_says_no_more_than_its_page(client):
    item = with_deadline(title=TELLTALE, title__summary=TELLTALE)
    item.deadlines.update(channel=TELLTALE, for_whom=TELLTALE)
    before = one_event(client)
    assert TELLTALE in before["SUMMARY"]
    editorial.withdraw(item, by=UserFactory(), reason="It was\r\na mistake.")
    response = client.get(OWN)
    event = one_event(client)
    assert (event["STATUS"], event["UID"]) == ("CANCELLED", before["UID"])
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert "It was a mistake." in event["DESCRIPTION"]
    assert event.decoded("dtstart") == date(2026, 11, 23)
    for hidden in (TELLTALE, "20261215", "15 December", "uni.example", "Organisation"):
        assert hidden not in response.content.decode()
    assert read(client.get("/opportunities/calendar.ics?stage=all").content) == {}


@pytest.mark.parametrize("state", [{}, {"in_review": True}])
def test_draft_has_no_calendar_and_gives_no_event_to_whoever_hands_it_in(client, now, state):
    item = OpportunityFactory(slug="shown", called=True, application="by-deadline", **state)
    DeadlineFactory(opportunity=item)
    assert client.get(OWN).status_code == 404
    handed = Opportunity.objects.for_taking().filter(pk=item.pk)
    assert read(calendar_of(handed, name="Mine", now=now)) == {}


def test_withdrawn_promise_was_in_no_calendar(client):
    DeadlineFactory(opportunity=OpportunityFactory(slug="shown", withdrawn=True))
    assert read(client.get(OWN).content) == {}


def test_former_address_leads_to_the_calendar(client):
    item = with_deadline()
    with editorial.revise(item, by=UserFactory(), reason="Better"):
        Opportunity.objects.filter(pk=item.pk).update(slug="better")
    response = client.get(OWN)
    assert (response.status_code, response.url) == (301, "/opportunities/better/calendar.ics")


@pytest.mark.parametrize(
    "given",
    [
        {"called": False},
        {"called": False, "title": "Lapsed"},
        {"application": "rolling"},
        {"application": "rolling", "opens_on": date(2027, 1, 1)},
    ],
)
def test_promises_and_rolling_ones_give_nothing(client, given):
    item = called(**given)
    if item.application == "by-deadline":
        DeadlineFactory(opportunity=item)
    if given.get("title") == "Lapsed":
        item.citations.get().article.__class__.objects.update(published_on=date(2025, 1, 1))
        assert item.stage_at() == "lapsed"
    for path in (OWN, "/opportunities/calendar.ics?stage=all"):
        calendar = icalendar.Calendar.from_ical(client.get(path).content)
        assert not calendar.walk("VEVENT")
        assert calendar.subcomponents, "RFC 5545 §3.6: at least one component"


def test_cancelled_says_so_and_rings_no_more(client):
    item = with_deadline()
    OpportunityCitationFactory(opportunity=item, fact=Fact.CANCELLATION)
    event = one_event(client)
    assert event["STATUS"] == "CANCELLED"
    assert alarms(event) == []


def test_opening_is_there_until_it_opens(client):
    with_deadline(opens_on=date(2026, 12, 1))
    events = {e["SUMMARY"]: e for e in read(client.get(OWN).content).values()}
    assert set(events) == {"Opens: Title of shown", "Deadline: Title of shown"}
    assert events["Opens: Title of shown"].decoded("dtstart") == date(2026, 12, 1)


def test_what_needs_no_application_is_there_from_first_to_last_day(client):
    called(application="not-needed", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3))
    event = one_event(client)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2026, 12, 1),
        date(2026, 12, 4),
    )


def test_example_is_marked(client):
    with_deadline(is_example=True)
    event = one_event(client)
    assert event["SUMMARY"].startswith("[Example] ")
    assert "made up" in event["DESCRIPTION"]
    assert client.get(OWN).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_add_a_line(client, text):
    """Past the validators, straight into the row."""
    item = with_deadline(title=text[:150])
    item.deadlines.update(channel=text[:120], for_whom=text[:200])
    for path in (OWN, "/opportunities/calendar.ics"):
        body = client.get(path).content
        event = one_event(client, path)
        assert not [name for name in event if name.startswith("X-EVIL")]
        names = {line.split(b":")[0].split(b";")[0] for line in body.split(b"\r\n")}
        assert not {name for name in names if name.startswith(b"X-EVIL")}
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))
        assert b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b"")


def test_listing_calendar_holds_what_its_filters_let_through(client):
    kept = with_deadline(kind="festival", slug="kept", title="Kept")
    with_deadline(kind="training", slug="left-out")
    response = client.get("/opportunities/calendar.ics?kind=festival")
    assert list(read(response.content)) == [f"deadline-{kept.deadlines.get().pk}@testserver"]
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["X-WR-CALNAME"] == "Serai: Festival"
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_names_and_numbers_of_events_are_those_of_every_language(client):
    with_deadline()
    english = one_event(client)
    with override("fr"):
        french = one_event(client, "/fr" + OWN)
    assert english["SUMMARY"] != french["SUMMARY"]
    assert english["UID"] == french["UID"]


@pytest.mark.parametrize("path", [OWN, "/opportunities/calendar.ics"])
def test_calendar_that_did_not_change_is_not_sent_again(client, path):
    item = with_deadline()
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    with editorial.revise(item, by=UserFactory(), reason="Other"):
        item.words.update(title="Another title")
    changed = client.get(path, headers={"If-None-Match": etag})
    assert changed.status_code == 200 and b"Another title" in changed.content


@pytest.mark.parametrize("name", ["calendar.ics", "feed.atom", "filter/deadlines/"])
def test_what_is_taken_along_leaves_out_what_the_listing_does(client, name):
    item = with_deadline()
    EligibilityRuleFactory(opportunity=item, kind="level-held", levels=["6"], text="")
    title = item.words.get().title.encode()
    hidden = client.get(f"/opportunities/{name}?held=3")
    assert title not in hidden.content
    assert hidden.headers["Cache-Control"] == "no-store"
    assert title in client.get(f"/opportunities/{name}?held=6").content
    assert title in client.get(f"/opportunities/{name}?held=3&unfit=shown").content


def test_calendar_of_a_nationality_is_kept_by_nobody(client):
    with_deadline()
    response = client.get("/opportunities/calendar.ics?nationality=KZ")
    assert response.status_code == 400  # not known here yet
    item = called(slug="second", places=["KZ"])
    DeadlineFactory(opportunity=item)
    response = client.get("/opportunities/calendar.ics?nationality=KZ")
    assert response.headers["Cache-Control"] == "no-store"
    assert len(read(response.content)) == 2
