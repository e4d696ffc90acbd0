"""Files of a node, each under the SHA-256 of its bytes: taken in parts, whole or not there at all, given back in parts.

An upload that is broken off lies in `incoming`, under a name that only its caller's key leads to, and goes on from its end. What
is whole, and has the hash that it should have, is held: on the node's disk, or in a bucket. The part stays until the record is
committed, so a process that is killed in between has lost nothing.
"""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any, Protocol

from services.kit.disk import Disk, make_folder
from services.kit.file_refusals import (
    altered,
    disk_full,
    elsewhere,
    lost,
    mismatch,
    nearly_full,
    runs_elsewhere,
    too_large,
    too_many,
)
from services.kit.settings import BadSettings, Settings

MIB = 1024 * 1024
SYNC_EVERY = 64 * MIB
"""So much is written before it is forced to the disk, while the next bytes come."""
READ = MIB
FORCING = ThreadPoolExecutor(8, "force-to-disk")
FULL = frozenset({ENOSPC, EDQUOT})


@dataclass(frozen=True)
class Limits:
    """How much is taken. In bytes: the largest file, what is kept free for the node's records. How many uploads of one caller and
    of all run at once, and how many of one caller may lie unfinished. In seconds: how long a stream may be silent, and how long
    is kept what is unfinished or what no record names.
    """

    largest: int = 2 * 1024 * MIB
    reserve: int = 1024 * MIB
    running: int = 3
    running_all: int = 24
    unfinished: int = 20
    silence: int = 60
    keep_seconds: int = 7 * 24 * 3600


class Held(Protocol):
    """Where whole files are, each under the SHA-256 of its bytes."""

    def keep(self, part: Path, sha256: bytes) -> None: ...
    def size(self, sha256: bytes) -> int | None: ...
    def chunks(self, sha256: bytes, offset: int, length: int) -> Iterator[bytes]: ...
    def names(self) -> Iterator[bytes]: ...
    def kept_at(self, sha256: bytes) -> float | None: ...
    def forget(self, sha256: bytes) -> None: ...


@dataclass
class Files:
    """The files of a node: what is on its way below `folder`, and what is held."""

    folder: Path
    held: Held
    limits: Limits = field(default_factory=Limits)
    running: "list[tuple[str, Part]]" = field(default_factory=list)
    """The uploads that run, each with its caller."""

    @property
    def awaited(self) -> int:
        """How many bytes they have still to bring."""
        return sum(part.size - part.come for _, part in self.running)

    @property
    def incoming(self) -> Path:
        return self.folder / "incoming"

    def part(self, key: tuple[str, ...]) -> Path:
        """Where an upload lies until it is whole. The first of the key is the caller."""
        return self.incoming / _name(key[:1]) / _name(key)

    def come(self, key: tuple[str, ...]) -> int:
        """How many bytes of an upload are kept."""
        try:
            return self.part(key).stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def taking(self, key: tuple[str, ...], size: int, offset: int) -> Iterator["Part"]:
        """An upload while it runs. Raises Full, Busy, Stale."""
        caller, limits = key[0], self.limits
        if size > limits.largest:
            raise too_large(size, limits.largest)
        own = [part for whose, part in self.running if whose == caller]
        if len(own) >= limits.running or len(self.running) >= limits.running_all:
            raise too_many(limits.running)
        path = self.part(key)
        lying = len(list(path.parent.iterdir())) if path.parent.is_dir() else 0
        if lying >= limits.unfinished and not path.exists():
            raise too_many(limits.unfinished)
        self.check_room(size - offset)
        make_folder(path.parent)
        with opened(path) as descriptor:
            part = Part(self, path, descriptor, size)
            if part.come != offset:
                raise elsewhere(part.come)
            self.running.append((caller, part))
            try:
                yield part
            finally:
                self.running.remove((caller, part))

    def check_room(self, more: int = 0) -> None:
        """Raises Full when so many bytes more, with what is on its way, would leave too little of the disk free."""
        make_folder(self.folder)
        free = shutil.disk_usage(self.folder).free
        if free - self.awaited - more < self.limits.reserve:
            raise nearly_full(free, self.limits.reserve)

    def read(self, sha256: bytes, offset: int, length: int) -> Iterator[bytes]:
        """A part of a file. Raises Lost when it is not there, or ends too early; when all of it was read, for other bytes."""
        counted, left = hashlib.sha256(), length
        try:
            whole = offset == 0 and self.held.size(sha256) == length
            for chunk in self.held.chunks(sha256, offset, length):
                left -= len(chunk)
                counted.update(chunk)
                yield chunk
        except FileNotFoundError:
            raise lost() from None
        if left or (whole and counted.digest() != sha256):
            raise altered()

    def check(self, sha256: bytes, size: int) -> str:
        """What is wrong with a file, "LOST" or "ALTERED"; empty when every byte is as it was handed in."""
        if (found := self.held.size(sha256)) is None:
            return "LOST"
        if found != size:
            return "ALTERED"
        counted = hashlib.sha256()
        try:
            for chunk in self.held.chunks(sha256, 0, size):
                counted.update(chunk)
        except FileNotFoundError:
            return "LOST"
        return "" if counted.digest() == sha256 else "ALTERED"

    def forgotten(self, sha256: bytes) -> bool:
        """Whether nothing happened to a file for so long that it may be swept, if nobody needs it."""
        kept = self.held.kept_at(sha256)
        return kept is not None and self._old(kept)

    def _old(self, at: float) -> bool:
        return time.time() - at > self.limits.keep_seconds

    def sweep_incoming(self) -> int:
        """Forget uploads that nobody went on with; how many."""
        gone = 0
        for path in self.incoming.glob("*/*"):
            with suppress(FileNotFoundError):
                if self._old(path.stat().st_mtime):
                    path.unlink()
                    gone += 1
        return gone


