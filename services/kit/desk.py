"""JournalService: what a node tells of itself, and its journals, for whoever oversees or operates it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import select
from yifa.journal.v1 import checkpoint_pb2 as pb
from yifa.journal.v1 import entry_pb2
from yifa.journal.v1 import node_pb2 as nodes
from yifa.journal.v1 import parked_pb2 as parked

from services.kit.access import Caller
from services.kit.checkpoint import reads
from services.kit.condition import Condition
from services.kit.forwarder import Link, Progress
from services.kit.journal import Envelope
from services.kit.member import Member
from services.kit.parked import NAMED, discard, unpack
from services.kit.refusal import Busy, Full, Missing, Stale
from services.kit.rpc import ask, read, stream
from services.kit.settings import Settings
from services.kit.view import Feed, View

log = logging.getLogger(__name__)
PAGE = 500


class Desk:
    """One method per RPC. It answers for every service of its process."""

    domain = "journal.yifa"

    def __init__(
        self,
        settings: Settings,
        services: Sequence[Member],
        progress: Progress,
        started: datetime,
        condition: Condition,
    ):
        self.settings, self.services, self.progress, self.started = settings, services, progress, started
        self.condition = condition

    def service(self, name: str) -> Member:
        for running in self.services:
            if running.name == name:
                return running
        raise Missing("Journal", name)

    @stream
    async def Read(
        self, request: entry_pb2.ReadRequest, _feed: Feed
    ) -> AsyncIterator[entry_pb2.ReadResponse]:
        """Entries of one journal in order."""
        running = self.service(request.service)
        after, left = request.from_seq - 1, request.limit or 2**62
        while entries := running.entries(after, min(PAGE, left)):
            for e in entries:
                yield entry_pb2.ReadResponse(entry=entry(e))
            after, left = entries[-1].seq, left - len(entries)
            if left <= 0:
                return

    @stream
    async def ReadHeard(
        self, request: pb.ReadHeardRequest, _feed: Feed
    ) -> AsyncIterator[pb.ReadHeardResponse]:
        """What a service received of a journal."""
        running = self.service(request.service)
        for seq, hashes in reads.heard(running, request.node, request.journal, request.from_seq):
            yield pb.ReadHeardResponse(seq=seq, hashes=hashes)

    @read
    def ListCheckpoints(self, request: pb.ListCheckpointsRequest, _view: View) -> pb.ListCheckpointsResponse:
        """The signed heads of journals that a service keeps."""
        running = self.service(request.service)
        return pb.ListCheckpointsResponse(checkpoints=reads.checkpoints(running, request.origin))

    @ask
    async def ProveEntry(self, request: pb.ProveEntryRequest, _caller: Caller) -> pb.ProveEntryResponse:
        """That an entry is in its journal: the tree is read whole for it, beside what else is asked."""
        running = self.service(request.service)
        found, index, path, note = await asyncio.to_thread(
            reads.prove, running, request.event_id, request.seq
        )
        return pb.ProveEntryResponse(entry=entry(found), index=index, path=path, note=note)

    @read
    def GetNodeStatus(self, _request: nodes.GetNodeStatusRequest, _view: View) -> nodes.GetNodeStatusResponse:
        """What runs here and how it stands."""
        reply = nodes.GetNodeStatusResponse(
            node=self.settings.node,
            kind=self.settings.kind,
            title_zh=self.settings.title_zh,
            title_en=self.settings.title_en,
            services=[self.status(running) for running in self.services],
            hub_connected=self.progress.link == Link.FORWARDING,
            hub_lag=self.progress.lag(),
            alerts=self.condition.messages(),
            stores=self.condition.stores,
        )
        reply.start_time.FromDatetime(self.started)
        return reply

    def status(self, running: Member) -> nodes.ServiceStatus:
        seq, digest = running.head()
        readings = []
        for source, mark in running.reactor.marks.items():
            reading = nodes.Reading(
                source=source,
                position=mark.position,
                caught_up=running.reactor.current.get(source, False),
            )
            if updated := running.reactor.updated.get(source):
                reading.update_time.FromNanoseconds(int(updated * 1e9))
            readings.append(reading)
        return nodes.ServiceStatus(
            service=running.name,
            serving=running.writer.open,
            head_seq=seq,
            head_hash=digest,
            relayed_seq=running.relayed,
            parked=running.parked(),
            readings=readings,
        )

    @read
    def ListParked(self, request: parked.ListParkedRequest, _view: View) -> parked.ListParkedResponse:
        """Events whose reaction kept failing."""
        running = self.service(request.service)
        table = running.kit.parked
        wanted = select(table).where(table.c.event_id > request.after_event_id)
        rows = running.rows(wanted.order_by(table.c.event_id).limit(PAGE))
        events = [
            parked.ParkedEvent(entry=entry(unpack(r)), error=r.error, tries=r.tries, park_time=stamp(r.at))
            for r in rows
        ]
        return parked.ListParkedResponse(events=events)

    @ask
    async def RetryParked(
        self, request: parked.RetryParkedRequest, _caller: Caller
    ) -> parked.RetryParkedResponse:
        """React to a parked event again; it leaves the parked ones in the same transaction."""
        running = self.service(request.service)
        wanted = select(running.kit.parked).where(running.kit.parked.c.event_id == request.event_id)
        rows = running.rows(wanted)
        if not rows:
            raise Missing("ParkedEvent", request.event_id)
        if rows[0].error.startswith(NAMED):
            named = (
                "there is nothing to try: somebody sees to it, then discards it",
                "请核对相应记录后放弃，无可重试",
            )
            raise Stale("STILL_FAILING", *named, event_id=request.event_id)
        event = unpack(rows[0])
        if no := running.reactor.sieve.refusal_of(event):
            said = f"the event is never reacted to: {no}", "该事件不可信，不予处理，只能留存或者放弃"
            raise Stale("STILL_FAILING", *said, event_id=request.event_id)
        try:
            await running.do(lambda tx: running.reactor.again(tx, event))
        except (Busy, Full, Missing):
            raise
        except Exception as wrong:
            said = f"the reaction failed again: {wrong!r}", f"处理仍然失败：{wrong!r}"
            raise Stale("STILL_FAILING", *said, event_id=event.event_id) from None
        return parked.RetryParkedResponse()

    @ask
    async def DiscardParked(
        self, request: parked.DiscardParkedRequest, caller: Caller
    ) -> parked.DiscardParkedResponse:
        """Give a parked event up."""
        running = self.service(request.service)
        await running.do(lambda tx: discard(tx, running.kit, request.event_id))
        log.warning("%s: %s discarded the parked event %s", running.title, caller.subject, request.event_id)
        return parked.DiscardParkedResponse()


def entry(e: Envelope) -> entry_pb2.Entry:
    """A journal entry as a message."""
    return entry_pb2.Entry(
        seq=e.seq,
        event_id=e.event_id,
        type=e.type,
        to=e.to,
        count=e.count,
        subject_id=e.subject,
        occur_time=stamp(e.at),
        actor=e.actor,
        request_id=e.request_id,
        trace=e.trace,
        data=e.data,
        prev_hash=e.prev_hash,
        hash=e.hash,
        node=e.node,
        service=e.service,
    )


def envelope(e: entry_pb2.Entry) -> Envelope:
    """The envelope that `entry` made the message from."""
    at = e.occur_time.seconds * 1_000_000 + e.occur_time.nanos // 1000
    return Envelope(
        e.node,
        e.service,
        e.seq,
        e.event_id,
        e.type,
        e.to,
        e.count,
        e.subject_id,
        at,
        e.actor,
        e.request_id,
        e.trace,
        e.data,
        e.prev_hash,
        e.hash,
    )


def stamp(at: int) -> Timestamp:
    seconds, micros = divmod(at, 1_000_000)
    return Timestamp(seconds=seconds, nanos=micros * 1000)
