"""The verbs of editors: submit, publish, revise, withdraw, remove.

Everything that changes what readers see goes through here: each verb checks what must hold, writes
the append-only record, keeps former addresses and indexes what it touched, in one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import (
    REFERENCE,
    Article,
    Citation,
    EditorialStatus,
    Organisation,
    Partnership,
    PartnershipChange,
    PartnershipCitation,
    Version,
)
from partnerships.models.publishing import is_given_away, refuse_given_away
from partnerships.quotes import characters_shown
from partnerships.validators import validate_plain_text

from .choices import Application, RuleKind
from .facts import Snapshot, facts_of
from .models import (
    Opportunity,
    OpportunityChange,
    OpportunityCitation,
)
from .models.opportunity import MAX_SECTORS
from .search import index

Item = Opportunity | Partnership
Problems = dict[str, list[str]]


# --- What publishing needs


def publication_problems(item: Item) -> Problems:
    """What is missing or too much before the public may see it, by the field it belongs to."""
    if isinstance(item, Partnership):
        problems = partnership_problems(item)
    else:
        problems = opportunity_problems(item)
    if is_given_away(item):
        problems["slug"] = [_("This address led to something else once; choose another.")]
    return problems | quote_problems(item)


def opportunity_problems(item: Opportunity) -> Problems:
    item = Opportunity.objects.for_card().get(pk=item.pk)
    words = item.words_in(None)
    sectors = item.sectors.all()
    problems: Problems = {}
    if not (words and words.title):
        problems["title"] = [_("Give it a title.")]
    if not (words and words.summary):
        problems["summary"] = [_("Say in a summary what it is.")]
    if words and not words.is_original:
        problems["words"] = [_("Mark one version of the words as the original.")]
    if not item.kind:
        problems["kind"] = [_("Choose a kind.")]
    if not item.citations.all():
        problems["citations"] = [_("Cite at least one article for it.")]
    if not sectors:
        problems["sectors"] = [_("Choose at least one sector.")]
    if len(sectors) > MAX_SECTORS:
        problems["sectors"] = [_("Choose at most three sectors.")]
    if item.rules.filter(kind=RuleKind.COUNTRIES, countries=None, groupings=None).exists():
        problems["rules"] = [_("Name the countries or groupings a rule on countries is about.")]
    return problems | application_problems(item)


def application_problems(item: Opportunity) -> Problems:
    problems: Problems = {}
    deadlines = item.deadlines.all()
    if item.official_calls:
        if not item.official_page:
            problems["official_page"] = [_("With an official call cited, give the official page.")]
        if not item.application:
            problems["application"] = [_("With an official call cited, say how one applies.")]
    if item.application == Application.BY_DEADLINE and not deadlines:
        problems["deadlines"] = [_("Add at least one deadline, or choose another way to apply.")]
    if item.application in {Application.ROLLING, Application.NOT_NEEDED} and deadlines:
        problems["deadlines"] = [_("Remove the deadlines, or choose “by a deadline”.")]
    return problems


def partnership_problems(item: Partnership) -> Problems:
    problems: Problems = {}
    if item.parties.count() < 2:
        problems["parties"] = [_("Name at least two parties.")]
    if not item.citations.exists():
        problems["citations"] = [_("Cite at least one article for it.")]
    return problems


def quote_problems(item: Item) -> Problems:
    """Quotes of one article, on all public pages and this one together, stay within the limit."""
    own = type(item).citations.rel.related_model.objects
    articles = own.filter(**{type(item)._meta.model_name: item}).values_list("article", flat=True)
    for article in Article.objects.filter(pk__in=articles):
        shown = characters_of(article, item)
        if shown > Citation.MAX_SHOWN_OF_ONE_ARTICLE:
            return {
                "citations": [
                    _(
                        "Our pages would show %(shown)s characters of “%(article)s”; at most "
                        "%(most)s may be quoted. Shorten the quotes."
                    )
                    % {
                        "shown": shown,
                        "article": article,
                        "most": Citation.MAX_SHOWN_OF_ONE_ARTICLE,
                    }
                ]
            }
    return {}


def characters_of(article: Article, item: Item | None = None) -> int:
    """Characters of an article shown by all that is public, and by `item` as if it were."""
    quotes = set()
    for citations in (PartnershipCitation.objects, OpportunityCitation.objects):
        quotes |= set(citations.visible().filter(article=article).values_list("start", "quote"))
    if item is not None:
        quotes |= set(item.citations.filter(article=article).values_list("start", "quote"))
    return characters_shown(quotes)


def characters_if_published(article: Article) -> int:
    """Characters of an article that would show if every draft that cites it were public too."""
    quotes = set()
    for item, citations in (
        ("partnership", PartnershipCitation.objects),
        ("opportunity", OpportunityCitation.objects),
    ):
        kept = citations.filter(article=article).exclude(
            **{f"{item}__status": EditorialStatus.WITHDRAWN}
        )
        quotes |= set(kept.values_list("start", "quote"))
    return characters_shown(quotes)


def refuse_if(problems: Problems) -> None:
    if problems:
        raise ValidationError(problems)


def refuse_for(item: Item, problems: Problems) -> None:
    """The same, said on the page of something else: which item would break, and of what."""
    if problems:
        raise ValidationError(
            [
                _("“%(item)s” rests on this: %(problem)s") % {"item": item, "problem": problem}
                for messages in problems.values()
                for problem in messages
            ]
        )


# --- Moving through the desk


@transaction.atomic
def submit_for_review(item: Item, *, by) -> None:
    """Draft → in review. Raises ValidationError where it is no draft or something is missing."""
    item = locked(item)
    if item.status != EditorialStatus.DRAFT:
        raise ValidationError(_("Only a draft can be submitted for review."))
    refuse_if(publication_problems(item))
    move(item, EditorialStatus.IN_REVIEW)


@transaction.atomic
def send_back(item: Item, *, by) -> None:
    """In review → draft, so that its author can go on."""
    item = locked(item)
    if item.status != EditorialStatus.IN_REVIEW:
        raise ValidationError(_("Only what is in review can be sent back."))
    move(item, EditorialStatus.DRAFT)


@transaction.atomic
def publish(item: Item, *, by, now: datetime | None = None) -> None:
    """Put it before the public. Raises ValidationError naming what is missing, by field."""
    now = now or timezone.now()
    before = (item := locked(item)).status
    if before == EditorialStatus.PUBLISHED:
        raise ValidationError(_("It is published already."))
    refuse_if(publication_problems(item))
    item.published_at = item.published_at or now
    item.withdrawn_because = ""
    if isinstance(item, Opportunity) and item.verified_on is None:
        item.verified_on = now.astimezone(UTC).date()
    move(item, EditorialStatus.PUBLISHED)
    record(item, "status", before, EditorialStatus.PUBLISHED, by=by, at=now)
    reindex(item)


@transaction.atomic
def withdraw(item: Item, *, by, reason: str, now: datetime | None = None) -> None:
    """Take it from the public; its page answers 410 with the reason."""
    item = locked(item)
    if item.status != EditorialStatus.PUBLISHED:
        raise ValidationError(_("Only what is published can be withdrawn."))
    item.withdrawn_because = stated(reason, _("Say why it is withdrawn; readers see the reason."))
    move(item, EditorialStatus.WITHDRAWN)
    record(
        item,
        "status",
        EditorialStatus.PUBLISHED,
        EditorialStatus.WITHDRAWN,
        by=by,
        reason=item.withdrawn_because,
        at=now,
    )
    reindex(item)


def stated(reason: str, otherwise: str) -> str:
    """The reason as readers will see it. Raises ValidationError, saying `otherwise`, for a blank."""
    try:
        validate_plain_text(reason)
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error
    if not reason.strip():
        raise ValidationError({"reason": otherwise})
    return reason.strip()


def reindex(*items: Item) -> None:
    """What is found follows what is said, in the same transaction: a partnership's part is
    expanded when asked, so there it is enough that workers hear of it."""
    if any(isinstance(item, Partnership) for item in items):
        Version.objects.bump(REFERENCE)
    if touched := [item.pk for item in items if isinstance(item, Opportunity)]:
        index.write(touched)


def locked(item: Item) -> Item:
    """The row as it is now, held until the transaction ends: one of two editors wins."""
    return type(item).objects.select_for_update().get(pk=item.pk)


def move(item: Item, status: str) -> None:
    item.status = status
    item.updated_at = timezone.now()
    item.save()


# --- Editing what readers see


@contextmanager
def revise(item: Item, *, by, reason: str = "", article: Article | None = None) -> Iterator[None]:
    """Save an edit inside: `with revise(opportunity, by=user, reason="…"): form.save()`.

    Of something public it records each fact that changed, keeps the former address, and refuses
    (ValidationError, everything rolled back) what could not have been published.
    """
    with transaction.atomic():
        held = locked(item)
        before = facts_of(held) if held.was_published else None
        yield
        fresh = type(item).objects.get(pk=item.pk)
        if before is None:
            return
        if fresh.is_visible:
            refuse_if(publication_problems(fresh))
        changed = differences(before, facts_of(fresh))
        if not changed:
            return
        reason = stated(reason, _("Say why; readers see what changed and why."))
        for fact, was, now_is in changed:
            record(fresh, fact, was, now_is, by=by, reason=reason, article=article)
        keep_address(fresh, before[("address", "")])
        type(item).objects.filter(pk=item.pk).update(updated_at=timezone.now())
        reindex(fresh)


@contextmanager
def revise_source(source: Article | Organisation, *, by, reason: str = "") -> Iterator[None]:
    """Save an edit of an article or an organisation inside; everything public that rests on it
    records what changed, for nature, host, dates and domains decide stages."""
    with transaction.atomic():
        before = facts_of(source)
        yield
        changed = differences(before, facts_of(source))
        resting = list(items_resting_on(source)) if changed else []
        if resting:
            reason = stated(reason, _("Say why; readers see what changed and why."))
        for item in resting:
            refuse_for(item, publication_problems(item))
            for fact, was, now_is in changed:
                record(
                    item,
                    fact,
                    was,
                    now_is,
                    by=by,
                    reason=reason,
                    article=source if isinstance(source, Article) else None,
                )
        if isinstance(source, Article):
            refuse_misquotes(source)
            keep_address(Article.objects.get(pk=source.pk), before[("address", "")])
        reindex(*resting)


def refuse_misquotes(article: Article) -> None:
    """Every quote with a place still stands there in the stored copy, where there is one."""
    text = Article.objects.values_list("text", flat=True).get(pk=article.pk)
    if not text:
        return
    for citations in (PartnershipCitation.objects, OpportunityCitation.objects):
        for citation in citations.filter(article=article).exclude(start=None):
            if text[citation.start : citation.end] != citation.quote:
                said = _("It is quoted, and no longer says at character %(start)s: “%(quote)s”")
                raise ValidationError(
                    {"text": said % {"start": citation.start, "quote": citation.quote}}
                )


def remove_article(article: Article, *, by, reason: str, on=None) -> None:
    """At its owner's request: no quote of it shows any more, its page answers 410."""
    reason = stated(reason, _("Say why it is removed; readers see the reason."))
    with revise_source(article, by=by, reason=reason):
        article.removed_on = on or timezone.localdate()
        article.removed_because = reason
        article.save()


