"""What a supervisor keeps on file of the processes that it started: for whoever asks how they are, and for its successor."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

KEPT = 20
"""So many of its ends are remembered of a process."""


@dataclass(frozen=True)
class End:
    """When a process ended, in seconds since the epoch, and with what: an exit code, or a signal below nought."""

    at: float
    code: int


@dataclass
class Process:
    """One process: whose node it serves, which one it is now (`pid` 0: none), and how often it ended unasked."""

    name: str
    node: str
    log: str = ""
    pid: int = 0
    birth: int = 0
    total: int = 0
    ends: list[End] = field(default_factory=list)

    def began(self, pid: int) -> None:
        self.pid, self.birth = pid, birth_of(pid)

    def ended(self, at: float, code: int) -> None:
        self.pid, self.birth, self.total = 0, 0, self.total + 1
        self.ends = [*self.ends, End(at, code)][-KEPT:]

    def lately(self, now: float, seconds: float) -> list[End]:
        """The ends of the last so many seconds."""
        return [end for end in self.ends if now - end.at < seconds]

    @property
    def alive(self) -> bool:
        """Whether the very process that was started is there, not another one that got its number."""
        return self.pid > 0 and self.birth > 0 and birth_of(self.pid) == self.birth


def birth_of(pid: int) -> int:
    """When a process began, in ticks since the machine did; nought where there is none, or only what is left of one."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    words = stat.rpartition(")")[2].split()
    return 0 if words[0] in "ZX" else int(words[19])


def write(path: Path, processes: list[Process]) -> None:
    """Put them on file; a reader never sees half of it."""
    beside = path.with_suffix(".new")
    told = {"supervisor": os.getpid(), "processes": [asdict(p) for p in processes]}
    beside.write_text(json.dumps(told, indent=1))
    beside.replace(path)


def read(path: Path) -> list[Process]:
    """What is on file; nothing where there is no file, or another thing in its place."""
    try:
        told = json.loads(path.read_text())
        return [Process(**{**p, "ends": [End(**end) for end in p["ends"]]}) for p in told["processes"]]
    except (OSError, ValueError, TypeError, LookupError):
        return []
