"""Writes what an editor decided: a partnership, drafts with their citations, further evidence.

All of it or nothing. What is drafted is not public; what is public already is changed through
`editorial`, with its reason on the record.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opportunities import editorial
from opportunities.models import Opportunity, ReadOffer
from partnerships.models import Article, Country, Partnership

from . import matching
from .decisions import NEW, Action, NotDrafted, OfferDecision, PartnershipDecision
from .writing import Writing

Outcome = ReadOffer.Outcome


@dataclass
class Written:
    partnership: Partnership | None = None
    drafted: list[Opportunity] = field(default_factory=list)
    merged: list[Opportunity] = field(default_factory=list)
    discarded: int = 0
    published: list = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Keys of what was left undone, for the public would see it."""


def decide(
    article: Article,
    brings: PartnershipDecision,
    offers: Iterable[OfferDecision],
    *,
    by,
    may_change: Callable[[object], bool] = lambda item: True,
    publish: bool = False,
    spares_public: bool = False,
    also_publish: Iterable[Opportunity] = (),
    now: datetime | None = None,
) -> Written:
    """Raises NotDrafted. `may_change` tells what of what exists `by` may touch; `also_publish` are
    drafts of this article made earlier; `spares_public` leaves undone what adds to something public."""
    with transaction.atomic():
        # One of two that were sent at once waits here, and then finds what the first has made.
        Article.objects.select_for_update().get(pk=article.pk)
        writing = Writing(article, by, may_change, now or timezone.now())
        deciding = Deciding(writing, spares_public)
        deciding.bring(brings)
        for offer in offers:
            deciding.take(offer)
        if publish and not deciding.problems:
            deciding.publish(also_publish)
        if deciding.problems:
            raise NotDrafted(deciding.problems)
    return deciding.written


class Deciding:
    def __init__(self, writing: Writing, spares_public: bool = False):
        self.writing = writing
        self.spares_public = spares_public
        self.article = writing.article
        self.problems: dict[str, dict[str, list[str]]] = {}
        self.keys: dict[int, str] = {}  # of the drafts, by pk
        self.before = matching.read_before(writing.article)
        self.written = Written()

    @contextmanager
    def noting(self, key: str) -> Iterator[None]:
        """What was refused is kept for its place in the form, and the rest goes on being looked at."""
        try:
            with transaction.atomic():
                yield
        except ValidationError as refused:
            said = (
                refused.message_dict
                if hasattr(refused, "error_dict")
                else {NON_FIELD_ERRORS: refused.messages}
            )
            self.problems.setdefault(key, {}).update(said)

    # --- The partnership

    def bring(self, decision: PartnershipDecision) -> None:
        writing = self.writing
        writing.parties = next((b for b in decision.bases if b.fact == "parties"), None)
        with self.noting(NotDrafted.PARTNERSHIP):
            if decision.chosen == NEW:
                writing.partnership = self.made_already(decision) or self.make(decision)
            elif decision.chosen:
                writing.partnership = decision.chosen
                self.extend(decision.chosen, decision)
        self.written.partnership = writing.partnership

    def make(self, decision: PartnershipDecision) -> Partnership:
        other = decision.unseen
        if other and matching.parties_of(other) == parties_of(decision):
            raise ValidationError({"chosen": _("This partnership was made meanwhile; choose it.")})
        return self.writing.make(decision)

    def extend(self, partnership: Partnership, decision: PartnershipDecision) -> None:
        if not self.writing.adds_to(partnership, decision):
            return
        if self.spares_public and partnership.is_visible:
            self.written.waiting.append(NotDrafted.PARTNERSHIP)
        else:
            self.writing.extend(partnership, decision)

    def made_already(self, decision: PartnershipDecision) -> Partnership | None:
        """Sent twice: of the same parties, resting on this very article, by the same person."""
        rows = Partnership.objects.filter(
            citations__article=self.article, created_by=self.writing.by
        )
        found = rows.distinct().for_names()
        return next((p for p in found if matching.parties_of(p) == parties_of(decision)), None)

    # --- The offers

    def take(self, offer: OfferDecision) -> None:
        if row := self.settled(offer):
            if offer.is_by_hand and not is_sent_again(offer, row.opportunity):
                with self.noting(offer.key):
                    raise ValidationError({"quote": made_of_it(row.opportunity)})
            return
        if offer.action == Action.MERGE and self.spares_public and offer.into.is_visible:
            self.written.waiting.append(offer.key)
            return
        with self.noting(offer.key):
            if offer.action == Action.DRAFT:
                made = self.writing.draft(offer)
                self.keys[made.pk] = offer.key
                self.written.drafted.append(made)
                self.remember(offer, Outcome.DRAFTED, made)
            elif offer.action == Action.MERGE:
                self.writing.merge(offer)
                self.written.merged.append(offer.into)
                self.remember(offer, Outcome.MERGED, offer.into)
            else:
                self.written.discarded += 1
                self.remember(offer, Outcome.DISCARDED, None)

    def settled(self, offer: OfferDecision) -> ReadOffer | None:
        """Something stands already that was made of it, here or of a reprint."""
        where = self.article, offer.read_kind, offer.start, offer.quote
        made = (row for row in self.before if row.opportunity)
        return next((row for row in made if matching.is_same_offer(row, *where)), None)

    def remember(self, offer: OfferDecision, outcome: str, opportunity: Opportunity | None) -> None:
        ReadOffer.objects.update_or_create(
            article=self.article,
            kind=offer.read_kind,
            start=offer.start,
            defaults={
                "quote": offer.quote,
                "outcome": outcome,
                "opportunity": opportunity,
                "by": self.writing.by,
                "at": self.writing.now,
            },
        )

    # --- Before the public

    def publish(self, earlier: Iterable[Opportunity]) -> None:
        partnership = self.written.partnership
        if partnership and not partnership.is_visible:
            with self.noting(NotDrafted.PARTNERSHIP):
                editorial.publish(partnership, by=self.writing.by, now=self.writing.now)
                self.written.published.append(partnership)
        for opportunity in [*earlier, *self.written.drafted]:
            with self.noting(self.keys.get(opportunity.pk, f"done-{opportunity.pk}")):
                editorial.publish(opportunity, by=self.writing.by, now=self.writing.now)
                self.written.published.append(opportunity)


def parties_of(decision: PartnershipDecision) -> tuple[set[str], set[int]]:
    """As `matching` tells those of a partnership."""
    countries = {party.pk for party in decision.parties if isinstance(party, Country)}
    return countries, {party.pk for party in decision.parties} - countries


def is_sent_again(offer: OfferDecision, made: Opportunity) -> bool:
    written = {(words.title, words.summary) for words in made.words.all()}
    return made.kind == offer.kind and (offer.title, offer.summary) in written


def made_of_it(made: Opportunity) -> str:
    return _("“%(title)s” (%(kind)s) was made of these words already; change it there.") % {
        "title": made,
        "kind": made.get_kind_display(),
    }
