"""How often anybody may ask: so many at once, and so many a second in the long run."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field

KEPT = 10_000
OTHERS = ""
"""All who come while so many others are kept that are not forgotten yet: they share what one may."""


@dataclass
class Limit:
    """`burst` questions at once of one who asks, `rate` a second after that. No more than `kept` of them are remembered: who has
    been quiet for long enough is forgotten, and nobody is while that would give back what was used.
    """

    rate: float
    burst: float
    kept: int = KEPT
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def admits(self, who: str) -> bool:
        """Count one more question; False when it is one too many."""
        return self.wait(who) == 0

    def wait(self, who: str) -> float:
        """Count one more question: 0 when it is not too many, else the seconds after which one will be taken again."""
        now = time.monotonic()
        if who not in self.left and not self.room(now):
            who = OTHERS
        left, since = self.left.pop(who, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.rate)
        admitted = left >= 1
        self.left[who] = (left - admitted, now)
        return 0.0 if admitted else (1 - left) / self.rate

    def room(self, now: float) -> bool:
        """Whether one more can be remembered. Who asked last longest ago comes first, and is forgotten when nothing is owed."""
        while self.left:
            first, (left, since) = next(iter(self.left.items()))
            if left + (now - since) * self.rate < self.burst:
                break
            del self.left[first]
        return len(self.left) < self.kept
