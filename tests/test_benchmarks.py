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
    Indexed,
    Opportunity,
    OpportunityCitation,
    Words,
)
from opportunities.search import index
from opportunities.search.check import problems
from partnerships.models import Article, Organisation, Partnership
from tests import benchmarks
from tests.benchmarks import peer_tantivy, report, saving
from tests.benchmarks.corpus import fill
from tests.benchmarks.documents import documents
from tests.benchmarks.opportunities import TABLES, batches
from tests.benchmarks.workload import workload
from tests.benchmarks.world import NOW, world_of

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


@pytest.mark.slow
@pytest.mark.unaided
def test_search_and_its_peers_agree_on_a_small_corpus(corpus, tmp_path):
    index.write(Opportunity.objects.values_list("pk", flat=True))
    peer_tantivy.build(tmp_path / "tantivy", documents())
    found = report.Report(ROWS, workload(ROWS))
    report.compare(found, {"tantivy": peer_tantivy.Tantivy(tmp_path / "tantivy").answer})
    assert found.compared_with == ["tantivy", "brute force"]
    assert found.differences == []
    assert sum(found.totals.values()) > ROWS


@pytest.mark.slow
@pytest.mark.unaided
def test_measuring_saves_leaves_the_corpus_as_it_was(corpus, monkeypatch):
    ids = list(Opportunity.objects.values_list("pk", flat=True))
    index.write(ids)
    held = dict(Indexed.objects.values_list("pk", "terms"))
    for name, number in {"SAVES": 4, "LOOPED": 4, "BULKED": 20}.items():
        monkeypatch.setattr(saving, name, number)
    found = saving.measured_saving(ROWS, seed=1)
    assert min(found.edit, found.publish, found.bulk, found.loop, found.bytes) > 0
    assert list(Opportunity.objects.values_list("pk", flat=True)) == ids
    assert {
        pk: terms for pk, terms in Indexed.objects.values_list("pk", "terms") if pk in held
    } == held
    assert list(problems(NOW)) == []


def titles_of(seed: int) -> list[str]:
    (batch,) = batches(ROWS, seed, world_of(ROWS, Random(seed)), words=3_000)
    return [title for _pk, _language, _origin, title, *_ in batch["opportunities_words"]]


@pytest.mark.parametrize("name", [module.name for module in iter_modules(benchmarks.__path__)])
def test_every_benchmark_can_be_started(name):
    assert import_module(f"{benchmarks.__name__}.{name}").__doc__
