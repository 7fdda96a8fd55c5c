"""The whole way of an alert, as its reader sees it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.mail.backends import locmem

from opportunities import editorial
from opportunities.alerts.digest import make_digest
from opportunities.alerts.upkeep import differences
from opportunities.models import Alert, Mail, Outbox, Subscriber, Token
from tests.factories import (
    DeadlineFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    SectorFactory,
    UserFactory,
    cite_official_call,
)
from tests.indexing import follower

pytestmark = pytest.mark.django_db


def published(**given):
    return OpportunityFactory(published=True, called=True, **given)


def test_filter_tells_what_is_new_once_and_not_what_was_there(reader):
    published(title="There before")
    reader.begin("/alerts/new/?kind=scholarship")
    published(title="New & light")
    published(kind="festival", title="Another kind")
    OpportunityFactory(published=True, title="Only announced")
    reader.run(1)
    (mail,) = reader.box
    html = mail.alternatives[0][0]
    assert mail.subject == "New & light" and mail.to == [reader.email]
    assert "* New & light" in mail.body and "New &amp; light" in html
    for said in ("Kind: Scholarship", "Stage: ", "Sort by: Nearest deadline"):
        assert said in mail.body
    assert "?kind=scholarship" in mail.body
    for unsaid in ("There before", "Another kind", "Only announced"):
        assert unsaid not in mail.body + html
    reader.run(1)
    reader.run(2)
    assert len(reader.box) == 1


def test_what_comes_between_asking_and_confirming_is_told(reader):
    reader.ask()
    reader.run()
    published(title="Meanwhile")
    reader.confirm()
    reader.run(1)
    assert reader.box[-1].subject == "Meanwhile"


def test_order_and_names_are_those_of_the_listing(reader):
    reader.begin()
    for day, title in ((20, "Later"), (10, "Sooner"), (15, "Between")):
        item = published(title=title, application="by-deadline")
        DeadlineFactory(opportunity=item, on=date(2026, 12, day))
    reader.run(1)
    body = reader.box[0].body
    assert body.index("Sooner") < body.index("Between") < body.index("Later")
    assert reader.box[0].subject == "3 opportunities for you"


def test_more_than_one_mail_holds_comes_with_the_next(reader, monkeypatch):
    monkeypatch.setattr("opportunities.alerts.matching.MOST_IN_A_MAIL", 2)
    reader.begin()
    for n in range(5):
        published(title=f"Number {n}")
    for day in range(1, 5):
        reader.run(day)
        assert not list(differences(reader.start + timedelta(days=day)))
    told = [mail.body.count("* Number") for mail in reader.box]
    assert told == [2, 2, 1]
    first, second, last = reader.box
    assert first.subject == "2 opportunities for you, 3 more to come"
    for mail, said in ((first, "3 more had no room here"), (second, "1 more had no room here")):
        assert said in mail.body and said in mail.alternatives[0][0]
    assert "no room" not in last.body and last.subject == "Number 4"


def test_what_waits_counts_once_however_many_alerts_find_it(reader, monkeypatch):
    monkeypatch.setattr("opportunities.alerts.matching.MOST_IN_A_MAIL", 2)
    reader.ask()
    reader.ask("/alerts/new/?kind=scholarship")
    reader.run()
    reader.confirm()
    for n in range(5):
        published(title=f"Number {n}")
    reader.run(1)
    assert reader.box[-1].subject == "2 opportunities for you, 3 more to come"


def test_weekly_comes_after_a_week(reader):
    reader.begin(how_often="weekly")
    published(title="New")
    for day in range(1, 7):
        reader.run(day)
    assert reader.box == []
    reader.run(7)
    assert len(reader.box) == 1


def test_two_alerts_of_one_address_are_one_mail_and_one_item_shows_once(reader):
    reader.ask()
    reader.ask("/alerts/new/?kind=scholarship")
    reader.run()
    reader.confirm()
    reader.box.clear()
    published(title="Found twice")
    reader.run(1)
    assert len(reader.box) == 1
    assert reader.box[0].body.count("Found twice") == 1
    reader.run(2)
    assert len(reader.box) == 1


def test_announced_thing_is_told_when_it_is_called_for(reader):
    item = OpportunityFactory(published=True, slug="silk", title="Silk Road grant")
    page = reader.client.get("/opportunities/silk/").content.decode()
    assert "Tell me when it opens" in page and "/alerts/opportunities/silk/" in page
    assert (
        'value="deadline"' not in reader.client.get("/alerts/opportunities/silk/").content.decode()
    )
    reader.begin("/alerts/opportunities/silk/", about=["opening"])
    reader.run(1)
    assert reader.box == []
    cite_official_call(item)
    reader.run(2)
    reader.run(3)
    (mail,) = reader.box
    assert mail.subject == "Silk Road grant"
    assert "> Open: apply at any time" in mail.body


def test_deadline_is_told_at_14_7_and_1_days_in_one_mail_a_day(reader):
    item = published(slug="due", title="Due", application="by-deadline")
    for channel in ("online", "by post"):
        DeadlineFactory(
            opportunity=item, on=date(2026, 12, 14), zone="Asia/Almaty", channel=channel
        )
    reader.begin("/alerts/opportunities/due/", about=["deadline"])
    told = {}
    for day in range(1, 30):
        reader.box.clear()
        reader.run(day)
        assert len(reader.box) <= 1
        if reader.box:
            told[21 - day] = reader.box[0].body
    assert list(told) == [14, 7, 1]
    assert "in 14 days · online" in told[14] and "in 14 days · by post" in told[14]
    assert "Apply by 14 December 2026, end of the day (Asia/Almaty, UTC+5), in 1 day" in told[1]


def test_missed_day_is_told_late_and_says_the_days_that_are_left(reader):
    item = published(slug="due", application="by-deadline")
    DeadlineFactory(opportunity=item, on=date(2026, 12, 14), zone="UTC")
    reader.begin("/alerts/opportunities/due/", about=["deadline"])
    reader.run(10)
    assert "in 11 days" in reader.box[0].body


def test_missing_zone_is_read_as_the_earliest(reader):
    item = published(slug="due", application="by-deadline")
    DeadlineFactory(opportunity=item, on=date(2026, 12, 9))
    reader.begin("/alerts/opportunities/due/", about=["deadline"])
    reader.run(1)
    assert "in 14 days" in reader.box[0].body


def test_deadline_that_moved_is_told_and_reminded_of_anew(reader):
    item = published(slug="due", application="by-deadline")
    deadline = DeadlineFactory(opportunity=item, on=date(2026, 12, 14), zone="UTC")
    reader.begin("/alerts/opportunities/due/", about=["deadline", "change"])
    reader.run(7)
    reader.box.clear()
    a_week_later = time_machine.travel(reader.start + timedelta(days=7), tick=False)
    with a_week_later, editorial.revise(item, by=UserFactory(), reason="They moved it"):
        deadline.on = date(2026, 12, 24)
        deadline.save()
    reader.run(8)
    assert "Deadline: 14 December 2026 · UTC → 24 December 2026 · UTC" in reader.box[0].body
    reader.run(17)
    assert len(reader.box) == 2 and "in 14 days" in reader.box[1].body


def test_cancellation_is_told_whatever_was_waited_for(reader):
    item = OpportunityFactory(published=True, slug="silk", title="Silk Road grant")
    reader.begin("/alerts/opportunities/silk/", about=["opening"])
    OpportunityCitationFactory(opportunity=item, fact="cancellation")
    reader.run(1)
    reader.run(2)
    (mail,) = reader.box
    assert mail.subject == "Silk Road grant" and "> Cancelled: " in mail.body


def test_withdrawal_is_told_with_its_reason_and_nothing_else_of_it(reader):
    item = published(slug="silk", title="Zanzibarite")
    reader.begin("/alerts/opportunities/silk/", about=["change"])
    editorial.withdraw(item, by=UserFactory(), reason="It was a false offer.")
    reader.run(1)
    reader.run(2)
    (mail,) = reader.box
    assert mail.subject == "Something you follow was withdrawn"
    for part in (mail.body, mail.alternatives[0][0]):
        assert "It was a false offer." in part and "/opportunities/silk/" in part
        assert "Zanzibarite" not in part


def test_example_says_so_in_subject_text_and_html(reader):
    reader.begin()
    published(title="A prize", is_example=True)
    reader.run(1)
    mail = reader.box[0]
    assert mail.subject == "Example, not real: A prize"
    assert "Example, not real: A prize" in mail.body
    assert "Example, not real: A prize" in mail.alternatives[0][0]


def test_mail_and_its_links_are_in_the_readers_language(reader):
    published(kind="festival")
    reader.ask("/fr/alerts/new/?kind=festival")
    reader.run()
    assert "/fr/alerts/confirm/" in reader.box[0].body
    reader.confirm()
    published(kind="festival", title="Fête")
    reader.run(1)
    assert "/fr/alerts/stop/" in reader.box[-1].body
    assert "/fr/opportunities/" in reader.box[-1].body
    assert 'lang="fr"' in reader.box[-1].alternatives[0][0]


@pytest.mark.parametrize("state", ["withdrawn", "draft"])
def test_what_was_hidden_meanwhile_is_not_told(reader, state):
    reader.begin()
    item = published(slug="zanzibarite", title="Zanzibarite")
    published(title="Shown")
    follower.bring_up()
    make_digest(Subscriber.objects.get(), reader.start + timedelta(days=1))
    assert Outbox.objects.filter(opportunity=item).exists()
    type(item).objects.filter(pk=item.pk).update(status=state, withdrawn_because="No")
    reader.run(1)
    assert reader.box[0].subject == "Shown"
    assert "anzibarite" not in reader.box[0].body + reader.box[0].alternatives[0][0]


def test_filter_no_longer_understood_sends_nothing_and_says_so_once(reader):
    SectorFactory(slug="energy")
    sector = SectorFactory(slug="bygone")
    reader.begin("/alerts/new/?sector=bygone")
    published(title="Everything would match")
    sector.delete()
    for day in (1, 2, 3):
        reader.run(day)
    (mail,) = reader.box
    assert mail.subject == "An alert of yours is no longer understood"
    assert "Everything would match" not in mail.body
    assert "/opportunities/?sector=bygone" in mail.body


def test_parameter_no_longer_known_counts_as_not_understood(reader):
    alert = reader.begin("/alerts/new/?kind=festival")
    Alert.objects.filter(pk=alert.pk).update(asked="kind=festival&mood=happy")
    published(kind="festival", title="Would match")
    reader.run(1)
    assert "no longer understood" in reader.box[0].subject


def test_mark_advances_only_once_the_mail_was_accepted(reader, monkeypatch):
    reader.begin()
    published(title="Must arrive")
    send = locmem.EmailBackend.send_messages

    def refuse(self, messages):
        raise OSError("down: amina@reader.example")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    reader.run(1)
    alert = Alert.objects.get()
    first = Mail.objects.get(purpose="digest")
    assert first.done_at is None
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)
    reader.run(1, minutes=4)
    assert reader.box == []  # backing off
    reader.run(1, minutes=6)
    assert reader.box[0].extra_headers["Message-ID"] == first.message_id
    assert reader.box[0].subject == "Must arrive"
    assert Alert.objects.get().seen != alert.seen


def test_only_hashes_of_tokens_are_kept(reader):
    reader.ask()
    reader.run()
    secret = reader.link("confirm").split("/")[-2]
    assert not Token.objects.filter(hash=secret).exists()
    assert secret not in str(list(Token.objects.values()))
