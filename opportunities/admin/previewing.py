"""What the public would see of drafts that are not written yet."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from opportunities import editorial
from opportunities.cards import cards_of
from opportunities.drafting import Written
from opportunities.models import Opportunity
from partnerships.models import EditorialStatus, Partnership

from .reading_forms import ReadingForms


@dataclass
class Preview:
    """What the public would see, and what stands in the way of it."""

    cards: list[str]
    missing: list[tuple[str, list[str]]]
    shown: int


def look(decided: Callable[[], Written], forms: ReadingForms) -> Preview:
    """Everything is written, shown as if it were public, and taken back. Raises NotDrafted."""
    with transaction.atomic():
        written = decided()
        items = [*forms.also_publish(), *written.drafted, *written.merged]
        preview = Preview(
            missing=missing_in([written.partnership, *items]),
            shown=editorial.characters_if_published(forms.proposal.article),
            cards=cards_as_public(written.partnership, items),
        )
        transaction.set_rollback(True)
    return preview


def missing_in(items: list) -> list[tuple[str, list[str]]]:
    """What publishing still needs of each that is hidden."""
    return [
        (str(item), [said for messages in problems.values() for said in messages])
        for item in items
        if item and not item.is_visible and (problems := editorial.publication_problems(item))
    ]


def cards_as_public(partnership: Partnership | None, items: list[Opportunity]) -> list[str]:
    """Inside a transaction that is taken back: the cards as the public would see them."""
    now = timezone.now()
    public = {"status": EditorialStatus.PUBLISHED, "published_at": now, "withdrawn_because": ""}
    if partnership:
        Partnership.objects.filter(pk=partnership.pk).update(**public)
    ids = [item.pk for item in items]
    shown = Opportunity.objects.filter(pk__in=ids)
    shown.update(**public)
    shown.filter(verified_on=None).update(verified_on=now.date())
    cards = cards_of(Opportunity.objects.visible().for_listing(ids), now)
    return [
        render_to_string("opportunities/_card.html", {"card": c, "is_preview": True}) for c in cards
    ]
