"""A city whose nodes sign: keys for each, the directory of their public halves, an office that reads by it."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.access import make_key
from services.kit.algorithm import ED25519, Algorithm
from services.kit.checkpoint.origin import origin_of
from services.kit.directory import with_key
from services.kit.parked import unpack
from services.kit.reader import Delivery
from services.kit.signing import Signer, signer_in
from services.supervision.case.model import CaseView
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Journal, Office, new_case, running_office

WHEN = "2026-03-02 10:00"
NODES = (CITY, ENVIRONMENT, URBAN)


@dataclass
class Keys:
    """The keys of a city's nodes, in a folder for each."""

    folder: Path

    @property
    def directory(self) -> Path:
        return self.folder / "nodes.toml"

    def make(self, node: str, algorithm: Algorithm = ED25519) -> Signer:
        """The node's key, made where it has none, and put into the directory."""
        made = self.stranger(node, algorithm)
        with_key(self.directory, node, made.public_key)
        return made

    def stranger(self, name: str, algorithm: Algorithm = ED25519) -> Signer:
        """A key that the directory does not know."""
        make_key(self.folder / name, "sign", algorithm)
        return signer_in((self.folder / name / "sign.key").read_bytes())


@dataclass
class Bureau:
    """A department of its own in an office that many tests share: what is found is found of its node."""

    office: Office
    keys: Keys
    node: str
    service: str = "enforcement"
    hashes: list[bytes] = field(default_factory=list)

    @property
    def journal(self) -> Journal:
        return self.office.journal(self.node, self.service)

    @property
    def origin(self) -> str:
        return origin_of(CITY, self.node, self.service)

    def case(self, name: str) -> str:
        return f"C-{self.node}-{name}"

    def told(self, name: str) -> Delivery:
        """The event of a case, not yet brought to the office."""
        return self.office.told(new_case(self.case(name), self.node), "CaseFiled", WHEN)

    async def tells(self, name: str, when: str = WHEN) -> bool:
        """A case is told of; whether the city took it in."""
        await self.send(self.office.told(new_case(self.case(name), self.node), "CaseFiled", when))
        return self.knows(name)

    async def send(self, delivery: Delivery, heard: bool = True) -> Delivery:
        self.hashes.append(bytes.fromhex(delivery.headers["yifa-hash"]))
        if heard:
            await self.office.take(delivery)
        return delivery

    def knows(self, name: str) -> bool:
        table = CaseView.__table__
        return bool(
            self.office.running.rows(select(table.c.case_id).where(table.c.case_id == self.case(name)))
        )

    def why_refused(self) -> list[str]:
        """Why events of its node are parked."""
        rows = self.office.running.rows(select(self.office.running.kit.parked))
        return sorted(row.error for row in rows if unpack(row).node == self.node)

    def found(self) -> list[str]:
        """What was found of its journals, in order."""
        told = self.office.emitted(supervision.ChainBroken)
        return [
            supervision.ChainFault.Name(e.fault).removeprefix("CHAIN_FAULT_")
            for e in told
            if e.node == self.node
        ]

    async def warned(self) -> list[Any]:
        return [w for w in await self.office.warnings(rule_id="CHAIN") if w.node == self.node]


numbers = itertools.count(1)


def bureau(office: Office, keys: Keys, algorithm: Algorithm = ED25519) -> Bureau:
    """A department that nobody spoke for yet, with a key that the city knows."""
    node = f"bureau{next(numbers)}"
    office.signers[node] = keys.make(node, algorithm)
    office.running.around.directory.look(at_once=True)
    return Bureau(office, keys, node)


@asynccontextmanager
async def signing_office(folder: Path) -> AsyncIterator[tuple[Office, Keys]]:
    """The city's supervision, which knows the keys of the city and two departments; their journals are signed."""
    keys = Keys(folder)
    signers = {node: keys.make(node) for node in NODES}
    section = {"key": f"{CITY}/sign.key", "directory": "nodes.toml"}
    async with running_office(folder, sign=section, checkpoint={"seconds": 0}) as office:
        office.signers = signers
        yield office, keys
