"""Everything of the second step of “Read an article”, read from one POST."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.drafting import NotDrafted, OfferDecision, Proposal, ProposedOffer
from opportunities.editorial import Problems
from opportunities.models import Opportunity
from opportunities.preview import preview_url

from .hand_form import HandForm
from .offer_forms import Shared
from .partnership_form import PartnershipForm, ProblemForm
from .read_offer_form import ReadOfferForm

BY_HAND = 2
"""Rows for what was not recognised."""


class DoneForm(ProblemForm):
    """What was drafted from this article before; it is edited where it stands."""

    publish = forms.BooleanField(label=_("Publish it too"), required=False, initial=True)

    def __init__(self, proposed: ProposedOffer, data, sent):
        """`sent`: what the row held in a form that was opened before it was drafted."""
        super().__init__(data, prefix=f"done-{proposed.before.opportunity_id}")
        self.proposed = proposed
        self.typed = typed_beside(proposed, sent or {})

    def clean(self) -> dict:
        if self.typed:
            self.add_error(
                None,
                _(
                    "Somebody drafted this meanwhile. What you typed stands below: take over what you need."
                ),
            )
        return super().clean()

    @property
    def preview_url(self) -> str:
        return preview_url(self.proposed.before.opportunity)


def typed_beside(proposed: ProposedOffer, sent) -> list[str]:
    """A title and a summary that are neither as proposed nor those of the draft that was made."""
    typed = tuple(sent.get(f"{proposed.key}-{name}", "").strip() for name in ("title", "summary"))
    if not any(typed) or typed == (proposed.title, proposed.summary):
        return []
    drafted = proposed.before.opportunity.words.values_list("title", "summary")
    return [] if typed in drafted else [said for said in typed if said]


class ReadingForms:
    """`waiting`: only these rows are as they were sent, for the others were done."""

    def __init__(self, proposal: Proposal, may_change, data=None, waiting: list[str] | None = None):
        self.shared = Shared(proposal, may_change)
        self.proposal = proposal
        self.data = data
        self.waiting = waiting
        self.partnership = PartnershipForm(
            proposal.partnership, proposal.article.text, self.sent(NotDrafted.PARTNERSHIP)
        )
        self.rows = [self.row(proposed) for proposed in proposal.offers]
        keys = [f"hand-{n}" for n in range(BY_HAND)]
        self.by_hand = [HandForm(self.shared, key, self.sent(key)) for key in keys]

    def sent(self, key: str):
        return self.data if self.waiting is None or key in self.waiting else None

    def row(self, proposed: ProposedOffer) -> "ReadOfferForm | DoneForm":
        if proposed.is_done:
            done = self.sent(f"done-{proposed.before.opportunity_id}")
            return DoneForm(proposed, done, self.sent(proposed.key))
        return ReadOfferForm(self.shared, proposed, self.sent(proposed.key))

    @property
    def open_rows(self) -> list[ReadOfferForm]:
        return [row for row in self.rows if isinstance(row, ReadOfferForm)]

    @property
    def used_by_hand(self) -> list[HandForm]:
        return [form for form in self.by_hand if form.has_changed()]

    def all(self) -> Iterator[ProblemForm]:
        yield self.partnership
        yield from self.rows
        yield from self.by_hand

    def are_valid(self) -> bool:
        forms = [self.partnership, *self.rows, *self.used_by_hand]
        return all([form.is_valid() for form in forms])

    def decisions(self) -> list[OfferDecision]:
        return [form.decision() for form in [*self.open_rows, *self.used_by_hand]]

    def also_publish(self) -> list[Opportunity]:
        done = [row for row in self.rows if isinstance(row, DoneForm)]
        items = {
            row.proposed.before.opportunity_id: row.proposed.before.opportunity
            for row in done
            if row.cleaned_data["publish"]
        }
        return [o for o in items.values() if not o.was_published and self.shared.may_change(o)]

    def show(self, problems: dict[str, Problems]) -> None:
        for form in self.all():
            if form.prefix in problems:
                form.show(problems[form.prefix])

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.all() if form not in self.unused)

    @property
    def unused(self) -> list[HandForm]:
        return [form for form in self.by_hand if not form.has_changed()]
