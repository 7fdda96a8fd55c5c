"""Subscribers and opportunities in a database of their own: `python -m … HOW_MANY` fills it, and
without a number tells how many mails are not done yet."""

import sys
from datetime import timedelta

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import transaction
from django.utils import timezone

from opportunities.models import Alert, Mail, Subscriber
from tests.factories import OpportunityFactory
from tests.indexing import index_everything

KINDS = {"scholarship": 8, "festival": 3}


@transaction.atomic
def fill(many: int) -> None:
    for kind, count in KINDS.items():
        for n in range(count):
            OpportunityFactory(published=True, called=True, kind=kind, title=f"{kind} number {n};")
    index_everything()
    asked_at = timezone.now() - timedelta(days=2)
    for n in range(many):
        subscriber = Subscriber.objects.create(
            email=f"reader{n}@reader.example", created_at=asked_at, wanted_at=asked_at
        )
        for kind in wanted(n):
            Alert.objects.create(
                subscriber=subscriber,
                asked=f"kind={kind}",
                asked_at=asked_at,
                confirmed_at=asked_at,
            )


def wanted(n: int) -> list[str]:
    """By the number in a reader's address: one kind, or the other, or both."""
    return [["scholarship"], ["festival"], ["scholarship", "festival"]][n % 3]


def expected(n: int) -> list[str]:
    return sorted(f"{kind} number {k};" for kind in wanted(n) for k in range(KINDS[kind]))


if __name__ == "__main__":
    if sys.argv[1:]:
        fill(int(sys.argv[1]))
    else:
        sys.stdout.write(str(Mail.objects.filter(done_at=None).count()))
