"""Reactions: what a service does when something happened elsewhere. Delivered at least once, done exactly once.

A batch of deliveries is one transaction together with the reader's new position. Every event that is reacted to leaves its
place and hash, so that one that comes again is known, and one that takes the place of another is a second history: it is
taken in, and is a finding. What is forged or impossible is parked at once; an event whose reaction keeps failing is parked
after some tries. Neither ends a reader, nor holds up the events of others.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from google.protobuf.message import Message
from opentelemetry.trace import SpanKind
from sqlalchemy import select
from yifa.journal.v1.events_pb2 import JournalWanted

from services.kit.arrival import message_class, of_contract
from services.kit.chain import Broken, ChainFault, Lines, Seen, digests, place
from services.kit.failing import LASTING, told
from services.kit.fit import Unfit, hold_fit, hold_time
from services.kit.journal import Envelope
from services.kit.left import Left, unless
from services.kit.parked import discard, park, unfit
from services.kit.reader import Batch, Mark
from services.kit.refusal import Busy, Full, Rejected
from services.kit.regain.putting import Regained
from services.kit.security import BOOK, Actor, Kind
from services.kit.sieve import Parking, Sieve, Sifted
from services.kit.signature import Keys
from services.kit.store import micros
from services.kit.telemetry import LiveSpan
from services.kit.time import wall
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)

ANY = Message
"""The key of a reaction to every event, whatever its type. Its first argument is None for one of no contract of Yifa's."""

Reaction = Callable[[Any, Tx, Envelope], None]
Reactions = Mapping[type[Message], Reaction]
TRIES = 3
PATIENCE = 8
"""After so many failures in one batch the events of a sender are tried once each: they must not delay the others."""
SAVE_EVERY = 2.0
ASK_EVERY = 60.0
ATTACKS = frozenset({ChainFault.FORGED, ChainFault.IMPOSSIBLE, ChainFault.REWRITTEN, ChainFault.FORK})
CHAIN = "chain"
"""What is found wrong with the events themselves is caused by none of them."""


class NotItsHome(Rejected):
    """An event about a record came from a node that does not keep it."""


def reactions(*tables: Reactions) -> Reactions:
    """Several tables as one. Raises ValueError for two reactions to one event: the first would be lost unheard."""
    merged: dict[type[Message], Reaction] = {}
    for table in tables:
        for kind, reaction in table.items():
            if kind in merged:
                raise ValueError(
                    f"two reactions to {kind.DESCRIPTOR.full_name}: {merged[kind].__name__}, {reaction.__name__}"
                )
            merged[kind] = reaction
    return merged


def begin(tx: Tx, e: Envelope, trace: str) -> None:
    """From here on what the transaction does is caused by an event, and belongs to its trace."""
    tx.trace, tx.cause, tx.made = trace, e.event_id, 0
    tx.event_id = f"{e.node}/{e.event_id}"  # no node makes ids by another's event


Pair = tuple[Envelope, str]
"""An event and the trace that its effects belong to."""


