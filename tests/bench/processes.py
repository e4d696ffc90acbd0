"""The processes of a bench: started afresh, never forked; watched for the processor time they use; ended with it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.bench.client import Tally

READY = 180.0
# A process must not outlive the bench, whatever kills that.
OWNED = [found, "--pdeathsig", "TERM", "--"] if (found := shutil.which("setpriv")) else []
TICK = os.sysconf("SC_CLK_TCK")


class NotReady(Exception):
    """A server did not come up; the message ends with its log."""


def spent() -> tuple[int, int]:
    """The machine's processor time since it was started, idle or not, and what of it its host gave to others; in ticks."""
    times = [int(n) for n in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return sum(times), times[7]


def stolen_since(before: tuple[int, int]) -> float:
    """The share that the host took since `before`, a value of `spent`: what is measured then is not this machine's own speed."""
    total, stolen = (b - a for a, b in zip(before, spent(), strict=True))
    return stolen / total if total else 0.0


@dataclass
class Process:
    """One Python process of the bench."""

    name: str
    port: int
    popen: subprocess.Popen[str]
    log: Path

    def seconds(self) -> float:
        """Processor time used so far, in user and kernel mode, over all threads."""
        fields = Path(f"/proc/{self.popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def wait(self) -> Self:
        """Wait until the port answers. Raises NotReady."""
        deadline = time.monotonic() + READY
        while not self.listens():
            if self.popen.poll() is not None or time.monotonic() > deadline:
                raise NotReady(f"{self.name} is not ready:\n{self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.02)
        return self

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def order(self, **what: Any) -> Tally:
        """Give the load client an order, and get what came of it. Raises NotReady when it died."""
        assert self.popen.stdin is not None and self.popen.stdout is not None
        self.popen.stdin.write(json.dumps(what) + "\n")
        self.popen.stdin.flush()
        if not (line := self.popen.stdout.readline()):
            raise NotReady(f"{self.name} ended:\n{self.log.read_text(errors='replace')[-2000:]}")
        return Tally(**json.loads(line))


class Processes:
    """All that was started. `with Processes(folder) as processes` ends them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.all: list[Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.all):
            self.end(process)

    def start(self, name: str, *arguments: str, port: int = 0) -> Process:
        """`python -m ARGUMENTS`; wait for it with `.wait()`. One without a port is talked to through its pipes."""
        log = self.folder / f"{name}.log"
        with log.open("ab") as errors:
            popen = subprocess.Popen(
                [*OWNED, sys.executable, "-m", *arguments],
                stdin=subprocess.PIPE,
                stdout=errors if port else subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        process = Process(name, port, popen, log)
        self.all.append(process)
        return process

    def end(self, process: Process) -> None:
        """Ask it to stop; kill it when it does not."""
        self.all.remove(process)
        with contextlib.suppress(OSError):
            process.popen.stdin.close()  # type: ignore[union-attr]
        process.popen.terminate()
        try:
            process.popen.wait(10)
        except subprocess.TimeoutExpired:
            process.popen.kill()
            process.popen.wait()
