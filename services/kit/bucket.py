"""Whole files in a bucket of an S3-compatible store."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from obstore.exceptions import BaseError
from obstore.store import S3Store

from services.kit.file_refusals import unreachable
from services.kit.settings import BadSettings, Settings

log = logging.getLogger(__name__)
READ = 1024 * 1024
PART = 8 * 1024 * 1024
"""What is sent as one part, and at most `AT_ONCE` of them lie in memory."""
AT_ONCE = 3


class Bucket:
    """Whole files under a prefix that is this node's alone, each named by its SHA-256. The store checks each part by a hash
    that is sent along. Everything raises Busy while the store does not answer, or does not let the node in.
    """

    def __init__(self, store: S3Store):
        self.store = store

    def keep(self, part: Path, sha256: bytes) -> None:
        """Put what was handed in into the bucket. It is there whole when this returns, and else not at all."""
        with reached():
            self.store.put(sha256.hex(), part, chunk_size=PART, max_concurrency=AT_ONCE)

    def size(self, sha256: bytes) -> int | None:
        """How many bytes it has; None when it is not there."""
        meta = self._meta(sha256)
        return None if meta is None else int(meta["size"])

    def chunks(self, sha256: bytes, offset: int, length: int) -> Iterator[bytes]:
        """Some of its bytes, fewer where it ends before. Raises FileNotFoundError."""
        if not length:
            return
        with reached():
            found = self.store.get(sha256.hex(), options={"range": (offset, offset + length)})
            for chunk in found.stream(min_chunk_size=READ):
                yield bytes(chunk)

    def names(self) -> Iterator[bytes]:
        """The hashes of all that is there, by its names."""
        with reached():
            for batch in self.store.list():
                for meta in batch:
                    try:
                        yield bytes.fromhex(meta["path"])
                    except ValueError:
                        continue

    def kept_at(self, sha256: bytes) -> float | None:
        """When it was kept last, as a POSIX time; None when it is not there."""
        meta = self._meta(sha256)
        return None if meta is None else float(meta["last_modified"].timestamp())

    def forget(self, sha256: bytes) -> None:
        with reached():
            self.store.delete(sha256.hex())

    def _meta(self, sha256: bytes) -> Any:
        try:
            with reached():
                return self.store.head(sha256.hex())
        except FileNotFoundError:
            return None


@contextmanager
def reached() -> Iterator[None]:
    """What goes wrong between node and store is for the node's log, and for the caller to try again."""
    try:
        yield
    except BaseError as problem:
        log.error("the store of files does not serve this node: %s", str(problem).partition("\n")[0])
        raise unreachable() from None


def bucket_of(settings: Settings) -> Bucket:
    """The bucket that `[bucket]` names: `endpoint`, `name`, `access_key_id`, `secret_file`, and where they are not the usual
    ones `region` and `prefix`. Raises BadSettings.
    """
    section = dict(settings.section("bucket"))
    if unknown := section.keys() - KEYS:
        raise BadSettings(f"{settings.path}: [bucket] {min(unknown)} is no setting")
    if wrong := [key for key in KEYS[:4] if not isinstance(section.get(key), str)]:
        raise BadSettings(f"{settings.path}: [bucket] {wrong[0]} is missing")
    secret = settings.file("bucket", "secret_file")
    try:
        key = secret.read_text("utf-8").strip()
    except OSError as problem:
        raise BadSettings(f"{settings.path}: [bucket] secret_file cannot be read: {problem}") from None
    store = S3Store(
        section["name"],
        # Departments may share a bucket, and what one does not know it must not sweep away.
        prefix=section.get("prefix", settings.node),
        endpoint=section["endpoint"],
        region=section.get("region", "us-east-1"),
        access_key_id=section["access_key_id"],
        secret_access_key=key,
        checksum_algorithm="SHA256",
        client_options={"connect_timeout": "3s", "timeout": "60s", "allow_http": True},
        retry_config={"max_retries": 2},
    )
    return Bucket(store)


KEYS = ("endpoint", "name", "access_key_id", "secret_file", "region", "prefix")
