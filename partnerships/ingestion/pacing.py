"""How much a run may ask, how often of one host (one request at a time, with a pause), and what it did."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bounds:
    seconds: float = 240  # of a run; what is begun is ended
    articles: int = 60  # of a run
    pause: float = 2  # seconds between two requests to one host


@dataclass
class Pace:
    pause: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    asked: dict[str, float] = field(default_factory=dict)

    def left(self, host: str) -> float:
        """Seconds until the host may be asked again."""
        last = self.asked.get(host)
        return 0.0 if last is None else max(0.0, last + self.pause - self.clock())

    def wait(self, host: str) -> None:
        if left := self.left(host):
            self.sleep(left)

    def answered(self, host: str) -> None:
        """Counted from the answer, so a slow site gets its pause too."""
        self.asked[host] = self.clock()


@dataclass
class Counts:
    read: int = 0
    failed: list[str] = field(default_factory=list)  # addresses of feeds
    noted: int = 0
    queued: int = 0
    known: int = 0
    unread: int = 0
    left: int = 0

    def __str__(self) -> str:
        return (
            f"{self.read} feeds read, {len(self.failed)} failed; {self.noted} new entries; "
            f"{self.queued} articles queued, {self.known} known, {self.unread} not read, "
            f"{self.left} left for later"
        )
