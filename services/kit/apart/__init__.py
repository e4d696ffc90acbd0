"""Reading what came from outside in a process of its own, which may take so much memory and time and no more, and may die.

The process is a copy of one that has nothing but the reading code (`__main__.py`): no keys, no database, no connection. It is
given the bytes, writes what it found as bytes, and is killed when it is over its bounds: what it read of a hostile file is then
as if it had not been read. Nothing it writes is ever run or unpickled here.
"""

import array
import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CHUNK = 1 << 16
# The process ends itself by then; who waits for it waits a little longer.
LEEWAY = 5.0


@dataclass(frozen=True)
class Bounds:
    """What reading may take: bytes of memory, seconds of a processor and of the clock, bytes of what was found."""

    memory: int = 1 << 30
    cpu: int = 20
    seconds: int = 30
    found: int = 1 << 28


class TooMuch(ValueError):
    """Reading would take more than is given for it; the text says so in both languages."""


class Unreadable(ValueError):
    """What a reader says of bytes that it cannot read, in both languages; whatever else it ran into is told as damage."""


SAID = {
    "memory": "读取所需的内存超出限额，已中止 reading it takes too much memory and was ended",
    "time": "读取所需的时间超出限额，已中止 reading it takes too long and was ended",
    "found": "读出的内容超出限额，已中止 it holds too much and reading was ended",
    "died": "文件使读取程序崩溃，未予读取 it ended the program that reads it, and was not read",
}


def read_apart(reader: str, data: int | bytes, bounds: Bounds) -> bytes:
    """What a reader (`module:function`, bytes to an iterable of bytes) finds in some bytes, or in the file that a descriptor is
    of. Raises TooMuch, Unreadable.
    """
    with _given(data) as given, _pipe() as (found, finds), _pipe() as (end, ends):
        order = {"reader": reader, "memory": bounds.memory, "cpu": bounds.cpu, "seconds": bounds.seconds}
        _helper().send(json.dumps(order).encode(), (given, finds, ends))
        os.close(finds)
        os.close(ends)
        deadline = time.monotonic() + bounds.seconds + LEEWAY
        content = b"".join(_until(found, deadline, bounds.found))
        said = json.loads(b"".join(_until(end, deadline, CHUNK)) or b'{"how": "died"}')
    if said["how"] == "read":
        return content
    if said["how"] == "wrong":
        raise Unreadable(said["text"])
    raise TooMuch(SAID[said["how"]])


@contextmanager
def _given(data: int | bytes) -> Iterator[int]:
    """A descriptor of the bytes."""
    if isinstance(data, int):
        yield data
        return
    file = os.memfd_create("given", os.MFD_CLOEXEC)
    try:
        with open(file, "wb", closefd=False) as writing:
            writing.write(data)
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """A pipe of which whoever uses it closes the second end."""
    first, second = os.pipe2(os.O_CLOEXEC)
    try:
        yield first, second
    finally:
        os.close(first)


def _until(pipe: int, deadline: float, most: int) -> Iterator[bytes]:
    """What comes through a pipe until it is closed."""
    size = 0
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TooMuch(SAID["time"])
        if not (chunk := os.read(pipe, CHUNK)):
            return
        if (size := size + len(chunk)) > most:
            raise TooMuch(SAID["found"])
        yield chunk


class Helper:
    """The process that copies are made of, and the line on which it is given what to read."""

    def __init__(self) -> None:
        self.line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services.kit.apart", str(other.fileno())],
                pass_fds=(other.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={"PYTHONPATH": f"{ROOT}:{ROOT / 'proto' / 'gen'}"},
                start_new_session=True,
            )

    def send(self, order: bytes, descriptors: tuple[int, ...]) -> None:
        """Have something read. Raises OSError when the process is gone."""
        passed = array.array("i", descriptors)
        self.line.sendmsg([order], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, passed)])

    def end(self) -> None:
        """It ends by itself when its line does."""
        self.line.close()
        self.process.wait(LEEWAY)


_lock = threading.Lock()
_running: dict[int, Helper] = {}


def _helper() -> Helper:
    """The one of this process, begun when it is first needed, and anew when it died."""
    with _lock:
        helper = _running.get(os.getpid())
        if helper is None or helper.process.poll() is not None:
            helper = _running[os.getpid()] = Helper()
            atexit.register(helper.end)
        return helper
