"""What Yifa writes is its owner's alone: files 0600, folders 0700."""

import os
from pathlib import Path

UMASK = 0o077


def keep_private() -> None:
    """Let whatever this process and those that it starts write from now on be readable by their owner only. Called once, where a
    process begins.
    """
    os.umask(UMASK)


def private_folder(path: Path) -> Path:
    """A folder of the owner's alone; one that was made by an older version is closed."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.stat().st_uid == os.getuid():
        path.chmod(0o700)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write whole or not at all, readable by the owner only."""
    private_folder(path.parent)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
