"""What a filter finds now that was not told yet, in the order of its listing."""

from datetime import datetime

from pyroaring import BitMap

from opportunities.filters import Query
from opportunities.models import Alert, Opportunity
from opportunities.search.answer import first_ids, matching_ids

MOST_IN_A_MAIL = 30


def seen_by(alert: Alert) -> BitMap:
    return BitMap.deserialize(bytes(alert.seen)) if alert.seen else BitMap()


def seen_now(query: Query, now: datetime) -> bytes:
    """What the listing shows whoever asks for an alert on it."""
    return matching_ids(query, now).serialize()


def unseen(alert: Alert, query: Query, now: datetime) -> BitMap:
    """What the filter finds that was neither there when it was asked for nor mailed since."""
    told = alert.outbox.filter(kind="match").values_list("opportunity", flat=True)
    return matching_ids(query, now) - seen_by(alert) - BitMap(told)


def is_full(matches: int) -> bool:
    """Whether a mail of so many has left some for the next."""
    return matches >= MOST_IN_A_MAIL


def new_matches(alert: Alert, query: Query, now: datetime) -> list[int]:
    """Those for the next mail. What there is no room for waits for the one after."""
    found = unseen(alert, query, now)
    if not found:
        return []
    ids = first_ids(query, now, MOST_IN_A_MAIL, among=found)
    visible = Opportunity.objects.visible().filter(pk__in=ids).values_list("pk", flat=True)
    return [pk for pk in ids if pk in set(visible)]
