"""Somebody who asks, confirms and gets mail, as the site and the cron job make it happen."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

from opportunities.alerts.sending import send_alerts
from opportunities.models import Alert, Subscriber
from tests.indexing import follower

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LINK = r"/alerts/%s/[\w-]{43}/"


@dataclass
class Reader:
    client: object
    box: list
    start: object
    email: str = "amina@reader.example"

    def ask(self, path="/alerts/new/", **data):
        given = {"email": self.email, "how_often": "daily"} | data
        return self.client.post(path, given, **OURS)

    def run(self, days: int = 0, **more) -> str:
        """The cron job, so much later."""
        now = self.start + timedelta(days=days, **more)
        with time_machine.travel(now, tick=False):
            follower.bring_up()
            return send_alerts(now)

    def link(self, purpose: str, mail=None) -> str:
        """The address in the newest mail, or in the one given."""
        return re.search(r"(/fr)?" + LINK % purpose, (mail or self.box[-1]).body)[0]

    def confirm(self):
        url = self.link("confirm")
        ids = re.findall(r'name="alert" value="(\d+)"', self.client.get(url).content.decode())
        return self.client.post(url, {"alert": ids})

    def begin(self, path="/alerts/new/", **data) -> Alert:
        """An alert asked for and confirmed; the mails of that are taken away."""
        self.ask(path, **data)
        self.run()
        self.confirm()
        self.box.clear()
        return Subscriber.objects.get(email=self.email).alerts.last()


@pytest.fixture
def reader(client, mailoutbox, now):
    return Reader(client, mailoutbox, now)
