"""What was read becomes an article, once: one known already is recognised, a reprint is marked as one."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.address_words import free_address
from partnerships.models import Article, ArticleAddress, ArticleMark, Outlet
from partnerships.quotes import as_kept
from partnerships.validators import host_is_within, host_of, validate_language

from .read import Reading
from .sameness import address_key, agency_of, is_same_news, marks

MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Stored:
    article: Article
    is_new: bool


def store(
    reading: Reading,
    *,
    by=None,
    found_at: Iterable[str] = (),
    nature: str = Article.Nature.NEWS,
    today: date | None = None,
) -> Stored:
    """`found_at`: the addresses that led here, besides the one the page calls its own."""
    today = today or timezone.localdate()
    keys = keys_of(reading, found_at)
    try:
        with transaction.atomic():
            return known_or_new(reading, keys, by=by, nature=nature, today=today)
    except (IntegrityError, ValidationError):  # another worker stored it meanwhile
        article = known(reading, found_at)
        if article is None:
            raise
        return Stored(article, is_new=False)


def known_or_new(reading: Reading, keys: set[str], *, by, nature: str, today: date) -> Stored:
    article = known_by(reading, keys)
    is_new = article is None
    if is_new:
        article = new_article(reading, by=by, nature=nature, today=today)
        article.full_clean()
        article.save()
        ArticleMark.objects.bulk_create(
            ArticleMark(article=article, mark=mark) for mark in marks(article.text)
        )
    remember(article, keys)
    return Stored(article, is_new)


def new_article(reading: Reading, *, by, nature: str, today: date) -> Article:
    published = reading.published_on
    return Article(
        slug=free_address(Article, reading.title, "article"),
        nature=nature,
        title=reading.title,
        outlet=outlet_of(reading),
        address=reading.address,
        language=known_language(reading.language),
        author=reading.author,
        # A day still to come is no day of publication.
        published_on=published if published and published <= today else None,
        received_on=today,
        text=reading.text,
        origin=original_of(reading),
        created_by=by,
    )


# --- Known already


def known(reading: Reading, found_at: Iterable[str] = ()) -> Article | None:
    """By an address, else by the very text where one of the two has no address."""
    return known_by(reading, keys_of(reading, found_at))


def known_by(reading: Reading, keys: set[str]) -> Article | None:
    return article_at(keys, reading.address) or next(
        (
            article
            for article in alike(reading) or same_short(reading)
            if as_kept(reading.text) == article.text and not (reading.address and article.address)
        ),
        None,
    )


def article_at(keys: set[str], address: str) -> Article | None:
    if found := Article.objects.filter(found_at__key__in=keys).order_by("pk").first():
        return found
    # Those an editor typed in were never looked up by key.
    forms = {
        f"{scheme}://{www}{key}{slash}"
        for key in keys
        for scheme in ("http", "https")
        for www in ("", "www.")
        for slash in ("", "/")
    }
    forms |= {address} - {""}
    return Article.objects.filter(address__in=forms).order_by("pk").first()


def keys_of(reading: Reading, found_at: Iterable[str]) -> set[str]:
    return set(filter(None, map(address_key, [reading.address, *found_at])))


def remember(article: Article, keys: set[str]) -> None:
    ArticleAddress.objects.bulk_create(
        (ArticleAddress(article=article, key=key) for key in sorted(keys)), ignore_conflicts=True
    )


# --- Reprints


def original_of(reading: Reading) -> Article | None:
    """The first article with this news, however it reached its own paper."""
    agency = agency_of(reading.text, reading.author, reading.outlet)
    for article in alike(reading):
        name = article.outlet.name if article.outlet else ""
        if is_same_news(
            reading.text,
            article.text,
            same_agency=bool(agency) and agency == agency_of(article.text, article.author, name),
            days=(reading.published_on, article.published_on),
        ):
            return article.origin or article
    return None


def listed_anew(reading: Reading) -> Article | None:
    """The same news under the same title on the same site: some lists change their addresses each time."""
    if not (first := original_of(reading)):
        return None
    copies = Article.objects.filter(Q(pk=first.pk) | Q(origin=first))
    return copies.filter(host=host_of(reading.address), title=reading.title).first()


def alike(reading: Reading) -> list[Article]:
    """Articles that share a mark, the first received first."""
    ours = marks(as_kept(reading.text))
    candidates = ArticleMark.objects.filter(mark__in=ours).values("article")
    rows = Article.objects.filter(pk__in=candidates).select_related("outlet", "origin")
    return list(rows.order_by("received_on", "pk")[:MOST_CANDIDATES])


def same_short(reading: Reading) -> list[Article]:
    """Candidates for a text that is too short for marks."""
    text = as_kept(reading.text)
    if marks(text):
        return []
    return list(Article.objects.filter(text=text).exclude(text="").order_by("received_on", "pk"))


# --- What a page states, as our tables have it


def outlet_of(reading: Reading) -> Outlet | None:
    """By its site, else its name. A new one is an editor's to grade, so none is made here."""
    host = host_of(reading.address)
    sited = [(host_of(outlet.website), outlet) for outlet in Outlet.objects.exclude(website="")]
    for site, outlet in sited:
        if host_is_within(host, site.removeprefix("www.")):
            return outlet
    return Outlet.objects.filter(name__iexact=reading.outlet).first() if reading.outlet else None


def known_language(tag: str) -> str:
    with suppress(ValidationError):
        validate_language(tag)
        return tag
    return ""
