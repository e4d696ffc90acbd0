"""Where copies lie: what they hold, each under the SHA-256 of its bytes and once, and their manifests, each written last."""

import fcntl
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from services.kit.backup.manifest import DIGEST, NAME, BadCopy
from services.kit.disk import make_folder, sync_folder

READ = 1024 * 1024
OBJECTS, COPIES = "objects", "copies"


class Store(Protocol):
    """What copies are written to and read from."""

    def put(self, file: Path, sha256: str = "", *, ours: bool = False) -> tuple[str, int]: ...
    def finish(self, name: str, manifest: bytes) -> None: ...
    def names(self) -> list[str]: ...
    def manifest(self, name: str) -> bytes: ...
    def open(self, sha256: str) -> IO[bytes]: ...


class Altered(Exception):
    """A file does not have the hash that it should have."""


def digest_of(file: Path) -> tuple[str, int]:
    """The hash of a file's bytes, and how many they are."""
    counted, size = sha256(), 0
    with file.open("rb") as source:
        while chunk := source.read(READ):
            counted.update(chunk)
            size += len(chunk)
    return counted.hexdigest(), size


class Folder:
    """Copies in a folder: what a copy has in common with an earlier one is there once."""

    def __init__(self, path: Path):
        self.path = path

    def place(self, digest: str) -> Path:
        return self.path / OBJECTS / digest[:2] / digest

    def put(self, file: Path, sha256: str = "", *, ours: bool = False) -> tuple[str, int]:
        """Keep the bytes of a file, by a link where the disk is the same and they never change: their hash is known, or it is
        `ours`. What is there already stays. Raises Altered for other bytes than those of the hash.
        """
        size = file.stat().st_size
        if sha256 and (there := self.place(sha256)).exists() and there.stat().st_size == size:
            return sha256, size
        digest, size = digest_of(file)
        if sha256 and digest != sha256:
            raise Altered(str(file))
        place = self.place(digest)
        if place.exists() and place.stat().st_size == size:
            return digest, size
        make_folder(place.parent)
        part = place.with_name(f"{digest}.part")
        part.unlink(missing_ok=True)
        if not ((sha256 or ours) and linked(file, part)):
            copied(file, part)
        part.replace(place)
        sync_folder(place.parent)
        return digest, size

    def finish(self, name: str, manifest: bytes) -> None:
        make_folder(self.path / COPIES)
        part = self.path / COPIES / f"{name}.part"
        written(part, manifest)
        part.replace(part.with_suffix(".json"))
        sync_folder(part.parent)

    def names(self) -> list[str]:
        found = [file.stem for file in (self.path / COPIES).glob("*.json")]
        return sorted(name for name in found if NAME.fullmatch(name))

    def manifest(self, name: str) -> bytes:
        return (self.path / COPIES / f"{name}.json").read_bytes()

    def open(self, sha256: str) -> IO[bytes]:
        return self.place(sha256).open("rb")

    def drop(self, name: str) -> None:
        (self.path / COPIES / f"{name}.json").unlink()

    def sweep(self, needed: set[str]) -> int:
        """Take away what no copy needs; how much."""
        gone = 0
        for file in (self.path / OBJECTS).glob("??/*"):
            if DIGEST.fullmatch(file.name) is None or file.name not in needed:
                file.unlink()
                gone += 1
        return gone

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One writer at a time. Raises BadCopy."""
        make_folder(self.path)
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise BadCopy(f"{self.path}：另一备份正在写入，another copy is being written there") from None
        finally:
            os.close(descriptor)


class Archive:
    """One copy in one file: it gets its name when it is whole."""

    def __init__(self, path: Path):
        self.path, self.part = path, path.with_name(f"{path.name}.part")
        self.tar: tarfile.TarFile | None = None
        self.has: set[str] = set()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While it is written. What is broken off leaves nothing under its name."""
        make_folder(self.path.parent)
        descriptor = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as self.tar:
            try:
                yield
            except BaseException:
                self.part.unlink(missing_ok=True)
                raise

    def put(self, file: Path, sha256: str = "", *, ours: bool = False) -> tuple[str, int]:
        digest, size = digest_of(file)
        if sha256 and digest != sha256:
            raise Altered(str(file))
        if digest not in self.has:
            assert self.tar is not None
            self.has.add(digest)
            with file.open("rb") as source:
                self.tar.addfile(_member(f"{OBJECTS}/{digest}", size), source)
        return digest, size

    def finish(self, name: str, manifest: bytes) -> None:
        assert self.tar is not None
        self.tar.addfile(_member(f"{COPIES}/{name}.json", len(manifest)), BytesIO(manifest))
        self.tar.close()
        with self.part.open("rb") as file:
            os.fsync(file.fileno())
        self.part.replace(self.path)
        sync_folder(self.path.parent)

    def names(self) -> list[str]:
        with self._reading() as tar, self._whole():
            found = [Path(name) for name in tar.getnames() if name.startswith(f"{COPIES}/")]
        return sorted(each.stem for each in found if NAME.fullmatch(each.stem))

    def manifest(self, name: str) -> bytes:
        with self._reading() as tar:
            return self._bytes_of(tar, f"{COPIES}/{name}.json").read()

    def open(self, sha256: str) -> IO[bytes]:
        if self.tar is None:
            self.tar = self._reading()
        return self._bytes_of(self.tar, f"{OBJECTS}/{sha256}")

    def _reading(self) -> tarfile.TarFile:
        try:
            return tarfile.open(self.path)
        except (tarfile.TarError, EOFError) as wrong:
            raise BadCopy(f"{self.path}：不是备份文件，is no copy: {wrong}") from None

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What reads the file. Raises BadCopy where it turns out to be cut off or damaged."""
        try:
            yield
        except (tarfile.TarError, EOFError) as wrong:
            raise BadCopy(
                f"{self.path}：备份文件不完整或者已损坏，the copy is cut off or damaged: {wrong}"
            ) from None

    def _bytes_of(self, tar: tarfile.TarFile, name: str) -> IO[bytes]:
        with self._whole():
            try:
                member = tar.getmember(name)
            except KeyError:
                raise FileNotFoundError(name) from None
            found = tar.extractfile(member)
            if found is None:
                raise FileNotFoundError(name)
            if member.offset_data + member.size > self.path.stat().st_size:
                raise EOFError(f"{name} is not all there")
        return found


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def store_at(path: Path) -> Folder | Archive:
    """Copies in a folder, or the one copy in a file that ends in `.tar`."""
    return Archive(path) if path.suffix == ".tar" and not path.is_dir() else Folder(path)


def linked(file: Path, to: Path) -> bool:
    """Whether a file could be given a second name."""
    with suppress(OSError):
        os.link(file, to)
        with to.open("rb") as written_out:
            os.fsync(written_out.fileno())
        return True
    return False


def copied(file: Path, to: Path) -> None:
    """A copy that only its owner may read, on the disk when this returns."""
    with file.open("rb") as source:
        poured(source, to)


def poured(source: IO[bytes], to: Path, mode: int = 0o600) -> None:
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "wb") as target:
        os.fchmod(descriptor, mode)  # whatever umask this process has
        shutil.copyfileobj(source, target, READ)
        target.flush()
        os.fsync(target.fileno())


def written(file: Path, data: bytes) -> None:
    poured(BytesIO(data), file)
