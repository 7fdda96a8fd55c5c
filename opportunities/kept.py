"""What a worker keeps because making it again costs more: bounded, and forgotten least used first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EVERYTHING: list["Kept"] = []


class Kept:
    """A dictionary that holds at most `most()` bytes, as `put` was told of them; shared by threads.

    What is in it must not change: threads hand out the same object.
    """

    def __init__(self, most: Callable[[], int]):
        self.most, self.lock = most, threading.Lock()
        self.forget()
        EVERYTHING.append(self)

    def forget(self) -> None:
        with self.lock:
            self.held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
            self.size = 0

    def get(self, key: Hashable) -> Any:
        """None where it is not held."""
        with self.lock:
            if found := self.held.get(key):
                self.held.move_to_end(key)
                return found[0]
        return None

    def put(self, key: Hashable, value: Any, size: int) -> None:
        with self.lock:
            self.remove(key)
            if size > self.most():
                return
            self.held[key] = (value, size)
            self.size += size
            while self.size > self.most():
                self.remove(next(iter(self.held)))

    def remove(self, key: Hashable) -> None:
        _value, size = self.held.pop(key, (None, 0))
        self.size -= size


@dataclass(frozen=True)
class Lasting:
    """Something is right for this state of everything public (`Results.stamp`), before `until`."""

    stamp: str
    until: datetime


def forget() -> None:
    """Everything: the rows it was made of are others now (a test's database, a restored one)."""
    for kept in EVERYTHING:
        kept.forget()
