"""Reactions: what a service does when something happened elsewhere. Delivered at least once, done exactly once.

A batch of deliveries is one transaction together with the reader's new position. Events come in order for each
journal and addressee; one that was seen is dropped by its sequence there. An event whose reaction keeps failing is
parked where people see it, and never holds up the others.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import Message
from opentelemetry.trace import SpanKind
from sqlalchemy import select

from services.kit.journal import GENESIS, Envelope, from_headers
from services.kit.parked import park
from services.kit.reader import Batch, Delivery, Mark
from services.kit.refusal import Busy, Full
from services.kit.store import micros
from services.kit.telemetry import LiveSpan
from services.kit.time import wall
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)

ANY = Message
"""The key of a reaction to every event, whatever its type. Its first argument is None for an unknown type."""

Reaction = Callable[[Any, Tx, Envelope], None]
Reactions = Mapping[type[Message], Reaction]
TRIES = 3
SAVE_EVERY = 2.0


class NotItsHome(Exception):
    """An event about a record came from a node that does not keep it."""


class ChainFault(StrEnum):
    GAP = "GAP"
    FORK = "FORK"


@dataclass(frozen=True)
class Broken:
    """The events of a journal do not continue what was received before."""

    fault: ChainFault
    node: str
    service: str
    expected_count: int
    found_count: int
    seq: int


@dataclass
class Seen:
    """The last event received from one journal to one addressee."""

    seq: int = 0
    count: int = 0
    hash: bytes = GENESIS


class Reactor:
    """One service reading its sources of events."""

    def __init__(
        self, running: "Running", reactions: Reactions, on_broken: Callable[[Tx, Broken], None] | None = None
    ):
        self.running, self.reactions, self.on_broken = running, reactions, on_broken
        self.marks: dict[str, Mark] = {}
        self.updated: dict[str, float] = {}
        self.current: dict[str, bool] = {}
        self.seen: dict[str, Seen] = {}
        self.unsaved: dict[str, Seen] = {}
        """What was passed over since the last save: it must not be older than the position that is saved."""
        self.saved = time.monotonic()
        kit = running.kit
        for row in running.rows(select(kit.position)):
            self.marks[row.source] = Mark(row.position, row.event_id)
        for row in running.rows(select(kit.sender)):
            self.seen[row.key] = Seen(row.seq, row.number, bytes(row.hash))

    async def read(self, source: str, batches: AsyncIterator[Batch], *, whole: bool = True) -> None:
        """React to all that one source brings; only cancelling ends it. Where it is not `whole`, gaps are not its faults."""
        async for batch in batches:
            await self.take(source, batch, whole=whole)
            self.updated[source], self.current[source] = time.time(), batch.caught_up

    async def take(self, source: str, batch: Batch, *, whole: bool = True) -> None:
        if not batch.deliveries:
            return
        fresh, broken, seen = self.sift(source, batch.deliveries, whole)
        mark = batch.deliveries[-1].mark
        self.unsaved.update(seen)
        if fresh or broken or time.monotonic() - self.saved > SAVE_EVERY:
            unsaved, self.unsaved = self.unsaved, {}
            if fresh or broken:
                await self.do(source, fresh, broken, unsaved, mark)
            else:
                await self.running.do(lambda tx: self.save(tx, source, mark, unsaved))
        self.seen.update(seen)
        self.marks[source] = mark

    @property
    def types(self) -> frozenset[str]:
        """The names of the events that this service reacts to, without their packages; none for all."""
        return frozenset(() if ANY in self.reactions else (kind.DESCRIPTOR.name for kind in self.reactions))

    def wants(self, type_name: str) -> bool:
        return ANY in self.reactions or message_class(type_name) in self.reactions

    def sift(
        self, source: str, deliveries: list[Delivery], whole: bool
    ) -> tuple[list[Envelope], list[Broken], dict[str, Seen]]:
        """The events to react to, what is wrong with their chains, and where each chain now stands.

        Of what nobody here reacts to only the number is looked at.
        """
        fresh: list[Envelope] = []
        broken: list[Broken] = []
        moved: dict[str, Seen] = {}
        for delivery in deliveries:
            wanted = self.wants(delivery.headers.get("ce-type", ""))
            e = envelope(delivery, source) if wanted else number_of(delivery)
            if e is None:
                continue
            key = f"{e.node}/{e.service}/{e.to}"
            last = moved.get(key) or self.seen.get(key) or Seen()
            if e.seq <= last.seq:
                if e.seq == last.seq and e.hash != last.hash:
                    broken.append(Broken(ChainFault.FORK, e.node, e.service, last.count, e.count, e.seq))
                continue
            if isinstance(e, Envelope) and not e.sealed():
                broken.append(Broken(ChainFault.FORK, e.node, e.service, last.count + 1, e.count, e.seq))
            elif whole and e.count != last.count + 1:
                broken.append(Broken(ChainFault.GAP, e.node, e.service, last.count + 1, e.count, e.seq))
            moved[key] = Seen(e.seq, e.count, e.hash)
            if isinstance(e, Envelope):
                fresh.append(e)
        return fresh, broken, moved

    async def do(
        self, source: str, events: list[Envelope], broken: list[Broken], seen: dict[str, Seen], mark: Mark
    ) -> None:
        """React to the events in one transaction; if that fails, one by one, so that only the culprit is parked."""
        for fault in broken:
            log.error("%s: chain of %s/%s broken: %s", self.running.title, fault.node, fault.service, fault)
        spans = [self.span(e) for e in events]
        contexts = [span.context for span in spans]
        try:
            pairs = list(zip(events, contexts, strict=True))
            if await self.attempt(lambda tx: self.react(tx, source, pairs, broken, seen, mark)):
                self.running.telemetry.happened("reacted", len(events))
                return
            for pair in pairs:
                await self.alone(pair)
            await self.attempt(lambda tx: self.react(tx, source, [], broken, seen, mark))
        finally:
            for span in spans:
                if isinstance(span, LiveSpan):
                    span.__exit__(None, None, None)

    def span(self, e: Envelope) -> Any:
        name = f"react {e.type.rpartition('.')[2]}"
        attributes = {"messaging.system": "nats", "messaging.message.id": e.event_id, "yifa.from": e.node}
        context = e.traceparent or e.trace
        span = self.running.telemetry.span(
            name, context, SpanKind.CONSUMER, context if context.endswith("1") else "", **attributes
        )
        return span.__enter__() if not isinstance(span, LiveSpan) else span

    def react(
        self,
        tx: Tx,
        source: str,
        events: list[tuple[Envelope, str]],
        broken: list[Broken],
        seen: dict[str, Seen],
        mark: Mark,
    ) -> None:
        if (prepare := self.running.service.prepare) is not None and events:
            prepare(tx, [e for e, _ in events])
        for e, trace in self.not_done(tx, events):
            self.apply(tx, e, trace)
        if self.on_broken is not None:
            for fault in broken:
                self.on_broken(tx, fault)
        self.save(tx, source, mark, seen)

    def not_done(self, tx: Tx, events: list[tuple[Envelope, str]]) -> list[tuple[Envelope, str]]:
        """The events without those of a transaction that was committed, though its answer was lost."""
        if not (tx.batch.again and events):
            return events
        sender = self.running.kit.sender.c
        keys = {f"{e.node}/{e.service}/{e.to}" for e, _ in events}
        found = tx.db.execute(select(sender.key, sender.seq).where(sender.key.in_(keys)))
        done = {row.key: row.seq for row in found}
        return [(e, trace) for e, trace in events if e.seq > done.get(f"{e.node}/{e.service}/{e.to}", 0)]

    def apply(self, tx: Tx, e: Envelope, trace: str) -> None:
        """The reactions to one event. Its own journal entries are caused by it and belong to its trace."""
        tx.trace, tx.cause = trace, e.event_id
        kind = message_class(e.type)
        event = kind.FromString(e.data) if kind is not None else None
        if (general := self.reactions.get(ANY)) is not None:
            general(event, tx, e)
        if kind is not None and (special := self.reactions.get(kind)) is not None:
            special(event, tx, e)

    def save(self, tx: Tx, source: str, mark: Mark, seen: Mapping[str, Seen]) -> None:
        self.saved = time.monotonic()
        kit, now = self.running.kit, micros(wall())
        values = {"source": source, "position": mark.position, "event_id": mark.event_id, "updated": now}
        tx.put(kit.position, values)
        for key, last in seen.items():
            tx.put(kit.sender, {"key": key, "seq": last.seq, "number": last.count, "hash": last.hash})

    async def attempt(self, work: Callable[[Tx], None]) -> bool:
        """One transaction. False when the work failed; a database that does not answer is waited for."""
        pause, asked = 0.1, work

        def again(tx: Tx) -> None:
            tx.batch.again = True
            work(tx)

        while True:
            try:
                await self.running.do(asked)
                return True
            except (Busy, Full) as problem:
                asked = again
                log.warning("%s: reactions wait: %s", self.running.title, problem)
                await asyncio.sleep(pause)
                pause = min(2 * pause, 5.0)
            except Exception as wrong:
                log.warning("%s: a reaction failed: %r", self.running.title, wrong)
                self.problem = repr(wrong)
                return False

    async def alone(self, pair: tuple[Envelope, str]) -> None:
        """React to one event; park it when that fails again and again."""
        e, trace = pair
        for n in range(TRIES):
            if await self.attempt(lambda tx: self.once(tx, e, trace)):
                return
            await asyncio.sleep(0.02 * 4**n)
        log.error("%s: parked %s %s: %s", self.running.title, e.type, e.event_id, self.problem)
        self.running.telemetry.happened("parked")
        await self.attempt(lambda tx: park(tx, self.running.kit, e, self.problem, TRIES))

    def once(self, tx: Tx, e: Envelope, trace: str) -> None:
        """One event with its mark, so that a repeat after a crash in the middle of a batch is dropped."""
        for _ in self.not_done(tx, [(e, trace)]):
            self.apply(tx, e, trace)
        key = f"{e.node}/{e.service}/{e.to}"
        tx.put(self.running.kit.sender, {"key": key, "seq": e.seq, "number": e.count, "hash": e.hash})


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is looked at of an event that is passed over."""

    node: str
    service: str
    to: str
    seq: int
    count: int
    hash: bytes


