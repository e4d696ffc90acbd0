"""Who is signed in, kept at the console: a browser holds a random id and nothing else, and it ends when its token does."""

import hashlib
import hmac
import time
from dataclasses import dataclass, field
from secrets import token_bytes, token_urlsafe
from typing import Any

from yifa.access.v1 import token_pb2
from yifa.law.v1.options_pb2 import Role

from services.kit.limit import Limit

# More at once than a city has people; the oldest go first.
MOST = 20_000
# Nobody who left the browser alone for so long is signed in any more.
IDLE = 3600.0
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


@dataclass
class Sessions:
    """The sessions by what their ids hash to, and those who are on their way to the identity provider and back."""

    sessions: dict[bytes, Session] = field(default_factory=dict)
    coming: dict[bytes, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    secret: bytes = field(default_factory=lambda: token_bytes(32))
    tries: Limit = field(default_factory=lambda: Limit(rate=1, burst=40))

    def begin(self, grant: token_pb2.Grant) -> str:
        """A new session; its id, which nobody had before."""
        now = time.time()
        if len(self.sessions) >= MOST:
            self.sessions = {key: each for key, each in self.sessions.items() if each.lives(now)}
        if len(self.sessions) >= MOST:
            del self.sessions[next(iter(self.sessions))]
        session_id = token_urlsafe(32)
        roles = tuple(Role.Name(role).removeprefix("ROLE_") for role in grant.roles)
        self.sessions[key_of(session_id)] = Session(
            grant.token, grant.node, grant.subject, grant.name, roles, grant.expire_time.seconds, now
        )
        return session_id

    def find(self, session_id: str) -> Session | None:
        """The session of an id, while it lasts."""
        key, now = key_of(session_id), time.time()
        session = self.sessions.get(key)
        if session is None:
            return None
        if not session.lives(now):
            del self.sessions[key]
            return None
        session.seen = now
        return session

    def end(self, session_id: str) -> Session | None:
        return self.sessions.pop(key_of(session_id), None)

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
        """What a form of this browser has to send with it: no other site knows it."""
        return hmac.digest(self.secret, of.encode(), "sha256").hex()


def key_of(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode()).digest()
