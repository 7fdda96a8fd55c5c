"""An offer that was read from the article, and what the editor makes of it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from opportunities.choices import Application
from opportunities.drafting import Action, ProposedOffer
from opportunities.models import Opportunity, ReadOffer
from opportunities.recognise import Standing

from .offer_forms import OfferForm, Shared


class ReadOfferForm(OfferForm):
    def __init__(self, shared: "Shared", proposed: ProposedOffer, data=None):
        self.proposed = proposed
        self.shared = shared
        offer = proposed.offer
        slugs = [sector.slug for sector in proposed.sectors]
        targets = self.targets()
        action = proposed.action
        if action == Action.MERGE and not (targets and targets[0] == proposed.likely[0]):
            action = Action.DISCARD if proposed.is_cancelled else Action.DRAFT
        super().__init__(
            shared,
            proposed.key,
            data,
            initial={
                "action": action,
                "seen": proposed.state,
                "into": str(targets[0].pk) if targets else "",
                "quote": offer.quote,
                "kind": offer.kind,
                "title": proposed.title,
                "summary": proposed.summary,
                **{f"sector_{n}": slug for n, slug in enumerate(slugs, start=1)},
                "audiences": proposed.audiences,
                "places_available": offer.places_available,
                "deadline": offer.deadline,
                "language": proposed.language,
                "speaker_role": offer.speaker_role if offer.speaker_name else "outlet",
                "speaker_name": offer.speaker_name,
                "is_call": offer.standing == Standing.CALL,
                "official_page": shared.article.address,
                "application": Application.BY_DEADLINE if offer.deadline else "",
            },
        )

    def clean(self) -> dict:
        """What somebody decided after this form was opened is not undone unseen."""
        data = super().clean()
        is_kept = data.get("action") in {Action.DRAFT, Action.MERGE}
        if is_kept and data.get("seen", "") != self.proposed.state:
            self.now_seen("seen", self.proposed.state)
            self.add_error("action", self.said_meanwhile())
        return data

    def said_meanwhile(self) -> str:
        if self.proposed.before.outcome == ReadOffer.Outcome.DISCARDED:
            return _("Somebody left this out meanwhile; send it again only if you disagree.")
        return _("Its draft was deleted meanwhile; send it again only if you disagree.")

    def targets(self) -> Sequence[Opportunity]:
        return [o for o in self.proposed.likely if self.shared.may_change(o)]

    def actions(self) -> list:
        merge = _("Add to another, as further evidence")
        if self.proposed.is_cancelled:
            merge = _("Cancels another")
        return [
            (Action.DRAFT, _("A new draft")),
            (Action.MERGE, merge),
            (Action.DISCARD, _("Leave it out")),
        ]

    def words_read(self) -> tuple:
        """Facts that rest on the sentence as it was read rest on it as it is quoted."""
        offer = self.proposed.offer
        start, quote = self.cleaned_data["quote"] or (offer.start, offer.quote)
        bases = [
            basis._replace(start=start, quote=quote)
            if (basis.start, basis.quote) == (offer.start, offer.quote)
            else basis
            for basis in self.proposed.bases
        ]
        return offer.kind, offer.start, offer.quote, bases
