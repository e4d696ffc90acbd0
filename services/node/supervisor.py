"""One supervisor a city: it takes over what an earlier one left behind, and keeps the logs of what it starts in bounds."""

import asyncio
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from services.kit.settings import BadSettings
from services.kit.supervised import Process, read
from services.node.plan import Plan

GRACE = 10.0
LARGEST_LOG = 32 * 1024 * 1024
OLD_LOGS = 3
WINDOW = 600.0
"""What ended within so many seconds counts for how long is waited before the next start."""
PAUSES = (0.5, 1, 2, 5, 10, 30)


def state_file(plan: Plan) -> Path:
    return plan.var / "supervisor.json"


def pause(process: Process, now: float) -> float:
    """How long to wait before a process that ended is started again: longer each time, until it has held for a while."""
    return PAUSES[min(max(len(process.lately(now, WINDOW)) - 1, 0), len(PAUSES) - 1)]


@contextmanager
def only_one(plan: Plan) -> Iterator[None]:
    """Supervise alone, as long as this process lives. Raises BadSettings when the city of this folder has its supervisor."""
    plan.var.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(plan.var / "up.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            whose = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
            raise BadSettings(
                f"{plan.var}: 此目录下已有正在运行的城市 · a city runs here already, of process {whose}. End that one, "
                "or set YIFA_VAR to another folder"
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


async def end_what_is_left(plan: Plan, grace: float = GRACE) -> list[str]:
    """End the processes of an earlier supervisor that was killed; their names. They may have got no word of its end, or be
    stopped. Returns when none of them is there.
    """
    left = [process for process in read(state_file(plan)) if process.alive]
    for process in left:
        for number in (signal.SIGTERM, signal.SIGCONT):
            send(process, number)
    deadline = time.monotonic() + grace
    while any(process.alive for process in left) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    for process in left:
        send(process, signal.SIGKILL)
    while any(process.alive for process in left):
        await asyncio.sleep(0.02)
    return [process.name for process in left]


def send(process: Process, number: int) -> None:
    with suppress(ProcessLookupError):
        if process.alive:
            os.kill(process.pid, number)


def rotate(log: Path, largest: int = LARGEST_LOG) -> bool:
    """Begin a log anew that has grown too large; the last ones are kept. It is emptied in place: whoever writes to it appends,
    and goes on without a word.
    """
    try:
        if log.stat().st_size <= largest:
            return False
    except FileNotFoundError:
        return False
    for number in range(OLD_LOGS, 1, -1):
        with suppress(FileNotFoundError):
            old(log, number - 1).replace(old(log, number))
    shutil.copyfile(log, old(log, 1))
    os.truncate(log, 0)
    return True


def old(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
