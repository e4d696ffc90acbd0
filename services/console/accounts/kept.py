"""The file of the sessions, so that a console that is started again knows who is signed in.

What a session holds is encrypted under a key that is derived of its id, which the browser alone has: the file gives nobody a
token, and what was altered in it opens for nobody. A file that cannot be read is set aside; one that cannot be written is told
of, and the console goes on with what it has in memory.
"""

import hmac
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.private import private_folder

log = logging.getLogger(__name__)
T = TypeVar("T")
NONCE = 12
SCHEMA = """
CREATE TABLE IF NOT EXISTS session (key BLOB PRIMARY KEY, box BLOB NOT NULL, expires REAL NOT NULL, seen REAL NOT NULL)
WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_seen ON session (seen);
"""
# a session that ended is gone from the file as well, also when the power fails then
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")


@dataclass
class Kept:
    """The sessions on file, by what their ids hash to. Nothing here raises; what was not done is said."""

    path: Path
    db: sqlite3.Connection | None = None

    def put(self, key: bytes, box: bytes, expires: float, seen: float, most: int) -> bool:
        """Keep one; where there are as many as may be, the one goes that was not seen for the longest time."""

        def write(db: sqlite3.Connection) -> bool:
            if db.execute("SELECT count(*) FROM session").fetchone()[0] >= most:
                db.execute("DELETE FROM session WHERE key = (SELECT key FROM session ORDER BY seen LIMIT 1)")
            db.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (key, box, expires, seen))
            return True

        return self._do(write, False)

    def find(self, key: bytes) -> tuple[bytes, float] | None:
        """Its box, and when it was seen last."""
        asked = "SELECT box, seen FROM session WHERE key = ?"
        return self._do(lambda db: db.execute(asked, (key,)).fetchone(), None)

    def drop(self, key: bytes) -> bool:
        return self._do(lambda db: bool(db.execute("DELETE FROM session WHERE key = ?", (key,))), False)

    def tidy(self, seen: Mapping[bytes, float], now: float, idle: float) -> bool:
        """Note when sessions were seen, and let go of those that are over."""

        def write(db: sqlite3.Connection) -> bool:
            db.executemany(
                "UPDATE session SET seen = ? WHERE key = ?", [(at, key) for key, at in seen.items()]
            )
            db.execute("DELETE FROM session WHERE expires <= ? OR seen <= ?", (now, now - idle))
            return True

        return self._do(write, False)

    def close(self) -> None:
        db, self.db = self.db, None
        if db is not None:
            db.close()

    def _do(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        try:
            with self._open() as db:
                return work(db)
        except (sqlite3.Error, OSError) as wrong:
            log.error("%s: %s", self.path, wrong)
            self.close()
            return otherwise

    def _open(self) -> sqlite3.Connection:
        if self.db is None:
            try:
                self.db = opened(self.path)
            except sqlite3.DatabaseError as wrong:
                if isinstance(wrong, sqlite3.OperationalError):
                    raise  # no room, or no right: the file is as good as it was
                log.error("%s is no file of sessions, it is set aside: %s", self.path, wrong)
                self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
                for beside in ("-wal", "-shm"):
                    self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
                self.db = opened(self.path)
        return self.db


def opened(path: Path) -> sqlite3.Connection:
    """The file, made where there is none, the owner's alone. Raises sqlite3.Error, OSError."""
    private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    db = sqlite3.connect(path, timeout=1.0)
    try:
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        db.executescript(SCHEMA)
    except BaseException:
        db.close()
        raise
    return db


def sealed(session_id: str, key: bytes, held: Mapping[str, Any]) -> bytes:
    """What a session holds, for whoever has its id."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret_of(session_id)).encrypt(nonce, json.dumps(held).encode(), key)


def unsealed(session_id: str, key: bytes, box: bytes) -> dict[str, Any] | None:
    """The same again; nothing where it is another's, or was altered."""
    with suppress(InvalidTag, ValueError):
        held = json.loads(AESGCM(secret_of(session_id)).decrypt(box[:NONCE], box[NONCE:], key))
        return held if isinstance(held, dict) else None
    return None


def secret_of(session_id: str) -> bytes:
    """The key of a session's box. The id is random and as long as the key, so that one round is enough."""
    return hmac.digest(session_id.encode(), b"yifa console session", "sha256")
