"""Asking and confirming: whose mailbox it is, how often, and what a hostile form can do."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives

from opportunities.alerts import limits
from opportunities.alerts.matching import seen_by
from opportunities.models import Alert, SignUp, Subscriber
from tests.factories import CountryFactory, EligibilityRuleFactory, OpportunityFactory

from .conftest import OURS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "email",
    [
        "a@x.example, b@x.example",
        "a@x.example;b@x.example",
        "Amina <a@x.example>",
        "a@x.example\nBcc: b@x.example",
        "a@x.example\r\nBcc: b@x.example",
        "a@x.example%0aBcc:b@x.example",
        "a b@x.example",
        "x" * 400 + "@x.example",
        "not an address",
        "",
    ],
)
def test_only_one_plain_address_is_taken(reader, email):
    response = reader.ask(email=email)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    reader.run()
    assert reader.box == [] and not Subscriber.objects.exists()


def test_post_from_another_site_is_refused(reader):
    given = {"email": reader.email, "how_often": "daily"}
    for headers in (
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
    ):
        assert reader.client.post("/alerts/new/", given, **headers).status_code == 403
    assert not Subscriber.objects.exists()


def test_what_a_reader_told_of_themselves_is_not_kept_with_the_alert(reader):
    CountryFactory(iso2="KZ")
    page = "/alerts/new/?stage=all&nationality=KZ&residence=KZ&age=17&held=3"
    item = OpportunityFactory(published=True)
    EligibilityRuleFactory(opportunity=item, kind="level-held", levels=["6"], text="")
    said = html.unescape(reader.client.get(page).content.decode())
    assert "is not kept with the alert" in said
    assert 'href="/opportunities/?stage=all&nationality=KZ&residence=KZ&age=17&held=3"' in said
    reader.ask(page)
    alert = Alert.objects.get()
    assert alert.asked == "stage=all&nationality=KZ"
    assert list(seen_by(alert)) == [item.pk]  # as who gets the mails is asked for: all of it
    plain = reader.client.get("/alerts/new/?stage=all&nationality=KZ").content.decode()
    assert "is not kept with the alert" not in plain


@pytest.mark.parametrize("many", [30, pytest.param(1_000, marks=pytest.mark.slow)])
def test_sign_ups_for_one_address_are_three_mails_a_day(reader, monkeypatch, many):
    monkeypatch.setattr(limits, "A_NETWORK_AN_HOUR", 10_000)
    for n in range(many):
        local, domain = "amina", "reader.example"
        email = [f"{local}@{domain}", f"{local}+{n}@{domain}", f"Am.ina+{n}@{domain}"][n % 3]
        assert reader.ask(email=email).status_code == 302
        if n % (many // 5) == 0:
            reader.run()
    reader.run()
    assert 1 <= len(reader.box) <= 3


def test_link_not_used_is_the_only_one_of_its_day(reader):
    reader.ask()
    reader.ask("/alerts/new/?kind=festival")
    reader.run()
    assert len(reader.box) == 1
    reader.confirm()
    assert Alert.objects.confirmed().count() == 2  # it confirms both


def test_three_a_day_however_quickly_they_are_confirmed(reader):
    for kind in ("festival", "training", "exchange", "fellowship", "internship"):
        reader.ask(f"/alerts/new/?kind={kind}")
        before = len(reader.box)
        reader.run()
        if len(reader.box) > before:
            reader.confirm()
    assert len(reader.box) == 3


def test_ten_an_hour_from_one_network(reader):
    answers = [reader.ask(email=f"a{n}@x.example") for n in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "3600"
    assert Subscriber.objects.count() == 10
    with time_machine.travel(reader.start + timedelta(minutes=61), tick=False):
        assert reader.ask(email="later@x.example").status_code == 302


def test_breaker_holds_for_everybody(reader, settings):
    settings.ALERT_SIGN_UPS_AN_HOUR = 2
    for n in range(4):
        last = reader.client.post(
            "/alerts/new/", {"email": f"a{n}@x.example", "how_often": "daily"},
            REMOTE_ADDR=f"10.0.0.{n}", **OURS,
        )  # fmt: skip
    assert last.status_code == 429 and "Try again in an hour" in last.content.decode()
    assert Subscriber.objects.count() == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("", "", True),
    ],
)
def test_networks(one, other, same):
    assert (limits.network_of(one) == limits.network_of(other)) is same


def test_answer_is_the_same_for_known_and_unknown(reader):
    reader.begin()
    known = reader.ask("/alerts/new/?kind=festival")
    unknown = reader.ask("/alerts/new/?kind=festival", email="nobody@reader.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert known.headers.keys() == unknown.headers.keys()
    assert known.content == unknown.content


def test_sign_up_traces_hold_no_address(reader):
    reader.ask()
    kept = str(list(SignUp.objects.values()))
    assert "amina" not in kept and "127.0.0.1" not in kept


def test_confirmation_repeats_nothing_typed(reader):
    reader.ask("/alerts/new/?q=buy+at+evil.example")
    reader.run()
    mail = reader.box[0]
    assert "evil.example" not in mail.body + mail.alternatives[0][0] + mail.subject
    assert "evil.example" in reader.client.get(reader.link("confirm")).content.decode()


def test_nothing_is_sent_before_confirming(reader):
    reader.ask()
    OpportunityFactory(published=True, called=True)
    for day in range(4):
        reader.run(day)
    assert [mail.subject for mail in reader.box] == ["Confirm your alert"]


def test_get_confirms_nothing(reader):
    reader.ask()
    reader.run()
    for _scanner in range(3):
        assert reader.client.get(reader.link("confirm")).status_code == 200
        assert reader.client.head(reader.link("confirm")).status_code == 200
    assert not Alert.objects.confirmed().exists()


def test_what_is_not_chosen_is_forgotten(reader):
    reader.ask()
    reader.ask("/alerts/new/?q=planted")
    reader.run()
    mine = Alert.objects.get(asked="")
    reader.client.post(reader.link("confirm"), {"alert": [mine.pk, 999, "x"]})
    assert [alert.pk for alert in Alert.objects.all()] == [mine.pk]
    assert mine.subscriber.alerts.confirmed().exists()


def test_somebody_elses_alert_cannot_be_confirmed(reader):
    reader.ask(email="other@reader.example")
    theirs = Alert.objects.get()
    reader.ask()
    reader.run()
    mail = next(mail for mail in reader.box if mail.to == [reader.email])
    reader.client.post(reader.link("confirm", mail), {"alert": [theirs.pk]})
    theirs.refresh_from_db()
    assert theirs.confirmed_at is None


def test_link_works_once_and_72_hours(reader):
    reader.ask()
    reader.run()
    url = reader.link("confirm")
    with time_machine.travel(reader.start + timedelta(hours=72), tick=False):
        for response in (reader.client.get(url), reader.client.post(url)):
            assert response.status_code == 410
            assert "72 hours" in response.content.decode()
    reader.confirm()
    again = reader.client.post(url)
    assert again.status_code == 410 and "used already" in again.content.decode()


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1] + ("A" if s[-1] != "A" else "B"), str.lower, lambda s: "x" * 43]
)
def test_altered_link_leads_nowhere(reader, change):
    reader.ask()
    reader.run()
    before, secret = reader.link("confirm").rstrip("/").rsplit("/", 1)
    response = reader.client.post(f"{before}/{change(secret)}/")
    assert response.status_code == 404 and "altered" in response.content.decode()
    assert not Alert.objects.confirmed().exists()


@pytest.mark.parametrize("purpose", ["manage", "stop", "keep"])
def test_secret_is_good_for_its_purpose_only(reader, purpose):
    reader.ask()
    reader.run()
    url = reader.link("confirm").replace("confirm", purpose)
    assert reader.client.get(url).status_code == 404
    reader.client.post(url, {"stop_all": "1"})
    assert Subscriber.objects.exists()


def test_filter_not_understood_is_no_alert(reader):
    page = reader.client.get("/alerts/new/?country=XX").content.decode()
    assert "not something we know" in page and "<form" not in page
    assert reader.ask("/alerts/new/?country=XX").status_code == 400
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_hidden_thing_cannot_be_followed(reader, state):
    OpportunityFactory(slug="zanzibarite", title="Zanzibarite", **state)
    for response in (
        reader.client.get("/alerts/opportunities/zanzibarite/"),
        reader.ask("/alerts/opportunities/zanzibarite/", about=["change"]),
    ):
        assert response.status_code == 404 and "Zanzibarite" not in response.content.decode()
    assert not Alert.objects.exists()


def test_announced_thing_takes_no_reminder(reader):
    OpportunityFactory(published=True, slug="promise")
    assert reader.ask("/alerts/opportunities/promise/", about=["deadline"]).status_code == 400


def test_asking_again_changes_nothing_that_is_confirmed(reader):
    reader.begin(how_often="weekly")
    reader.ask(how_often="daily")
    assert Alert.objects.get().how_often == "weekly"
    reader.run()
    assert "confirmed already" in reader.box[0].body


def test_address_has_twenty_alerts_at_most(reader, monkeypatch):
    monkeypatch.setattr(limits, "A_NETWORK_AN_HOUR", 10_000)
    for n in range(30):
        assert reader.ask(f"/alerts/new/?q=word{n}").status_code == 302
    assert Alert.objects.count() == 20


@pytest.mark.parametrize(
    "path", ["/alerts/new/", "/alerts/sent/", "/alerts/opportunities/open/", "/alerts/stop/x/"]
)
def test_pages_are_kept_by_nobody(reader, path):
    OpportunityFactory(published=True, called=True, slug="open")
    response = reader.client.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_title_with_line_breaks_adds_no_header(reader):
    reader.begin()
    evil = "Grant\r\nBcc: victim@x.example\r\n\r\nBody"
    OpportunityFactory(published=True, called=True, title=evil)
    reader.run(1)
    made: EmailMultiAlternatives = reader.box[0]
    message = made.message()
    assert message["Bcc"] is None and made.recipients() == [reader.email]
    assert "* Grant Bcc: victim@x.example Body" in made.body
    assert message["Subject"] == "Grant Bcc: victim@x.example Body"


@pytest.mark.parametrize("said", ["9" * 30, "9" * 5_000])
def test_number_that_is_no_alert_confirms_nothing_and_breaks_nothing(reader, said):
    reader.ask("/alerts/new/?kind=festival")
    reader.run()
    response = reader.client.post(reader.link("confirm"), {"alert": said})
    assert response.status_code == 200
    assert not Alert.objects.confirmed().exists()


def test_name_that_is_no_filter_is_no_alert_on_everything(reader):
    response = reader.ask("/alerts/new/?foo=1")
    assert response.status_code == 400
    assert "“foo” is no filter here." in response.content.decode()
    assert not Alert.objects.exists()


def test_value_nobody_knows_is_refused_by_the_name_of_its_field(reader):
    response = reader.ask("/alerts/new/?kind=99&held=99&age=1&age=2")
    said = response.content.decode()
    assert response.status_code == 400 and "left out" not in said
    assert "<li>Kind: “99” is not something we know here.</li>" in said
    assert "<li>Highest level you hold: “99” is not something we know here.</li>" in said
    assert "<li>Your age: Choose only one.</li>" in said
