"""Engines asked the same questions in turn, in one process: what the machine does besides meets all."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from statistics import geometric_mean, median

WARM_UP = 2


@dataclass
class Times:
    """Seconds of one engine, by question."""

    of: dict[str, list[float]] = field(default_factory=dict)

    def add(self, question: str, seconds: float) -> None:
        self.of.setdefault(question, []).append(seconds)

    def median(self, question: str) -> float:
        return median(self.of[question])

    def percentile(self, share: float) -> float:
        """Over all requests."""
        whole = sorted(seconds for some in self.of.values() for seconds in some)
        return whole[ceil(share * len(whole)) - 1]


def asked_in_turn(
    engines: Mapping[str, Callable], questions: Mapping[str, object], rounds: int
) -> dict[str, Times]:
    times = {name: Times() for name in engines}
    for number in range(-WARM_UP, rounds):
        for question, query in questions.items():
            for name, ask in engines.items():
                seconds = timed(lambda ask=ask, query=query: ask(query))
                if number >= 0:
                    times[name].add(question, seconds)
    return times


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def ratio(ours: Times, theirs: Times) -> float:
    """The geometric mean over the questions of how long we take as a share of how long they do."""
    return geometric_mean(ours.median(q) / theirs.median(q) for q in ours.of)


def in_turn(
    actions: Mapping[str, Iterable[Callable[[], object]]], average: Callable = median
) -> dict[str, float]:
    """The average seconds of each list of actions, one of each at a time."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for row in zip(*actions.values(), strict=True):
        for name, action in zip(actions, row, strict=True):
            times[name].append(timed(action))
    return {name: average(seconds[WARM_UP:]) for name, seconds in times.items()}
