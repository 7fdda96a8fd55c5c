"""Atom 1.0 (RFC 4287) of what is listed, and of what was corrected.

Ids are `tag:` addresses made of primary keys, for a title or an address word may change. `updated` is the
last recorded change or the last turn of the stage, so that the same state gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.models import Article, Partnership, PartnershipChange

from . import stages, wording
from .addresses import path_of
from .cards import Card
from .choices import Stage
from .models import Opportunity, OpportunityChange
from .pages.changes import ChangeLine

FEED_SIZE = 50
NOT_CLOSED = frozenset(Stage.values) - {Stage.CLOSED.value}
NOT_CORRECTIONS = {"status", "verified_on"}
"""Publishing and looking again correct nothing."""

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed that holds nothing was last updated."""


class Feed(Atom1Feed):
    """With the source of each entry, neighbouring pages (RFC 5005) and no word about now."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, href in self.feed["neighbours"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": href})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for href in item["via"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": href})


def new_feed(title: str, path: str, at: str, neighbours: dict[str, str] | None = None) -> Feed:
    """`path` is the page it is of, `at` the feed's own, both with their query strings."""
    return Feed(
        title=wording.one_line(title),
        link=settings.SITE_URL + path,
        description="",
        feed_url=settings.SITE_URL + at,
        feed_guid=settings.SITE_URL + at,
        author_name="Serai",
        author_link=settings.SITE_URL + "/",
        language=get_language(),
        neighbours={rel: settings.SITE_URL + href for rel, href in (neighbours or {}).items()},
    )


def written(feed: Feed) -> bytes:
    return feed.writeString("utf-8").encode()


def tag(*parts: object) -> str:
    """A permanent id (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:" + "/".join(map(str, parts))


# --- What is listed


def add_opportunities(feed: Feed, cards: Iterable[Card]) -> None:
    """The last changed first."""
    for card in sorted(cards, key=lambda card: (updated_at(card), card.item.pk), reverse=True):
        item = card.item
        feed.add_item(
            title=wording.one_line(wording.in_example(item, headline(card))),
            link=settings.SITE_URL + item.get_absolute_url(),
            description=body(card),
            unique_id=tag("opportunity", item.pk),
            pubdate=item.published_at,
            updateddate=updated_at(card),
            categories=[item.kind, card.stage.value],
            via=list(sources_of(item)),
        )


def headline(card: Card) -> str:
    return f"{card.words.title} · {card.due or card.stage.label}"


def updated_at(card: Card) -> datetime:
    """When it last came to read otherwise: edited, opened, closed, or given up on."""
    item, facts = card.item, card.item.stage_facts()
    turns = [facts.opens_at, facts.ends_at, *facts.closes_at] if item.official_calls else []
    if card.stage == Stage.LAPSED:
        turns.append(stages.lapses_at(facts.evidence_on))
    return max([item.changed_at, *(at for at in turns if at and at <= card.now)])


def body(card: Card) -> str:
    item = card.item
    lines = [format_html("<p>{}, {}</p>", card.stage.label, card.voice)]
    if item.is_example:
        made_up = _("This is an example, made up to show how Serai works. Nobody can apply for it.")
        lines.append(format_html("<p><em>{}</em></p>", made_up))
    lines.append(
        format_html(
            '<p lang="{}" dir="{}">{}</p>',
            card.words.language,
            card.words.direction,
            card.words.summary,
        )
    )
    if item.official_page and item.official_calls:
        lines.append(
            format_html('<p><a href="{0}">{1}</a></p>', item.official_page, _("official page"))
        )
    return plain("".join(lines))


def plain(text: str) -> str:
    """Without what XML does not take, should it have come past the validators."""
    return wording.one_line(text)


def sources_of(item: Opportunity) -> Iterator[str]:
    """Where the articles stand that it rests on, the call first; our page of those without address."""
    citations = [*item.official_calls, *item.citations.all()]
    articles = {c.article_id: c.article for c in citations if c.is_in_force}
    yield from (address_of(a) for a in articles.values() if not a.removed_on)


def address_of(article: Article) -> str:
    return article.address or settings.SITE_URL + path_of("article", article.slug)


# --- What was corrected


def add_corrections(feed: Feed) -> None:
    """The last recorded changes of what is public now, each with the source that is."""
    changes = last_changes()
    named = {change.article_id for change in changes if change.article_id}
    shown = Article.objects.visible().in_bulk(named)
    for change in changes:
        item, line = item_of(change), ChangeLine(change)
        article = shown.get(change.article_id)
        feed.add_item(
            title=wording.one_line(wording.in_example(item, f"{item}: {line.label}")),
            link=settings.SITE_URL + item.get_absolute_url(),
            description=correction(line),
            unique_id=tag("change", item._meta.model_name, change.pk),
            pubdate=change.at,
            updateddate=change.at,
            via=[address_of(article)] if article else [],
        )


def last_changes() -> list[OpportunityChange | PartnershipChange]:
    opportunities = OpportunityChange.objects.filter(
        opportunity__in=Opportunity.objects.visible()
    ).select_related("opportunity")
    partnerships = PartnershipChange.objects.filter(
        partnership__in=Partnership.objects.visible()
    ).select_related("partnership")
    both = [
        *last_of(opportunities.prefetch_related("opportunity__words")),
        *last_of(partnerships.prefetch_related("partnership__parties__country")),
    ]
    return sorted(both, key=lambda change: change.at, reverse=True)[:FEED_SIZE]


def last_of(changes: QuerySet) -> QuerySet:
    return changes.exclude(fact__in=NOT_CORRECTIONS)[:FEED_SIZE]


def item_of(change: OpportunityChange | PartnershipChange) -> Opportunity | Partnership:
    return change.opportunity if isinstance(change, OpportunityChange) else change.partnership


def correction(line: ChangeLine) -> str:
    """“before → after” where the values read well, and why."""
    parts = []
    if line.shows_values:
        before, after = line.before or _("not stated"), line.after or _("removed")
        parts.append(format_html("<p><del>{}</del> → <ins>{}</ins></p>", before, after))
    if line.change.reason:
        parts.append(format_html("<p>{}</p>", line.change.reason))
    return plain("".join(parts))
