"""A PostgreSQL server of the tests' own, from binaries that are on the machine. No root, no system service."""

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cable import free_port

NOBODY = 65534
TOLD = ("YIFA_DATABASE_URL", "YIFA_DATABASE_TEMPLATE")
# Of tests nothing need outlive the machine: a killed process finds all that it committed, which is what they ask for.
QUICK = "-c fsync=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB"
# However the tests end: the server is stopped once nobody holds the other end of the pipe any more.
AT_THE_END = 'read _; exec "$@"'
# Becomes nobody in a process of its own: to change the user, subprocess would fork, which crashes under threads that speak gRPC.
AS_NOBODY = (
    sys.executable,
    "-c",
    f"import os, sys; os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY}); os.execv(sys.argv[1], sys.argv[1:])",
)


def binaries() -> Path | None:
    """The folder with initdb and postgres, newest version first; None when there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    if found:
        return Path(found[-1]).parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the URL prefix to which a database name is added.

    Its folder is not one of pytest's: those are closed to the user that the server runs as. As long as it runs, no other one is
    the default: a test says itself which database of it is whose.
    """
    with TemporaryDirectory() as folder, _server(Path(folder)) as url:
        default = {name: os.environ.pop(name) for name in TOLD if name in os.environ}
        try:
            yield url
        finally:
            os.environ.update(default)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    bin_ = binaries()
    assert bin_ is not None
    data, port = folder / "data", free_port()
    user: tuple[str, ...] = ()
    if os.geteuid() == 0:  # initdb and postgres refuse to run as root
        os.chown(folder, NOBODY, NOBODY)
        user = AS_NOBODY
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [
            *user,
            bin_ / "initdb",
            "-D",
            data,
            "-U",
            "yifa",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        **quiet,
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {QUICK}"
    control = [*user, bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
    ending = [*user, "/bin/sh", "-c", AT_THE_END, "sh", *control[len(user) :], "-m", "immediate", "stop"]
    with subprocess.Popen(
        ending, stdin=subprocess.PIPE, **quiet
    ):  # its end closes the pipe, and waits for the stop
        yield f"postgresql://yifa@127.0.0.1:{port}/"
