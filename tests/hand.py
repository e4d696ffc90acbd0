"""Whoever has a node's key writes what he likes into the journal of a service, and publishes it at the node's own server."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from services.kit.bus import connect
from services.kit.connection import Connection
from services.kit.dial import context, trust_of
from services.kit.journal import GENESIS, Envelope, headers, seal
from services.kit.publish import Outgoing
from services.kit.reader import inbox_prefix
from services.kit.settings import Settings
from services.kit.signature import signed
from services.kit.signing import Signer, signer_in
from services.node.plan import Plan


def signer_of(plan: Plan, node: str) -> Signer:
    """The key of a node."""
    return signer_in(plan.sign_key(node).read_bytes())


@dataclass
class Hand:
    """Who writes the journal of a service at a node, and has its key."""

    node: str
    service: str
    signer: Signer
    seq: int = 0
    last: bytes = GENESIS
    counts: dict[str, int] = field(default_factory=dict)

    def write(self, e: Envelope, *, skip: int = 0) -> Envelope:
        """The next entry, with what an event says; `skip` leaves numbers out."""
        self.seq += 1 + skip
        count = self.counts[e.to] = self.counts.get(e.to, 0) + 1 + skip
        made = replace(
            e, node=self.node, service=self.service, seq=self.seq, count=count, prev_hash=self.last
        )
        self.last = seal(
            self.last, made.seq, made.event_id, made.type, made.to, made.count, made.subject, made.at, made.actor,
            made.request_id, made.trace, made.data,
        )  # fmt: skip
        return replace(made, hash=self.last)


@asynccontextmanager
async def at_its_server(plan: Plan, node: str) -> AsyncIterator[Connection]:
    """A connection to the node's own server, with its key."""
    settings = Settings.load(plan.settings(node))
    seed = settings.file("nats", "nkey").read_text().strip()
    url, trust = settings.section("nats")["url"], trust_of(settings)
    nc = await connect(url, nkey_seed=seed, name="hand", tls=context(trust), inbox_prefix=inbox_prefix(node))
    try:
        yield nc
    finally:
        await nc.close()


async def publish(plan: Plan, node: str, entries: Sequence[Envelope], signer: Signer) -> None:
    """As the relay of the node does."""
    messages = [
        Outgoing(
            f"evt.{e.to}.{e.service}.{e.type.rpartition('.')[2]}", headers(e, e.trace, signature), e.data
        )
        for e, signature in zip(entries, signed(entries, signer), strict=True)
    ]
    async with at_its_server(plan, node) as nc:
        for message in messages:
            await nc.ask(message.subject, message.data, message.headers, 10.0)
