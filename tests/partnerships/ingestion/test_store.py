from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from partnerships.ingestion.read import Reading
from partnerships.ingestion.store import known, store
from partnerships.models import Article, ArticleMark
from tests.factories import ArticleFactory, OutletFactory

from .test_sameness import NEWS, OTHER

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
READING = Reading(
    title="Trois promesses",
    outlet="Le Courrier",
    author="A. Diallo",
    published_on=date(2026, 11, 20),
    language="fr",
    address="https://www.courrier.example/a/1",
    text=f"Trois promesses\n\n{NEWS}",
)


def stored(reading=READING, **options):
    return store(reading, today=TODAY, **options)


def elsewhere(address="https://other.example/b", **changes) -> Reading:
    return replace(READING, address=address, **changes)


def test_reading_becomes_an_article():
    outlet = OutletFactory(name="Courrier", website="https://courrier.example/")
    found = stored()
    article = Article.objects.get()
    assert found.is_new and found.article == article
    assert (article.title, article.slug, article.outlet) == (
        READING.title,
        "trois-promesses",
        outlet,
    )
    assert (article.published_on, article.received_on) == (date(2026, 11, 20), TODAY)
    assert (article.language, article.text, article.origin) == ("fr", READING.text, None)


def test_reading_stored_twice_is_stored_once():
    first = stored()
    assert [stored().is_new, stored().article] == [False, first.article]
    assert Article.objects.count() == 1 and ArticleMark.objects.count() <= 16


@pytest.mark.parametrize(
    "address",
    ["http://courrier.example/a/1/", "https://courrier.example/a/1?utm_source=x#c"],
)
def test_article_is_known_under_every_form_of_its_address(address):
    article = stored().article
    assert known(replace(READING, address=address, text="x")) == article


def test_article_is_known_by_the_address_that_led_to_it():
    article = stored(found_at=["https://short.example/xyz"]).article
    assert known(Reading(address="https://short.example/xyz")) == article
    assert stored(elsewhere(), found_at=["https://short.example/xyz"]).article == article
    assert known(elsewhere(text="x")) == article  # learnt the second time


def test_article_that_an_editor_typed_is_known_too():
    article = ArticleFactory(address="https://www.courrier.example/a/1?utm_source=x")
    assert known(replace(READING, address=article.address)) == article
    plain = ArticleFactory(address="https://courrier.example/b/")
    assert known(Reading(address="http://www.courrier.example/b")) == plain


def test_removed_article_is_not_stored_again():
    article = stored().article
    Article.objects.update(removed_on=TODAY, removed_because="The owner asked.")
    assert stored().article == article


def test_pasted_text_is_known_by_its_words():
    pasted = replace(READING, address="", published_on=None)
    article = stored(pasted).article
    assert stored(pasted).article == article
    assert stored().article == article  # and when its page is read later
    assert Article.objects.count() == 1


def test_pasted_short_text_is_kept():
    assert stored(Reading(text="Trois bourses.")).article.slug == "article-1"


def test_pasted_short_text_is_known_too():
    short = Reading(text="Too short to be told apart.")
    stored(short)
    assert not stored(short).is_new
    assert stored(replace(short, text="Too short to be told.")).is_new


def test_reprint_shares_its_origin_and_counts_as_one_source():
    original = stored().article
    reprint = stored(elsewhere(text=f"Trois vœux\n\n{NEWS}")).article
    again = stored(elsewhere("https://third.example/c")).article
    stored(elsewhere("https://fourth.example/d", text=OTHER))
    assert (reprint.origin, again.origin) == (original, original)
    assert Article.objects.count() == 4
    assert Article.objects.count_sources() == 2


def test_same_text_of_another_year_is_no_reprint():
    stored()
    assert stored(elsewhere(published_on=date(2025, 11, 20))).article.origin is None


def test_article_is_no_reprint_of_itself():
    article = stored().article
    article.origin = article
    with pytest.raises(IntegrityError):
        article.save()


def test_what_a_page_states_wrongly_is_not_stated():
    article = stored(replace(READING, language="xx-Nope", published_on=date(2026, 12, 24))).article
    assert (article.language, article.published_on, article.outlet) == ("", None, None)


def test_outlet_of_another_site_with_a_like_name_is_not_taken():
    OutletFactory(name="Fake", website="https://notcourrier.example/")
    named = OutletFactory(name="LE COURRIER")
    assert stored().article.outlet == named


def test_storing_asks_no_more_of_more_articles_alike():
    def asked(n: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert stored(elsewhere(f"https://p{n}.example/", title=f"Paper {n}")).article.origin
        return len(queries)

    stored()
    assert asked(1) == [asked(n) for n in range(2, 6)][-1]