class Reactor:
    """One service reading its sources of events."""

    def __init__(
        self, running: "Running", reactions: Reactions, on_broken: Callable[[Tx, Broken], None] | None = None
    ):
        self.running, self.reactions, self.on_broken = running, reactions, on_broken
        self.marks: dict[str, Mark] = {}
        self.updated: dict[str, float] = {}
        self.current: dict[str, bool] = {}
        self.unsaved: dict[str, Seen] = {}
        """What was passed over since the last save: it must not be older than the position that is saved."""
        self.saved = time.monotonic()
        self.failure: Exception | None = None
        self.culprit: Envelope | None = None
        self.regained = Regained(running)
        self.asked: dict[str, float] = {}
        """When each node was asked for its events again."""
        kit = running.kit
        for row in running.rows(select(kit.position)):
            if row.position:
                self.marks[row.source] = Mark(row.position, row.event_id)
        self.left = Left(running)
        rows = running.rows(select(kit.sender))
        lines = Lines({row.key: Seen(row.seq, row.number, bytes(row.hash)) for row in rows})
        keys = Keys(running.around.directory, running.around.now)
        self.sieve = Sieve(lines, running.around.city, self.wants, kit.heard_place, running.rows, keys)

    @property
    def seen(self) -> Mapping[str, Seen]:
        """The newest event of each journal to each addressee."""
        return self.sieve.seen

    async def read(
        self, source: str, begin: Callable[[Mark | None], AsyncGenerator[Batch, None]], *, whole: bool = True
    ) -> None:
        """React to all that one source brings; only cancelling ends it. Where it is not `whole`, gaps are not its faults.

        Once there is room for what was left of it, it is read again from there.
        """
        while True:
            room = asyncio.create_task(self.left.room(source))
            try:
                async with aclosing(begin(self.marks.get(source))) as batches:
                    while (batch := await unless(room, batches)) is not None:
                        await self.take(source, batch, whole=whole)
                        self.updated[source], self.current[source] = time.time(), batch.caught_up
            finally:
                room.cancel()
            await self.attempt(lambda tx: self.go_back(tx, source))

    def go_back(self, tx: Tx, source: str) -> None:
        if (mark := self.left.go_back(tx, source)) is not None:
            self.save(tx, source, mark, {})
            self.marks[source] = mark
            if not mark.position:
                del self.marks[source]

    async def take(self, source: str, batch: Batch, *, whole: bool = True) -> None:
        if not batch.deliveries:
            return
        sifted = self.sieve.sift(source, batch.deliveries, whole)
        mark = batch.deliveries[-1].mark
        self.unsaved.update(sifted.moved)
        if not sifted.idle or time.monotonic() - self.saved > SAVE_EVERY:
            sifted.moved, self.unsaved = self.unsaved, {}
            if sifted.idle:
                await self.attempt(lambda tx: self.save(tx, source, mark, sifted.moved))
            else:
                await self.do(source, sifted, mark)
        self.marks[source] = mark

    @property
    def types(self) -> frozenset[str]:
        """The names of the events that this service reacts to, without their packages; none for all."""
        return frozenset(() if ANY in self.reactions else (kind.DESCRIPTOR.name for kind in self.reactions))

    def wants(self, type_name: str) -> bool:
        kind = message_class(type_name)
        return ANY in self.reactions or kind in self.reactions or (kind is None and of_contract(type_name))

    async def do(self, source: str, sifted: Sifted, mark: Mark) -> None:
        """React to the events in one transaction; if that fails, to those of the sender whose event it was one by one."""
        for fault in sifted.broken:
            log.error("%s: %s/%s: %s", self.running.title, fault.node, fault.service, fault)
            if fault.fault in ATTACKS:
                sender = Actor(fault.service, fault.node)
                BOOK.tell(self.running.settings.node, Kind.EVENT, sender, fault.fault, self.running.name)
        spans = [self.span(e) for e in sifted.fresh]
        contexts = [span.context for span in spans]
        try:
            pairs = list(zip(sifted.fresh, contexts, strict=True))
            if await self.attempt(lambda tx: self.react(tx, source, pairs, sifted, mark)):
                self.running.telemetry.happened("reacted", len(pairs))
                return
            sifted.refused += await self.apart(pairs, sifted)
            if await self.attempt(lambda tx: self.react(tx, source, [], sifted, mark)):
                return
            # What finds fault with the findings must not keep the reader where it is.
            await self.attempt(lambda tx: self.close(tx, source, sifted, mark))
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

    def react(self, tx: Tx, source: str, pairs: list[Pair], sifted: Sifted, mark: Mark) -> None:
        self.culprit = None
        pairs = self.not_done(tx, pairs)
        self.prepare(tx, pairs)
        # all are read before the first is reacted to: the same work many times over is cheaper than each kind of it in turn
        events = [self.read_through(e) for e, _ in pairs]
        for (e, trace), event in zip(pairs, events, strict=True):
            self.follow(tx, e, trace, event)
        if self.on_broken is not None:
            tx.cause, tx.event_id = CHAIN, ""
            for fault in (*sifted.broken, *self.left.near(tx, sifted.refused)):
                self.on_broken(tx, fault)
        self.ask_again(tx, sifted.broken)
        self.close(tx, source, sifted, mark)

    def prepare(self, tx: Tx, pairs: list[Pair]) -> None:
        if (prepare := self.running.service.prepare) is not None and pairs:
            prepare(tx, [e for e, _ in pairs])

    def ask_again(self, tx: Tx, broken: list[Broken]) -> None:
        """Ask the nodes whose events are missing to publish their journals again, each once in a while."""
        for fault in broken:
            asked = self.asked.get(fault.node, float("-inf"))
            if fault.fault is not ChainFault.GAP or time.monotonic() - asked < ASK_EVERY:
                continue
            self.asked[fault.node] = time.monotonic()
            tx.cause, tx.event_id = CHAIN, ""
            around = self.running.around
            wanted = JournalWanted(service=fault.service, journal_seq=fault.seq)
            to = "city" if fault.node == around.city else fault.node
            tx.emit(wanted, subject=f"{fault.node}/{fault.service}", to=to)

    def close(self, tx: Tx, source: str, sifted: Sifted, mark: Mark) -> None:
        """Keep what was refused, the places of all, and how far the source was read."""
        kept = self.left.keep(tx, source, sifted, self.marks.get(source))
        for e, error, tries in kept:
            park(tx, self.running.kit, e, error, tries)
        if kept:
            self.running.telemetry.happened("parked", len(kept))
        for where, hashes in sifted.places.items():
            tx.put(self.running.kit.heard_place, {"place": where, "hashes": hashes})
        self.save(tx, source, mark, sifted.moved)

    def not_done(self, tx: Tx, pairs: list[Pair]) -> list[Pair]:
        """The events without those of a transaction that was committed, though its answer was lost."""
        if not (tx.batch.again and pairs):
            return pairs
        heard = self.running.kit.heard_place
        rows = tx.db.execute(select(heard).where(heard.c.place.in_({place(e) for e, _ in pairs})))
        done = {row.place: bytes(row.hashes) for row in rows}
        return [(e, trace) for e, trace in pairs if e.hash not in digests(done.get(place(e), b""))]

    def read_through(self, e: Envelope) -> Message | None:
        """What an event says; None for one of no contract of Yifa's. Raises DecodeError, Unfit."""
        self.culprit = e
        kind = message_class(e.type)
        if kind is None:
            if of_contract(e.type):
                raise Unfit(f"{e.type}: the contract of this node has no such event")
            return None
        hold_time(e.at)
        event = kind.FromString(e.data)
        hold_fit(event, e.data)
        return event

    def apply(self, tx: Tx, e: Envelope, trace: str) -> None:
        """Read one event, and react to it."""
        self.follow(tx, e, trace, self.read_through(e))

    def follow(self, tx: Tx, e: Envelope, trace: str, event: Message | None) -> None:
        """The reactions to one event. Its own journal entries are caused by it and belong to its trace."""
        self.culprit, announced = e, len(tx.events)
        if self.regained.some:
            self.regained.before(tx, e)
        begin(tx, e, trace)
        if (general := self.reactions.get(ANY)) is not None:
            general(event, tx, e)
        if (special := self.reactions.get(type(event))) is not None:
            special(event, tx, e)
        if self.regained.some:
            self.regained.after(tx, e, announced)

    def again(self, tx: Tx, e: Envelope) -> None:
        """React to a parked event, which then is parked no more."""
        self.prepare(tx, [(e, e.trace)])
        self.apply(tx, e, e.trace)
        discard(tx, self.running.kit, e.event_id)

    async def fitting(self) -> None:
        """Take in what was parked because an earlier contract did not know it. What still fails stays as it is."""
        for e in unfit(self.running):
            if not self.sieve.refusal_of(e) and await self.attempt(lambda tx, e=e: self.again(tx, e)):  # type: ignore[misc]
                log.info("%s: took in the parked event %s %s", self.running.title, e.type, e.event_id)

    def save(self, tx: Tx, source: str, mark: Mark, seen: Mapping[str, Seen]) -> None:
        self.saved = time.monotonic()
        kit, now = self.running.kit, micros(wall())
        values = {
            "source": source,
            "position": mark.position,
            "event_id": mark.event_id[:200],
            "updated": now,
        }
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
                self.failure = wrong
                return False

    async def apart(self, pairs: list[Pair], sifted: Sifted) -> list[Parking]:
        """React to the events of a batch that failed; those that are to be parked.

        The sender of the event at which it failed is set apart, so that the others need not wait for it.
        """
        parked: list[Parking] = []
        while pairs:
            node = self.culprit.node if self.culprit is not None else None
            mine = [pair for pair in pairs if node is None or pair[0].node == node]
            others = [pair for pair in pairs if node is not None and pair[0].node != node]
            if others and await self.attempt(lambda tx, some=others: self.several(tx, some, sifted)):  # type: ignore[misc]
                others = []
            culprit = self.culprit
            for pair in mine:
                tries = TRIES if len(parked) < PATIENCE else 1
                if (failed := await self.alone(pair, sifted, tries)) is not None:
                    parked.append(failed)
            self.culprit, pairs = culprit, others
        return parked

    async def alone(self, pair: Pair, sifted: Sifted, tries: int) -> Parking | None:
        """React to one event; it is to be parked when that fails for good, or again and again."""
        e, _ = pair
        for n in range(tries):
            if await self.attempt(lambda tx: self.several(tx, [pair], sifted)):
                return None
            if isinstance(self.failure, LASTING):
                break
            await asyncio.sleep(0.02 * 4**n)
        error = told(self.failure)
        log.error("%s: parked %s %s: %s", self.running.title, e.type, e.event_id, error)
        return e, error, n + 1

    def several(self, tx: Tx, pairs: list[Pair], sifted: Sifted) -> None:
        """Some events with their places, so that a repeat after a crash in the middle of a batch is known."""
        self.culprit = None
        pairs = self.not_done(tx, pairs)
        self.prepare(tx, pairs)
        for e, trace in pairs:
            self.apply(tx, e, trace)
            where = place(e)
            tx.put(self.running.kit.heard_place, {"place": where, "hashes": sifted.places[where]})
            if where not in sifted.again:
                key = f"{e.node}/{e.service}/{e.to}"
                tx.put(self.running.kit.sender, {"key": key, "seq": e.seq, "number": e.count, "hash": e.hash})
