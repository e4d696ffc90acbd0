"""Whole files on the node's own disk."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

READ = 1024 * 1024


class Disk:
    """Whole files under a folder, each named by its SHA-256. A file gets its place by a link, after it was written out, and
    its folder is written out after: whoever sees it, sees all of it.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def place(self, sha256: bytes) -> Path:
        """Where a file is, or would be."""
        name = sha256.hex()
        return self.folder / name[:2] / name

    def keep(self, part: Path, sha256: bytes) -> None:
        """Give what was handed in its place, over what is there: the same bytes if they are still good, and else better ones."""
        place = self.place(sha256)
        make_folder(place.parent)
        beside = place.with_name(f"{place.name}.{part.name}")
        beside.unlink(missing_ok=True)
        os.link(part, beside)
        beside.replace(place)
        os.utime(place)
        sync_folder(place.parent)

    def size(self, sha256: bytes) -> int | None:
        """How many bytes it has; None when it is not there."""
        try:
            return self.place(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def chunks(self, sha256: bytes, offset: int, length: int) -> Iterator[bytes]:
        """Some of its bytes, fewer where it ends before. Raises FileNotFoundError."""
        with self.place(sha256).open("rb") as file:
            file.seek(offset)
            while length and (chunk := file.read(min(READ, length))):
                length -= len(chunk)
                yield chunk

    def names(self) -> Iterator[bytes]:
        """The hashes of all that is there, by its names."""
        for path in self.folder.glob("??/*"):
            with suppress(ValueError):
                yield bytes.fromhex(path.name)

    def kept_at(self, sha256: bytes) -> float | None:
        """When it was kept last, as a POSIX time; None when it is not there."""
        try:
            return self.place(sha256).stat().st_mtime
        except FileNotFoundError:
            return None

    def forget(self, sha256: bytes) -> None:
        self.place(sha256).unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """A folder that only the node may look into, and those above it that are missing."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
