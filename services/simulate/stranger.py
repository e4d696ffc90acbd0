"""A department whose node gave way to software of another maker: it goes on in the node's journal, with the node's key, and tells
the city what no node of ours would have taken.
"""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from google.protobuf.message import Message

from services.kit.bus import connect
from services.kit.dial import context
from services.kit.forwarder import Progress, forward
from services.kit.journal import Envelope, headers, seal
from services.kit.reader import inbox_prefix
from services.kit.signature import signed
from services.kit.store import micros
from services.law.moment import put_moment
from services.simulate.town import Town

SERVICE, TO = "enforcement", "city"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
PATIENCE = 30.0


class Stranger:
    """The journal of the department's cases, as others go on with it."""

    def __init__(self, town: Town, node: str):
        self.town, self.node = town, node
        self.seq, self.last, self.count, self.sent = 0, b"", 0, 0
        self.progress = Progress()

    async def take_over(self) -> None:
        """The node ends for good; what it last wrote is where this goes on."""
        running = self.town.nodes[self.node]
        member = running.running(SERVICE)
        counts: Counter[str] = Counter(e.to for e in member.entries(0, 10**6))
        self.seq, self.last = member.head()
        self.count = counts[TO]
        self.sent = sum(m.head()[0] for m in running.services)
        signer = running.services[0].around.signer
        assert signer is not None
        self.signer = signer
        await self.town.stop_node(self.node)
        site = next(s for s in self.town.plan.sites if s.id == self.node)
        seed = (self.town.plan.keys / self.node / "app.nk").read_text().strip()
        self.nc = await connect(
            f"tls://{site.nats}",
            tls=context(self.town.plan.trust(self.node)),
            nkey_seed=seed,
            name=f"{self.node}:other",
            inbox_prefix=inbox_prefix(self.node),
        )
        self.town.tasks[f"forward {self.node}"] = asyncio.create_task(
            forward(self.nc, self.node, self.progress)
        )

    def entry(self, event: Message, at: datetime, subject: str) -> Envelope:
        """The next entry of the journal, sealed as the chain asks."""
        self.seq, self.count, prev = self.seq + 1, self.count + 1, self.last
        data, name = event.SerializeToString(deterministic=True), event.DESCRIPTOR.full_name
        fields = (
            self.seq,
            str(uuid4()),
            name,
            TO,
            self.count,
            subject,
            micros(at),
            "system",
            "",
            TRACE,
            data,
        )
        self.last = seal(prev, *fields)
        return Envelope(self.node, SERVICE, *fields, prev, self.last)

    async def tell(self, event: Message, at: datetime, subject: str) -> None:
        """Say what was done, and wait until the city has read it."""
        await self.publish(self.entry(event, at, subject))
        self.sent += 1
        await self.town.heard(self.node, self.sent)

    async def tell_of(self, kind: type[Any], record: Any, at: datetime, **more: Any) -> None:
        """Say what was done in a case, or beside one, with the record after it."""
        record.version += 1
        put_moment(record.update_time, at)
        field = next(f.name for f in kind.DESCRIPTOR.fields if f.message_type is record.DESCRIPTOR)
        key = getattr(record, record.DESCRIPTOR.fields[0].name)
        if field == "case":
            put_moment(record.last_act.act_time, at)
            put_moment(record.last_act.record_time, at)
        await self.tell(kind(**{field: record}, **more), at, key)

    async def publish(self, entry: Envelope) -> None:
        name = entry.type.rpartition(".")[2]
        subject = f"evt.{entry.to}.{entry.service}.{name}"
        [signature] = signed([entry], self.signer)
        await self.nc.jetstream().publish(subject, entry.data, headers=headers(entry, TRACE, signature))

    async def forge(self, event: Message, at: datetime, subject: str) -> None:
        """Send an entry whose content is not what its hash says."""
        entry = self.entry(event, at, subject)
        await self.publish(replace(entry, hash=bytes(32)))

    def lose(self) -> None:
        """An entry is written that nobody is ever sent."""
        self.seq, self.count = self.seq + 1, self.count + 1
