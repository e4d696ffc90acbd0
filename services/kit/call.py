"""A piece of work on its way to the writer, what it may know of its node, and what it lets happen."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.kit.access import Caller
from services.kit.directory import Directory
from services.kit.files import Files
from services.kit.sealing.box import Box
from services.kit.sealing.keys import KeyStore
from services.kit.settings import Settings
from services.kit.signing import OwnKey, Signer
from services.kit.store import Row
from services.law.calendar import Calendar
from services.law.edition import Edition, edition_of
from services.law.parameters import Layers

Loads = tuple[type[Row], Iterable[str]]


@dataclass
class Surroundings:
    """What a transaction knows of the node it runs at."""

    node: str
    kind: str
    city: str
    now: Callable[[], datetime]
    parameters: Layers
    calendar: Calendar
    files: Files
    keys: KeyStore
    sectors: Mapping[str, str] = field(default_factory=dict)
    own_key: OwnKey | None = None
    settings: Settings | None = None
    """The node's file."""
    directory: Directory | None = None
    """The public keys of all nodes; none where nothing is read from the bus."""

    @property
    def signer(self) -> Signer | None:
        """The key that the node signs with."""
        return self.own_key.signer if self.own_key is not None else None

    @property
    def edition(self) -> Edition:
        """The law as it binds here."""
        return edition_of(self.parameters)

    def sector_of(self, field: str) -> str:
        """The pack of sector rules that a body of this field of administration goes by; empty where there is none."""
        return self.sectors.get(field) or self.parameters.sector_of(field)


@dataclass(slots=True, eq=False)
class Call:
    """One piece of work for the writer: a request, a reaction, or a task of the service itself."""

    run: Callable[[Any], Any]
    """Given the transaction."""
    caller: Caller
    trace: str
    request_id: str = ""
    body_hash: bytes = b""
    loads: tuple[Loads, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    box: Box | None = None
    """What was sealed of the request."""
    settled: asyncio.Future[Any] | None = None


@dataclass(slots=True)
class Happened:
    """An event on its way into the journal."""

    type: str
    addressee: str
    subject: str
    at: int
    actor: str
    cause: str
    trace: str
    data: bytes
