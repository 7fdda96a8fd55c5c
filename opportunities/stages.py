"""Is it real yet? The stage of an opportunity, computed whenever it is asked for, stored nowhere.

`stage` is the rule; `stage_case` is its twin in SQL, over the columns that
`OpportunityQuerySet.with_stage_facts` annotates. One table of cases runs against both.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Case, CharField, Q, Value, When

from .choices import Application, Stage


@dataclass(frozen=True)
class StageFacts:
    """What the stage of one opportunity depends on; instants are aware datetimes."""

    is_cancelled: bool
    has_official_call: bool
    evidence_on: date | None
    application: str
    opens_at: datetime | None = None
    closes_at: Collection[datetime] = ()
    ends_at: datetime | None = None


def stage(facts: StageFacts, now: datetime) -> Stage:
    """PRODUCT §2: the first that matches."""
    if facts.is_cancelled:
        return Stage.CANCELLED
    if not facts.has_official_call:
        return Stage.LAPSED if has_lapsed(facts.evidence_on, now) else Stage.ANNOUNCED
    if facts.opens_at and now < facts.opens_at:
        return Stage.UPCOMING
    return Stage.CLOSED if is_over(facts, now) else Stage.OPEN


def has_lapsed(evidence_on: date | None, now: datetime) -> bool:
    return evidence_on is not None and now >= lapses_at(evidence_on)


def lapses_at(evidence_on: date) -> datetime:
    """00:00 UTC of the day from which silence counts as "no call found"."""
    day = evidence_on + timedelta(days=settings.LAPSE_AFTER_DAYS)
    return datetime.combine(day, time(0), tzinfo=UTC)


def is_over(facts: StageFacts, now: datetime) -> bool:
    at = over_at(facts)
    return at is not None and now >= at


def over_at(facts: StageFacts) -> datetime | None:
    """The instant at which what is called for is over; None where none is known."""
    if facts.application == Application.BY_DEADLINE:
        return max(facts.closes_at, default=None)
    return facts.ends_at


def stage_case(now: datetime) -> Case:
    """The same rule over `is_cancelled`, `has_official_call`, `evidence_on`, `last_closes_at`."""
    last_day = now.astimezone(UTC).date() - timedelta(days=settings.LAPSE_AFTER_DAYS)
    by_deadline = Q(application=Application.BY_DEADLINE)
    is_over = (by_deadline & Q(last_closes_at__lte=now)) | (~by_deadline & Q(ends_at__lte=now))
    return Case(
        When(is_cancelled=True, then=Value(Stage.CANCELLED)),
        When(has_official_call=False, evidence_on__lte=last_day, then=Value(Stage.LAPSED)),
        When(has_official_call=False, then=Value(Stage.ANNOUNCED)),
        When(opens_at__gt=now, then=Value(Stage.UPCOMING)),
        When(is_over, then=Value(Stage.CLOSED)),
        default=Value(Stage.OPEN),
        output_field=CharField(),
    )


# --- Freshness: an item not re-checked within its days says so and comes after the others


def verify_by(at_stage: str, application: str, verified_on: date | None) -> date | None:
    """The first UTC day on which it counts as not re-checked; None where no check is due."""
    days = {
        Stage.OPEN: settings.VERIFY_WITHIN_DAYS[
            "rolling" if application == Application.ROLLING else "open"
        ],
        Stage.UPCOMING: settings.VERIFY_WITHIN_DAYS["open"],
        Stage.ANNOUNCED: settings.VERIFY_WITHIN_DAYS["announced"],
    }.get(at_stage)
    if days is None:
        return None
    return date.min if verified_on is None else verified_on + timedelta(days=days + 1)


def is_stale(at_stage: str, application: str, verified_on: date | None, now: datetime) -> bool:
    due = verify_by(at_stage, application, verified_on)
    return due is not None and now.astimezone(UTC).date() >= due
