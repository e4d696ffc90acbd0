"""Who is signed in, kept at the console: a browser holds a random id and nothing else, and it ends when its token does.

Sessions outlast the console's process: each is on file before the browser is given its id, and gone from there before who signs
out is told so.
"""

import asyncio
import hashlib
import hmac
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from yifa.access.v1 import token_pb2
from yifa.law.v1.options_pb2 import Role

from services.console.accounts.kept import Kept, sealed, unsealed
from services.kit.limit import Limit

# More at once than a city has people; the oldest go first.
MOST = 20_000
# Nobody who left the browser alone for so long is signed in any more.
IDLE = 3600.0
# So often is put on file who was seen.
NOTED = 60.0
# In so many seconds one comes back from the identity provider.
COMING_BACK = 600.0


@dataclass
class Session:
    """Somebody who is signed in: their token of a node, and what it says."""

    token: str
    node: str
    subject: str
    name: str
    roles: tuple[str, ...]
    expires: float
    seen: float

    def lives(self, now: float) -> bool:
        return now < self.expires and now < self.seen + IDLE

    def has(self, *roles: str) -> bool:
        return not {*roles}.isdisjoint(self.roles)


class Sessions:
    """The sessions by what their ids hash to, and those who are on their way to the identity provider and back."""

    def __init__(self, file: Path):
        self.kept = Kept(file)
        self.unkept = dict[bytes, Session]()
        """For these there was no room in the file: they end with this process."""
        self.ended = set[bytes]()
        """These ended, and the file could not be told yet."""
        self.seen = dict[bytes, float]()
        """Who was seen since that was put on file last."""
        self.coming = dict[bytes, tuple[float, dict[str, Any]]]()
        self.tries = Limit(rate=1, burst=40)

    def begin(self, grant: token_pb2.Grant) -> str:
        """A new session; its id, which nobody had before."""
        now, session_id = time.time(), token_urlsafe(32)
        key, roles = key_of(session_id), tuple(Role.Name(role).removeprefix("ROLE_") for role in grant.roles)
        session = Session(
            grant.token, grant.node, grant.subject, grant.name, roles, grant.expire_time.seconds, now
        )
        box = sealed(session_id, key, asdict(session))
        if not self.kept.put(key, box, session.expires, now, MOST):
            if len(self.unkept) >= MOST:
                del self.unkept[next(iter(self.unkept))]
            self.unkept[key] = session
        return session_id

    def find(self, session_id: str) -> Session | None:
        """The session of an id, while it lasts."""
        key, now = key_of(session_id), time.time()
        session = self._held(session_id, key)
        if session is None:
            return None
        if not session.lives(now):
            self._drop(key)
            return None
        session.seen = self.seen[key] = now
        return session

    def end(self, session_id: str) -> Session | None:
        key = key_of(session_id)
        session = self._held(session_id, key)
        if session is not None:
            self._drop(key)
        return session

    def _held(self, session_id: str, key: bytes) -> Session | None:
        if key in self.ended:
            return None
        if (row := self.kept.find(key)) is None:
            return self.unkept.get(key)
        box, seen = row
        held = unsealed(session_id, key, box)
        if held is None:
            return None
        return Session(**{**held, "roles": tuple(held["roles"]), "seen": max(seen, self.seen.get(key, 0.0))})

    def _drop(self, key: bytes) -> None:
        self.seen.pop(key, None)
        if self.unkept.pop(key, None) is None and not self.kept.drop(key):
            self.ended.add(key)

    async def keep(self) -> None:
        """Put on file now and then who was seen, and let go of what is over, until cancelled."""
        while True:
            await asyncio.sleep(NOTED)
            self.tidy()

    def tidy(self) -> None:
        now = time.time()
        self.ended = {key for key in self.ended if not self.kept.drop(key)}
        self.unkept = {key: each for key, each in self.unkept.items() if each.lives(now)}
        if self.kept.tidy(self.seen, now, IDLE):
            self.seen.clear()

    def close(self) -> None:
        """At the end of the console."""
        self.tidy()
        self.kept.close()

    def attempt(self, visit: str) -> dict[str, Any]:
        """What a browser that goes to the identity provider has to bring back with it: state, nonce, verifier."""
        now, key = time.time(), key_of(visit)
        self.coming = {each: kept for each, kept in self.coming.items() if kept[0] > now}
        if len(self.coming) >= MOST:
            self.coming.pop(next(iter(self.coming)))
        kept = self.coming.setdefault(key, (now + COMING_BACK, {}))
        return kept[1]

    def settle(self, visit: str) -> None:
        """Forget an attempt, whatever came of it."""
        self.coming.pop(key_of(visit), None)

    def may_try(self, address: str) -> bool:
        """Whether an address may try to sign in once more; a whole city hall may share one."""
        return self.tries.admits(address)

    def proof(self, of: str) -> str:
        """What a form of this browser has to send with it: no other site knows the id that it is made of. A page that was open
        while the console was started again still counts.
        """
        return hmac.digest(of.encode(), b"yifa console form", "sha256").hex()


def key_of(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode()).digest()
