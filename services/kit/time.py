"""What time it is at a node."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

Now = Callable[[], datetime]


def wall() -> datetime:
    """The time of the machine, aware, UTC."""
    return datetime.now(UTC)


def from_file(path: Path) -> Now:
    """A simulated time, kept in a file that every node of a demonstration reads; without the file, the wall's."""
    known: tuple[int, datetime] | None = None
    name = os.fspath(path)

    def now() -> datetime:
        nonlocal known
        try:
            stamp = os.stat(name).st_mtime_ns
            if known is None or known[0] != stamp:
                known = stamp, datetime.fromisoformat(path.read_text("ascii").strip())
        except FileNotFoundError:
            return wall()
        return known[1]

    return now


def set_clock(path: Path, at: datetime | None) -> None:
    """Move the simulated time that `from_file` reads; None removes it. A reader never sees half of it."""
    if at is None:
        path.unlink(missing_ok=True)
        return
    beside = path.with_suffix(".new")
    beside.write_text(at.isoformat())
    os.replace(beside, path)
