"""What a run writes is kept in memory, where the machine has enough of it: thousands of commits wait for no disk.

What is kept outlives a process that is killed there as it does on a disk, and a power cut is in no test. Tests that are about
disks have the fixture `on_disk`. Whoever says TMPDIR is heard.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 8 * 2**30
"""Twice what a whole run writes."""
TMPDIR, DISK = "TMPDIR", "YIFA_TEST_DISK"
NAME = "yifa-tests-"


def move_in() -> Path | None:
    """Lead what is temporary there, also that of the processes to come; the folder, or None where all stays as it is."""
    if os.environ.get(TMPDIR) or not roomy():
        return None
    sweep()
    disk = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix=f"{NAME}{os.getpid()}-", dir=MEMORY))
    folder.chmod(0o711)  # PostgreSQL runs as somebody else, and has to come through
    os.environ[DISK], os.environ[TMPDIR] = disk, str(folder)
    tempfile.tempdir = None
    return folder


def roomy() -> bool:
    """Whether there is room, and programs may be run from it."""
    try:
        found = os.statvfs(MEMORY)
        told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
        unused = 1024 * int(told["MemAvailable"].split()[0])
    except (OSError, KeyError, ValueError):
        return False
    return min(found.f_bavail * found.f_frsize, unused) >= ROOM and not found.f_flag & os.ST_NOEXEC


def sweep() -> None:
    """Take away what runs left that were killed or failed, once they are over."""
    for folder in MEMORY.glob(f"{NAME}*"):
        try:
            os.kill(int(folder.name.removeprefix(NAME).partition("-")[0]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (PermissionError, ValueError):
            continue


def move_out(folder: Path, *, passed: bool) -> None:
    """Give the room back; what failed is kept, to be looked at, until the next run."""
    if passed:
        with suppress(OSError):
            shutil.rmtree(folder)


def disk() -> str:
    """Where temporary files are when no run leads them elsewhere."""
    return os.environ.get(DISK) or tempfile.gettempdir()


def disk_beside(path: Path) -> str:
    """A folder on another disk than this path: that in memory, or where the path is in memory, the machine's own."""
    return disk() if MEMORY.stat().st_dev == path.stat().st_dev else str(MEMORY)
