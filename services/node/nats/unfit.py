"""A server that stores no more, and does not know how to go on: one whose disk was full refuses every write to the stream that
met it, or puts all its streams down, for as long as it runs, however much room there is again. It says so in its log.
"""

from pathlib import Path

WORDS = (b"critical write error", b"will be disabled")
"""Of nats-server 2.15; tests/nodes/test_unfit.py fills the disk of a real one."""


def unfit(said: bytes) -> bool:
    """Whether a server says here that it stores no more."""
    low = said.lower()
    return any(word in low for word in WORDS)


class Told:
    """What a log has been told since this was made."""

    def __init__(self, log: Path):
        self.log, self.at, self.half = log, 0, b""
        self.at = self.size()

    def size(self) -> int:
        try:
            return self.log.stat().st_size
        except FileNotFoundError:
            return 0

    def unfit(self) -> bool:
        """Whether the server said since the last look that it stores no more. A log that was begun anew is read anew."""
        size = self.size()
        if size < self.at:
            self.at, self.half = 0, b""
        if size == self.at:
            return False
        with self.log.open("rb") as log:
            log.seek(self.at)
            said = self.half + log.read(size - self.at)
        self.at = size
        self.half = said[said.rfind(b"\n") + 1 :]
        return unfit(said)
