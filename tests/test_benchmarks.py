"""The benchmarks' corpus is made of rows that an editor could have saved."""

from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from random import Random

import pytest

from opportunities import editorial
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from partnerships.models import Article, Organisation, Partnership
from tests import benchmarks
from tests.benchmarks.corpus import fill
from tests.benchmarks.opportunities import TABLES, batches
from tests.benchmarks.world import world_of

ROWS = 60


@pytest.fixture
def corpus(now, db):
    fill(ROWS, words=3_000)


@pytest.mark.slow
def test_rows_of_the_corpus_pass_full_clean(corpus):
    rows = list(
        chain.from_iterable(
            model.objects.all()[:ROWS]
            for model in (
                *(Opportunity, Words, Deadline, EligibilityRule, OpportunityCitation),
                *(Article, Organisation, Partnership),
            )
        )
    )
    for row in rows:
        row.full_clean()
    assert len(rows) > 6 * ROWS


@pytest.mark.slow
def test_opportunities_of_the_corpus_could_have_been_published(corpus):
    assert [editorial.publication_problems(item) for item in Opportunity.objects.all()] == [
        {}
    ] * ROWS


@pytest.mark.slow
def test_instants_of_the_corpus_are_those_that_saving_derives(corpus):
    for model in (Opportunity, Deadline):
        for row in model.objects.all():
            written = {
                name: getattr(row, name, None) for name in ("closes_at", "opens_at", "ends_at")
            }
            row.derive_instants()
            assert written == {name: getattr(row, name, None) for name in written}


def test_every_column_of_an_opportunity_is_written():
    columns = {field.column for field in Opportunity._meta.concrete_fields}
    assert set(TABLES["opportunities_opportunity"].split()) == columns


@pytest.mark.slow
def test_the_corpus_is_the_same_for_a_seed_and_another_for_another(corpus):
    first, again, other = (titles_of(seed) for seed in (1, 1, 2))
    assert first == again == list(Words.objects.order_by("pk").values_list("title", flat=True))
    assert first != other


def titles_of(seed: int) -> list[str]:
    (batch,) = batches(ROWS, seed, world_of(ROWS, Random(seed)), words=3_000)
    return [title for _pk, _language, _origin, title, *_ in batch["opportunities_words"]]


@pytest.mark.parametrize("name", [module.name for module in iter_modules(benchmarks.__path__)])
def test_every_benchmark_can_be_started(name):
    assert import_module(f"{benchmarks.__name__}.{name}").__doc__
