"""How often anybody may ask: so many at once, and so many a second in the long run."""

import time
from dataclasses import dataclass, field


@dataclass
class Limit:
    """`burst` questions at once of one node's public, `rate` a second after that."""

    rate: float
    burst: float
    left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def admits(self, node: str) -> bool:
        """Count one more question; False when it is one too many."""
        now = time.monotonic()
        left, since = self.left.get(node, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.rate)
        admitted = left >= 1
        self.left[node] = (left - admitted, now)
        return admitted
