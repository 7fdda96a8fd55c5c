"""One request at a time to a host, with a pause between them. Pure but for its clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


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
