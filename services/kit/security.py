"""What was tried and refused, each with who tried it: one line of JSON a time in one log, `services.kit.security`.

A line says when, at which node, what kind of attempt, why it was refused, by which method, and of the actor what is known: the
subject and node of a token that was good, the address, the sender of an event. It holds nothing of what was sent. Nobody can
fill the log: of one actor and kind some lines are written and the others counted, and so are those of all together. The metric
`yifa_refused` counts every one.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import prometheus_client

from services.kit.limit import Limit
from services.kit.refusal import Denied, Malformed, Refusal, Unauthenticated
from services.kit.time import wall

log = logging.getLogger(__name__)
LONGEST = 200
"""Characters of a name that comes from outside."""
MOST_COUNTED = 10_000
REFUSED = prometheus_client.Counter("yifa_refused", "attempts that were refused", ("node", "kind"))


class Kind(StrEnum):
    """What was tried."""

    TOKEN = "TOKEN"  # noqa: S105 - a kind, no secret
    """Without a token, or with one that is forged, altered, of another key, expired or taken back."""
    ROLE = "ROLE"
    """In a role that the method does not name."""
    NODE = "NODE"
    """With the right of another node, or as its machine without its certificate."""
    RIGHT = "RIGHT"
    """What is not this caller's, by whatever else the method asks."""
    SIGN_IN = "SIGN_IN"
    """To sign in with what proves nothing, as nobody of the node, or in a way that is closed."""
    RATE = "RATE"
    """More often, or more at a time, than one may."""
    SIZE = "SIZE"
    """More than is taken."""
    FORM = "FORM"
    """What is no request: bytes, unseen characters, values out of bounds, tokens of pages that were not given out."""
    METHOD = "METHOD"
    """A method that there is not, or that is not told of."""
    REPLAY = "REPLAY"
    """A request under the id of another."""
    EVENT = "EVENT"
    """An event that is forged, unsigned, impossible, or that rewrites what was received."""
    ADDRESS = "ADDRESS"
    """To have an address called that is not of the world outside."""
    PAGE = "PAGE"
    """A form of another site, a host that is not this one, a path out of the folder, a verb that a page does not take."""


KINDS = {
    "ROLE_REQUIRED": Kind.ROLE,
    "OTHER_DEPARTMENT": Kind.NODE,
    "CERTIFICATE_REQUIRED": Kind.NODE,
    "IDENTITY_NOT_PROVEN": Kind.SIGN_IN,
    "NOT_OF_THIS_NODE": Kind.SIGN_IN,
    "SIGN_IN_NOT_ENABLED": Kind.SIGN_IN,
    "TOO_FAST": Kind.RATE,
    "TOO_MANY_CALLS": Kind.RATE,
    "TOO_MANY_STREAMS": Kind.RATE,
    "TOO_MANY_SIGN_INS": Kind.RATE,
    "TOO_MANY_CHECKS": Kind.RATE,
    "TOO_MANY_UPLOADS": Kind.RATE,
    "TOO_LARGE": Kind.SIZE,
    "FILE_TOO_LARGE": Kind.SIZE,
    "UNKNOWN_METHOD": Kind.METHOD,
    "REQUEST_ID_REUSED": Kind.REPLAY,
}
CLASSES = {Unauthenticated: Kind.TOKEN, Denied: Kind.RIGHT, Malformed: Kind.FORM}


@dataclass(frozen=True)
class Actor:
    """Who tried, as far as it is known."""

    subject: str = ""
    node: str = ""
    address: str = ""

    @property
    def who(self) -> str:
        return f"{self.node}/{self.subject}@{self.address}"


@dataclass
class Book:
    """Writes the lines, as many as there is room for."""

    each: Limit = field(default_factory=lambda: Limit(rate=0.1, burst=20))
    all: Limit = field(default_factory=lambda: Limit(rate=20, burst=1000))
    left: Counter[str] = field(default_factory=Counter)

    def tell(
        self, at: str, kind: Kind, actor: Actor, reason: str, method: str = "", fields: Iterable[str] = ()
    ) -> None:
        """Note an attempt at a node that was refused."""
        REFUSED.labels(at, kind).inc()
        key = f"{at} {kind} {actor.who}"
        if not (self.each.admits(key) and self.all.admits("")):
            self.left[key if len(self.left) < MOST_COUNTED else ""] += 1
            return
        line = {
            "at": wall().isoformat(),
            "node": at,
            "kind": kind,
            "reason": reason,
            "method": method,
            "subject": actor.subject,
            "of": actor.node,
            "address": actor.address,
            "fields": sorted(fields)[:10],
            "not_written": self.left.pop(key, 0) + self.left.pop("", 0),
        }
        log.warning("%s", json.dumps({name: cut(value) for name, value in line.items() if value}))


BOOK = Book()


def cut(value: object) -> object:
    return value[:LONGEST] if isinstance(value, str) else value


def kind_of(no: Refusal) -> Kind | None:
    """What kind of attempt a refusal answers; None for what anybody runs into who does his work."""
    return KINDS.get(no.reason) or next((kind for of, kind in CLASSES.items() if isinstance(no, of)), None)


def refused(at: str, no: Refusal, actor: Actor, method: str) -> None:
    """Note a call that was refused, where it may have been an attack."""
    if (kind := kind_of(no)) is not None:
        fields = no.fields if isinstance(no, Malformed) else ()
        BOOK.tell(at, kind, actor, no.reason, method, (name.partition("[")[0][:60] for name in fields))