class Part:
    """An upload that runs: its bytes so far are in the file, and counted."""

    def __init__(self, files: Files, path: Path, descriptor: int, size: int):
        self.files, self.path, self.descriptor, self.size = files, path, descriptor, size
        self.come = self.safe = os.fstat(descriptor).st_size
        """How many bytes came, and how many of them are known to be on the disk."""
        self.forcing: tuple[int, Future[None]] | None = None
        """What is being forced to the disk: the bytes before a place."""
        self.hash: Any = hashlib.sha256()

    def recount(self) -> None:
        """Count what came on earlier calls."""
        at = 0
        while at < self.come and (chunk := os.pread(self.descriptor, min(READ, self.come - at), at)):
            self.hash.update(chunk)
            at += len(chunk)

    def take(self, chunk: bytes) -> None:
        """Put bytes behind those that came. Raises Full; what came before is kept then."""
        with self.room():
            self.put(chunk)
            self.hash.update(chunk)
            self.come += len(chunk)
            if self.come - (self.forcing[0] if self.forcing else self.safe) >= SYNC_EVERY:
                self.settle()
                self.forcing = self.come, FORCING.submit(os.fdatasync, self.descriptor)
                self.files.check_room()

    def settle(self) -> None:
        """Wait for what is being forced to the disk. Raises Full; what was on the disk before is kept then."""
        if self.forcing is None:
            return
        (place, forced), self.forcing = self.forcing, None
        with self.room():
            try:
                forced.result()
            except OSError:
                self.come = self.safe
                raise
        self.safe = place

    @contextmanager
    def room(self) -> Iterator[None]:
        """Raises Full for a disk that is, with no more in the file than came."""
        try:
            yield
        except OSError as wrong:
            if wrong.errno not in FULL:
                raise
            with suppress(OSError):  # it is counted anew on the next call
                os.ftruncate(self.descriptor, self.come)
            raise disk_full() from None

    def put(self, chunk: bytes) -> None:
        written = 0
        with memoryview(chunk) as view:
            while written < len(view):
                written += os.pwrite(self.descriptor, view[written:], self.come + written)

    def finish(self, sha256: bytes) -> None:
        """Give the whole file its place. Raises Malformed, and forgets what came, for other bytes than those of the hash."""
        counted = self.hash.digest()
        if counted != sha256:
            self.drop()
            raise mismatch(counted)
        os.fsync(self.descriptor)
        self.files.held.keep(self.path, sha256)

    def make_sure(self, sha256: bytes) -> None:
        """Keep it again, should what was old have been swept while its record was on the way."""
        if self.files.held.size(sha256) != self.size:
            self.files.held.keep(self.path, sha256)

    def drop(self) -> None:
        """Forget the part: it is recorded, or good for nothing."""
        self.path.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A part, for one call at a time. Raises Stale when it is another's."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise runs_elsewhere() from None
        yield descriptor
    finally:
        os.close(descriptor)


def files_of(settings: Settings) -> Files:
    """The files of a node, as `[files]` says: `folder` and the limits; in a bucket where there is one. Raises BadSettings."""
    section = dict(settings.section("files"))
    folder = settings.path.parent / section.pop("folder", f"{settings.node}/files")
    if unknown := section.keys() - Limits.__dataclass_fields__.keys():
        raise BadSettings(f"{settings.path}: [files] {min(unknown)} is no setting")
    if wrong := [key for key, value in section.items() if type(value) is not int or value < 0]:
        raise BadSettings(f"{settings.path}: [files] {wrong[0]} is a whole number")
    if settings.section("bucket"):
        from services.kit.bucket import bucket_of  # its library takes long to load, and few nodes have one

        return Files(folder, bucket_of(settings), Limits(**section))
    return Files(folder, Disk(folder / "held"), Limits(**section))


def _name(key: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()