def number_of(delivery: Delivery) -> Numbered | None:
    """The place of an event in its journal; None for what is not an event."""
    h = delivery.headers
    try:
        seq, count, digest = int(h["yifa-seq"]), int(h["yifa-count"]), bytes.fromhex(h["yifa-hash"])
    except (KeyError, ValueError) as wrong:
        log.error("%s: not an event: %s (%r)", delivery.sender, delivery.subject, wrong)
        return None
    return Numbered(delivery.sender, delivery.service, delivery.to, seq, count, digest)


def envelope(delivery: Delivery, source: str) -> Envelope | None:
    """The event in a delivery; None for what is not one, or says of itself what its subject does not."""
    try:
        e = from_headers(delivery.headers, delivery.data, delivery.sender, source, delivery.position)
    except (KeyError, ValueError) as wrong:
        log.error("%s: not an event: %s (%r)", source, delivery.subject, wrong)
        return None
    if (e.service, e.to, e.type.rpartition(".")[2]) != (delivery.service, delivery.to, delivery.type):
        log.error("%s: %s carries an event that says otherwise", source, delivery.subject)
        return None
    return e


@lru_cache(1024)
def message_class(type_name: str) -> type[Message] | None:
    """The message of an event type, or None when this process has no contract for it."""
    try:
        found = descriptor_pool.Default().FindMessageTypeByName(type_name)
        return cast(type[Message], message_factory.GetMessageClass(found))
    except KeyError:
        return None