def items_resting_on(source: Article | Organisation) -> Iterator[Item]:
    """The public items that cite an article, or that an organisation provides or hosts."""
    opportunities = Opportunity.objects.visible()
    if isinstance(source, Article):
        yield from Partnership.objects.visible().filter(
            pk__in=PartnershipCitation.objects.filter(article=source).values("partnership")
        )
        yield from opportunities.filter(
            pk__in=OpportunityCitation.objects.filter(article=source).values("opportunity")
        )
    else:
        yield from opportunities.filter(provider=source)
        yield from opportunities.filter(host=source).exclude(provider=source)


def differences(before: Snapshot, after: Snapshot) -> list[tuple[str, str, str]]:
    """(fact, before, after) of every key that is not the same in both."""
    return [
        (key[0], before.get(key, ""), after.get(key, ""))
        for key in {**before, **after}
        if before.get(key, "") != after.get(key, "")
    ]


def record(
    item: Item, fact: str, before: str, after: str, *, by, reason="", article=None, at=None
) -> None:
    change = OpportunityChange if isinstance(item, Opportunity) else PartnershipChange
    change.objects.create(
        **{type(item)._meta.model_name: item},
        fact=fact,
        before=before,
        after=after,
        reason=reason,
        article=article,
        by=by,
        at=at or timezone.now(),
    )


def keep_address(item: Item | Article, former: str) -> None:
    """Once public, an address leads on for ever (301)."""
    if item.slug == former:
        return
    refuse_given_away(item)
    item.former_slugs.filter(slug=item.slug).delete()
    item.former_slugs.create(slug=former)
