"""The first peer: tantivy, a search engine in Rust, through its Python package.

Every facet value is a term and a column; counts come from its terms aggregations. One pass finds the
page and the total, one counts every facet that has no selection, and one more each that has.
"""

import shutil
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import tantivy
from tantivy import Occur, Order
from tantivy import Query as Asked

from opportunities.choices import Stage
from opportunities.filters import FACETS, Query
from opportunities.search.asking import read
from opportunities.search.results import PAGE_SIZE
from partnerships.models import Country

from .documents import Document

MOST_VALUES = 1_000
PLAIN = [name for name in FACETS if name != "nationality"]
HEAP = 1_000_000_000

Counts = dict[str, dict[str, int]]


def schema_of_opportunities() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (*PLAIN, "admits", "excludes"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("pk", "by_deadline", "published"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    return builder.build()


SCHEMA = schema_of_opportunities()


def build(folder: Path, documents: Iterable[Document]) -> None:
    """One thread, so that little is left to merge: segments cost at each question."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = tantivy.Index(SCHEMA, path=str(folder))
    writer = index.writer(HEAP, 1)
    for document in documents:
        writer.add_document(document_of(document))
    writer.commit()
    writer.wait_merging_threads()


def document_of(document: Document) -> tantivy.Document:
    return tantivy.Document.from_dict(
        {
            **document.values,
            "admits": document.admits,
            "excludes": document.excludes,
            "pk": document.pk,
            "by_deadline": document.by_deadline,
            "published": document.published,
            "words": document.texts,
        },
        SCHEMA,
    )


class Tantivy:
    name = "tantivy"

    def __init__(self, folder: Path):
        self.countries = frozenset(Country.objects.values_list("pk", flat=True))
        index = tantivy.Index.open(str(folder))
        index.reload()
        self.searcher = index.searcher()

    def answer(self, query: Query) -> tuple[int, Counts, list[int]]:
        """Total, counts of every facet, keys of the first page."""
        parts = parts_of(query)
        whole = conjunction(parts.values())
        total, page = self.page(whole, query)
        counts = self.counts(whole, [name for name in FACETS if name not in parts])
        for name in FACETS:
            if name in parts:
                others = conjunction(part for other, part in parts.items() if other != name)
                counts |= self.counts(others, [name])
        return total, counts, page

    def page(self, whole: Asked, query: Query) -> tuple[int, list[int]]:
        found = self.searcher.search(whole, PAGE_SIZE, count=True, **ORDERS[query.order])
        addresses = [address for _score, address in found.hits]
        return found.count, self.searcher.fast_field_values("pk", addresses)

    # --- Counts

    def counts(self, asked: Asked, names: list[str]) -> Counts:
        columns = list(chain.from_iterable(columns_of(name) for name in names))
        if not columns:
            return {}
        wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in columns}
        found = self.searcher.aggregate(asked, wanted)
        buckets = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]}
            for name in columns
        }
        if "nationality" in names:
            buckets["nationality"] = nationalities(
                self.countries, buckets.pop("admits"), buckets.pop("excludes")
            )
        return buckets


# --- What is asked


def parts_of(query: Query) -> dict[str, Asked]:
    """One part a parameter that narrows; every stage is none."""
    parts = {}
    if query.stages != frozenset(Stage.values):
        parts["stage"] = any_of("stage", query.stages)
    for name in query.chosen:
        if name == "q":
            parts[name] = holding(query.q)
        elif name == "nationality":
            parts[name] = admitting(query.nationality)
        elif name != "stage":
            parts[name] = any_of(name, getattr(query, name))
    return parts


def any_of(field: str, values: Iterable[str]) -> Asked:
    """Without weight in the order by relevance."""
    terms = [Asked.term_query(SCHEMA, field, value, "basic") for value in sorted(values)]
    return Asked.const_score_query(either(terms), 0.0)


def admitting(nationalities: frozenset[str]) -> Asked:
    """Of one nationality, as the workload asks."""
    (code,) = nationalities
    others = Asked.boolean_query(
        [(Occur.Must, any_of("admits", "*")), (Occur.MustNot, any_of("excludes", [code]))]
    )
    return Asked.const_score_query(either([any_of("admits", [code]), others]), 0.0)


def holding(q: str) -> Asked:
    """All words and phrases of a question, by their stems."""
    asked = read(q)
    words = [Asked.term_query(SCHEMA, "words", word.stem, "freq") for word in asked.words]
    phrases = [Asked.phrase_query(SCHEMA, "words", list(stems)) for stems in asked.phrases]
    return conjunction([*words, *phrases])


def either(parts: list[Asked]) -> Asked:
    if len(parts) == 1:
        return parts[0]
    return Asked.boolean_query([(Occur.Should, part) for part in parts])


def conjunction(parts: Iterable[Asked]) -> Asked:
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Asked.all_query()
    return Asked.boolean_query([(Occur.Must, part) for part in parts])


ORDERS = {
    "deadline": {"order_by_field": "by_deadline", "order": Order.Asc},
    "newest": {"order_by_field": "published", "order": Order.Desc},
    "relevance": {},  # BM25
}


# --- What is counted


def nationalities(
    known: frozenset[str], admits: dict[str, int], excludes: dict[str, int]
) -> dict[str, int]:
    """Where "*" admits all but those excluded."""
    others = admits.pop("*", 0)
    codes = admits.keys() | (known if others else frozenset())
    counts = {code: admits.get(code, 0) + others - excludes.get(code, 0) for code in codes}
    return {code: count for code, count in counts.items() if count}


def columns_of(name: str) -> list[str]:
    return ["admits", "excludes"] if name == "nationality" else [name]
