"""What time it is at a node."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

Now = Callable[[], datetime]


def wall() -> datetime:
    """The time of the machine, aware, UTC."""
    return datetime.now(UTC)


def from_file(path: Path) -> Now:
    """A simulated time, kept in a file that every node of a demonstration reads; without the file, the wall's.

    The file is replaced whole (write beside it, rename), so a reader never sees half of it.
    """
    known: tuple[int, datetime] | None = None

    def now() -> datetime:
        nonlocal known
        try:
            stamp = path.stat().st_mtime_ns
            if known is None or known[0] != stamp:
                known = stamp, datetime.fromisoformat(path.read_text("ascii").strip())
        except FileNotFoundError:
            return wall()
        return known[1]

    return now
