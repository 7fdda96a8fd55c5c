"""What waits for an editor: in review, closing soon, not checked in time, no call found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Application, Stage
from opportunities.models import Deadline, Opportunity

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Need:
    label: Promise
    rows: Callable[[datetime], Q]  # over `with_stage` columns


def closing(now: datetime) -> Q:
    """Open, and some deadline passes within seven days."""
    soon = Deadline.objects.filter(
        opportunity=OuterRef("pk"), closes_at__gt=now, closes_at__lte=now + SOON
    )
    return Q(Exists(soon), stage=Stage.OPEN)


def stale(now: datetime) -> Q:
    """The twin of `stages.is_stale`."""
    within = settings.VERIFY_WITHIN_DAYS
    rolling = Q(application=Application.ROLLING)
    return (
        Q(not_checked_for(within["open"], now), stage=Stage.UPCOMING)
        | (Q(not_checked_for(within["open"], now), stage=Stage.OPEN) & ~rolling)
        | Q(rolling, not_checked_for(within["rolling"], now), stage=Stage.OPEN)
        | Q(not_checked_for(within["announced"], now), stage=Stage.ANNOUNCED)
    )


def not_checked_for(days: int, now: datetime) -> Q:
    last_good = now.astimezone(UTC).date() - timedelta(days=days)
    return Q(verified_on=None) | Q(verified_on__lt=last_good)


OF_THE_PUBLISHED = {
    "closing": Need(_("closing within 7 days"), closing),
    "stale": Need(_("not checked in time"), stale),
    "lapsed": Need(_("no call found"), lambda now: Q(stage=Stage.LAPSED)),
}


def counts(now: datetime) -> dict[str, int]:
    """How many published opportunities have each need, in one query."""
    return (
        Opportunity.objects.visible()
        .with_stage(now)
        .aggregate(
            **{name: Count("pk", filter=need.rows(now)) for name, need in OF_THE_PUBLISHED.items()}
        )
    )
