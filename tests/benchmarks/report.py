"""One run: the corpus, the engines, what they take and whether they agree."""

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path

from opportunities.filters import Query
from opportunities.search.answer import answer
from opportunities.search.brute import answer_by_comparing

from . import corpus, peer_tantivy
from .documents import documents
from .kept import ended, sqlite_file, tantivy_name
from .measuring import Times, asked_in_turn, ratio
from .peer_django import Sampled, UsualDjango
from .saving import Saving, measured_saving
from .worker import worker_bytes
from .workload import workload
from .world import NOW

COMPARED = 10_000
"""Up to so many rows every answer is also held against the brute force, and the usual Django asked."""

Questions = dict[str, Query]
Answer = tuple[int, dict[str, dict[str, int]]]


@dataclass
class Report:
    rows: int
    questions: Questions
    totals: dict[str, int] = field(default_factory=dict)
    times: dict[str, Times] = field(default_factory=dict)
    usual: dict[str, Sampled] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    compared_with: list[str] = field(default_factory=list)
    worker_bytes: int = 0
    saving: Saving | None = None

    @property
    def figures(self) -> dict[str, object]:
        """None for what was not asked for or is not measured at so many rows."""
        ours, tantivy = self.times["ours"], self.times.get("tantivy")
        return {
            "rows": self.rows,
            "p50_ms": ms(ours.percentile(0.5)),
            "p95_ms": ms(ours.percentile(0.95)),
            "tantivy_geomean_ratio": tantivy and round(ratio(ours, tantivy), 3),
            "tantivy_p95_ratio": tantivy
            and round(ours.percentile(0.95) / tantivy.percentile(0.95), 3),
            "usual_django_ratio": round(1 / ratio(ours, self.usual_times)) if self.usual else None,
            "counts_equal": not self.differences if self.compared_with else None,
            "worker_mb": round(self.worker_bytes / 1e6, 1),
            "save_ms": ms(self.saving.extra),
            "save_bytes": self.saving.bytes,
            "bulk_ratio": round(self.saving.bulk_ratio, 1),
        }

    @property
    def usual_times(self) -> Times:
        return Times({name: [sampled.seconds] for name, sampled in self.usual.items()})


def ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


def report(options: argparse.Namespace) -> Report:
    told("Corpus and index")
    corpus.ensure(options.rows, options.seed, progress=corpus.on_stderr)
    if not options.database:
        ended(sqlite_file(options)).touch()
    found = Report(options.rows, workload(options.rows))
    engines = {"ours": ours}
    if options.peers:
        engines["tantivy"] = tantivy(options).answer
    told("Questions")
    found.times = asked_in_turn(engines, found.questions, options.rounds)
    compare(found, engines)
    if options.peers and options.rows <= COMPARED:
        ask_usual_django(found)
    told("A worker's memory")
    found.worker_bytes = worker_bytes(address(options), list(found.questions.values()))
    told("Saving")
    found.saving = measured_saving(options.rows, options.seed)
    return found


def told(step: str) -> None:
    sys.stderr.write(f"{step} …\n")


def address(options: argparse.Namespace) -> str:
    return options.database or f"sqlite:///{sqlite_file(options)}"


def ours(query: Query):
    return answer(query, NOW)


def tantivy(options: argparse.Namespace) -> peer_tantivy.Tantivy:
    """Its index is kept beside the corpus."""
    folder: Path = options.folder / tantivy_name(options.rows, options.seed)
    if not ended(folder).exists():
        told("The index of tantivy")
        peer_tantivy.build(folder, documents(progress=corpus.on_stderr))
        ended(folder).touch()
    return peer_tantivy.Tantivy(folder)


# --- Whether they agree


def compare(found: Report, engines: dict) -> None:
    for name, query in found.questions.items():
        mine = ours(query)
        found.totals[name] = mine.total
        for engine, said in answers_of_others(query, found.rows, engines).items():
            note(found, engine)
            if said != (mine.total, mine.counts):
                found.differences.append(f"{engine}: {name}")


def answers_of_others(query: Query, rows: int, engines: dict) -> dict[str, Answer]:
    said = {}
    if "tantivy" in engines:
        total, counts, _page = engines["tantivy"](query)
        said["tantivy"] = total, counts
    if rows <= COMPARED:
        compared = answer_by_comparing(query, NOW)
        counts = {facet: dict(values) for facet, values in compared.counts.items()}
        said["brute force"] = compared.total, counts
    return said


def note(found: Report, engine: str) -> None:
    if engine not in found.compared_with:
        found.compared_with.append(engine)


def ask_usual_django(found: Report) -> None:
    """`icontains` finds other rows than words do: compared where no words are asked for."""
    told("The usual Django way")
    usual = UsualDjango()
    note(found, "the usual Django way")
    for name, query in found.questions.items():
        found.usual[name] = said = usual.answer(query)
        if not query.q and not agrees(said, query):
            found.differences.append(f"the usual Django way: {name}")


def agrees(said: Sampled, query: Query) -> bool:
    mine = ours(query)
    return said.total == mine.total and all(
        count == mine.counts[facet].get(value, 0)
        for facet, counts in said.counts.items()
        for value, count in counts.items()
    )


# --- As a table


def table(found: Report) -> str:
    lines = [f"{'':34}{'found':>10}" + "".join(f"{name:>12}" for name in columns(found))]
    for name in found.questions:
        cells = "".join(f"{cell:>12}" for cell in columns(found, name).values())
        lines.append(f"{name:34}{found.totals[name]:>10,}{cells}")
    lines += ["", *sentences(found)]
    return "\n".join(lines)


def columns(found: Report, name: str = "") -> dict[str, str]:
    cells = {
        f"{engine} ms": f"{ms(times.median(name)):,.2f}" if name else ""
        for engine, times in found.times.items()
    }
    if "tantivy" in found.times:
        cells["ratio"] = f"{share(found, name):.2f}" if name else ""
    if found.usual:
        cells["Django s"] = f"{found.usual[name].seconds:,.1f}" if name else ""
    return cells


def share(found: Report, name: str) -> float:
    return found.times["ours"].median(name) / found.times["tantivy"].median(name)


def sentences(found: Report) -> list[str]:
    saving = found.saving
    others = ", ".join(found.compared_with) or "nobody"
    said = [f"{key}: {value}" for key, value in found.figures.items()]
    said += ["", f"Compared with {others}; differing: {', '.join(found.differences) or 'none'}."]
    if found.usual:
        said.append("The usual Django way: page and total timed, of its COUNTs a few per facet.")
    return [
        *said,
        f"An edit with its index {ms(saving.edit)} ms, without {ms(saving.edit_alone)} ms; "
        f"a publication {ms(saving.publish)} ms, without {ms(saving.publish_alone)} ms.",
        f"An opportunity in bulk {ms(saving.bulk)} ms, saved one by one {ms(saving.loop)} ms on average, "
        f"without the index {ms(saving.loop_alone)} ms.",
    ]
