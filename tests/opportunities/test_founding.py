"""The founding article in the demo: real, verbatim, and nothing more than it says."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from opportunities import editorial
from opportunities.choices import Stage
from opportunities.demo.load import load_demo
from opportunities.demo.tables import founding_article
from opportunities.models import Opportunity, OpportunityCitation
from partnerships.models import Article, Citation, Partnership, PartnershipCitation
from partnerships.reference import load_reference_data

TEXT = (
    Path(__file__).resolve().parents[3] / "shared/data/articles/fr-seed-china-kazakhstan/text.txt"
)
COMPARED_ON = date(2026, 11, 23)
PROMISES = {
    "joint-ai-research-grants-china-kazakhstan": ("research-grant", Citation.Speaker.OUTLET),
    "green-energy-internships-china-kazakhstan": ("internship", Citation.Speaker.OUTLET),
    "silk-road-cultural-tours-china-kazakhstan": ("cultural-tour", Citation.Speaker.OUTLET),
    "student-programmes-china-kazakhstan": ("exchange", Citation.Speaker.OFFICIAL),
    "cultural-festivals-china-kazakhstan": ("festival", Citation.Speaker.OFFICIAL),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(demo_of_the_day, now) -> Article:
    return Article.objects.get(slug=founding_article())


@pytest.fixture
def promises(article):
    cited = OpportunityCitation.objects.filter(article=article)
    return Opportunity.objects.filter(citations__in=cited).distinct()


def citations_of(article: Article) -> list[Citation]:
    return [
        *PartnershipCitation.objects.filter(article=article),
        *OpportunityCitation.objects.filter(article=article),
    ]


def test_the_article_states_only_what_the_document_states(article, now):
    assert (article.nature, article.language, article.is_example) == ("news", "fr", False)
    assert (article.title, article.address, article.author, article.text) == ("", "", "", "")
    assert (article.outlet, article.published_on) == (None, None)
    assert article.received_on == now.date()
    reference = article.references.get()
    assert reference.title == (
        "Wang Yi meets Kazakhstan's presidential assistant Nurtleu in Beijing"
    )
    assert (reference.publisher, reference.address) == ("CGTN", "")


def test_its_five_promises_are_announced_in_python_and_sql(promises, now):
    assert {o.slug: o.kind for o in promises} == {s: kind for s, (kind, _) in PROMISES.items()}
    for promise in promises.visible().for_card():
        assert promise.stage_at(now) == Stage.ANNOUNCED
        assert not (promise.application or promise.official_page or promise.provider)
        assert not promise.places.exists()
    assert set(promises.with_stage(now).values_list("stage", flat=True)) == {Stage.ANNOUNCED}


def test_its_promises_lapse_after_180_days(promises, article, now):
    later = now + timedelta(days=180)
    assert set(promises.with_stage(later).values_list("stage", flat=True)) == {Stage.LAPSED}


def test_each_promise_says_who_made_it(promises):
    for promise in promises:
        roles = set(promise.citations.values_list("speaker_role", flat=True))
        assert roles == {PROMISES[promise.slug][1]}


def test_two_sentences_carry_all_five(promises, article):
    sentences = set(
        OpportunityCitation.objects.filter(article=article, fact="existence").values_list(
            "start", "end"
        )
    )
    assert len(sentences) == 2
    about = OpportunityCitation.objects.filter(article=article)
    for citation in about.exclude(fact__in=["partnership", "audience"]):  # the sentence before
        assert any(a <= citation.start and citation.end <= b for a, b in sentences)


def test_each_promise_cites_every_fact_it_states(promises):
    for promise in promises:
        facts = {"existence", "title", "kind", "sector", "partnership"}
        facts |= {"audience"} if promise.audiences else set()
        assert set(promise.citations.values_list("fact", flat=True)) == facts


def test_promises_have_honest_words_in_two_languages(promises):
    for promise in promises:
        origins = {words.language: words.origin for words in promise.words.all()}
        assert origins == {"en": "original", "fr": "machine"}
        assert promise.words_in("en").summary.startswith("No call exists.")
        assert promise.words_in("fr").summary.startswith("Il n’existe aucun appel.")


def test_all_its_quotes_together_keep_the_limit(article):
    assert 0 < editorial.characters_of(article) <= Citation.MAX_SHOWN_OF_ONE_ARTICLE
    for item in [
        *Partnership.objects.filter(is_example=False),
        *Opportunity.objects.filter(is_example=False),
    ]:
        assert editorial.publication_problems(item) == {}


def test_its_quotes_stand_word_for_word_where_they_say(article):
    if not TEXT.exists():
        pytest.skip(f"{TEXT} is not here: the article's text is not in the repository")
    text = TEXT.read_text(encoding="utf-8")
    for citation in citations_of(article):
        assert text[citation.start : citation.end] == citation.quote
    assert article.references.get().title in text


def test_the_partnership_cites_each_of_its_facts_in_clauses(article):
    partnership = Partnership.objects.get(slug="china-kazakhstan")
    cited = {
        fact: set(partnership.citations.filter(fact=fact).values_list("value", flat=True))
        for fact in PartnershipCitation.Fact.values
    }
    assert {party.country_id for party in partnership.parties.all()} == {"CN", "KZ"}
    assert cited["framework"] == {grouping.slug for grouping in partnership.frameworks.all()}
    assert cited["sector"] == {sector.slug for sector in partnership.sectors.all()}
    assert cited["standing"] == {partnership.standing} == {"active"}
    assert partnership.since == "" and not cited["since"]
    assert all(len(c.quote) < 80 for c in partnership.citations.all())


def test_the_internship_is_the_one_announced_thing_about_energy_in_kazakhstan(article, now):
    energy = Opportunity.objects.visible().filter(sectors__slug__endswith="energy")
    in_kazakhstan = energy.filter(partnerships__parties__country="KZ") | energy.filter(places="KZ")
    assert [o.slug for o in in_kazakhstan.distinct()] == [
        "green-energy-internships-china-kazakhstan"
    ]


def test_another_day_receives_the_article_on_that_day(article):
    load_demo(date(2027, 8, 1))
    article.refresh_from_db()
    assert (article.received_on, article.published_on) == (date(2027, 8, 1), None)


def test_no_day_but_the_day_it_was_compared_is_called_verified(article, promises):
    load_demo(date(2027, 8, 1))
    assert set(promises.values_list("verified_on", flat=True)) == {COMPARED_ON}
    partnership = Partnership.objects.get(slug="china-kazakhstan")
    for item in [*promises, partnership]:
        days = {item.published_at.date(), item.created_at.date(), item.updated_at.date()}
        assert days == {COMPARED_ON}


def test_a_first_run_on_a_later_day_claims_no_more(db):
    load_reference_data()
    load_demo(date(2027, 8, 1))
    real = Opportunity.objects.filter(is_example=False)
    assert set(real.values_list("verified_on", flat=True)) == {COMPARED_ON}
    assert {item.published_at.date() for item in real} == {COMPARED_ON}
