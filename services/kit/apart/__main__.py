"""The process that reads what came from outside: `python -m services.kit.apart DESCRIPTOR`.

It reads nothing itself. For each order it makes a copy of itself, which makes another that reads; the first of the two watches
how the second ends, and tells. An order is JSON with three descriptors: the bytes, where what is found goes, and where the end
is told.
"""

import importlib
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from services.kit.apart import Unreadable

Reader = Callable[[bytes], Iterable[bytes]]
ORDER = 1 << 12
OUT_OF_MEMORY, WRONG = 71, 72
LONGEST = 2_000
"""Characters of what a reader may say of what is wrong."""


def serve(line: socket.socket) -> None:
    """Take orders until the line ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, descriptors, _, _ = socket.recv_fds(line, ORDER, 3)
        if not order:
            return
        told = json.loads(order)
        module, _, name = told["reader"].partition(":")
        reader = getattr(importlib.import_module(module), name)
        if os.fork() == 0:
            line.close()
            watch(reader, told, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def watch(reader: Reader, told: dict[str, Any], given: int, finds: int, ends: int) -> None:
    """Have a copy read, and tell how it ended. Does not return."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        read(reader, told, given, finds, ends)
    os.close(finds)
    _, status = os.waitpid(child, 0)
    if how := ending(status):
        tell(ends, how)
    os._exit(0)


def ending(status: int) -> str:
    """How a copy ended that did not tell it by itself."""
    if os.WIFEXITED(status):
        return {0: "read", WRONG: "", OUT_OF_MEMORY: "memory"}.get(os.WEXITSTATUS(status), "died")
    ended_by = os.WTERMSIG(status)
    if ended_by in (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL):
        return "time"
    # What cannot get memory in native code aborts.
    return "memory" if ended_by == signal.SIGABRT else "died"


def read(reader: Reader, told: dict[str, Any], given: int, finds: int, ends: int) -> None:
    """Read within the bounds. Does not return."""
    bound(told)
    try:
        with open(given, "rb", closefd=False) as content:
            data = content.read()
        with open(finds, "wb", closefd=False) as out:
            for chunk in reader(data):
                out.write(chunk)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Unreadable as wrong:
        tell(ends, "wrong", str(wrong)[:LONGEST])
        os._exit(WRONG)
    except Exception as wrong:
        # A parser meets damage with whatever it ran into.
        tell(ends, "wrong", f"文件已损坏 it is damaged ({type(wrong).__name__})")
        os._exit(WRONG)
    os._exit(0)


def bound(told: dict[str, Any]) -> None:
    """What this process may take from now on: no file is written, no process begun, and the clock ends it in native code too."""
    resource.setrlimit(resource.RLIMIT_AS, (told["memory"], told["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (told["cpu"], told["cpu"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(told["seconds"])


def tell(ends: int, how: str, text: str = "") -> None:
    with suppress(OSError):
        os.write(ends, json.dumps({"how": how, "text": text}).encode())


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as line:
        serve(line)
