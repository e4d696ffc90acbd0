"""Carries a service's journal into its node's stream, in order, once each.

The stream is the cursor: it says which entry of this service it has last, so nothing has to be remembered. A publish
holds only if that is still so, which keeps order even against another relay that has not died yet. Each event is signed on
its way, and not before: whoever writes never waits for that.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opentelemetry.trace import SpanKind

from services.kit.bus import BusError, Duplicate, Unavailable, WrongLastSequence, last_of, stream_of
from services.kit.connection import Connection
from services.kit.journal import Envelope, headers
from services.kit.publish import Outgoing, batches, publish_in_order
from services.kit.signature import signed
from services.kit.telemetry import Telemetry

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
POLL = 1.0
MOST = 500
LAST = 3.0
"""So many seconds a node that ends takes for what is not published yet."""
PAUSES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0)


class JournalBehind(Exception):
    """The stream has entries that the journal has not: the database was set back while the service ran, or another writes too.

    Going on would give their numbers to other events. The service stops; when it starts again it has them back first
    (services.kit.catching_up).
    """


@dataclass
class Sent:
    """Where the stream stands for one service: its last entry there, and that entry's sequence in the stream."""

    seq: int = 0
    stream_sequence: int = 0


async def relay(running: "Running", nc: Connection) -> None:
    """Publish for ever; only cancelling ends it. Raises JournalBehind."""
    subjects = f"evt.*.{running.name}.>"
    failures = 0
    sent: Sent | None = None
    while True:
        seen = running.writer.committed.count
        try:
            if sent is None:
                sent = await look(running, nc, subjects)
            while entries := running.news(sent.seq, MOST):
                await publish(running, nc, entries, sent, subjects)
                if len(entries) < MOST:
                    break
            failures = 0
        except BusError as problem:
            sent = None
            running.relay_problem = str(problem)
            if not isinstance(problem, WrongLastSequence | Duplicate | Unavailable) or failures == 3:
                log.warning("%s: relay: %s", running.title, problem)
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1
            continue
        running.relay_problem = ""
        await running.writer.committed.wait(POLL, seen)
        if running.writer.committed.count == seen:
            # The stream may have been begun anew meanwhile (a restored node) and want the whole journal.
            sent = None


async def hand_over(running: "Running", nc: Connection, within: float = LAST) -> None:
    """At an orderly end: publish what was committed and is not published yet. Nothing is written any more.

    Otherwise the answers of the last moment would be in the database alone: whoever puts an older copy in its place then would
    lose them.
    """
    subjects = f"evt.*.{running.name}.>"
    try:
        async with asyncio.timeout(within):
            sent = await look(running, nc, subjects)
            while entries := running.news(sent.seq, MOST):
                await publish(running, nc, entries, sent, subjects)
    except (
        Exception
    ) as problem:  # the node ends all the same: what is left is published when it is there again
        log.warning("%s: not all is published: %r", running.title, problem)


async def look(running: "Running", nc: Connection, subjects: str) -> Sent:
    """What the stream has of this service. Raises BusError, JournalBehind."""
    last = await last_of(nc, stream_of(running.around.node), subjects)
    if last is None:
        return Sent()
    said = last.headers.get("yifa-seq", "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise BusError(f"the node's stream ends with what is no entry of the journal: {last.event_id}")
    entries = running.entries((seq := int(said)) - 1, 1)
    if not entries or entries[0].event_id != last.event_id:
        raise JournalBehind(
            f"{running.title}: the node's stream ends with entry {seq} ({last.event_id}), which the journal has not. "
            "The database is older than the stream, or another one; nothing was published."
        )
    running.relayed = seq
    return Sent(seq, last.sequence)


async def publish(
    running: "Running", nc: Connection, entries: list[Envelope], sent: Sent, subjects: str
) -> None:
    telemetry: Telemetry = running.telemetry
    spans = [
        telemetry.span(
            f"publish {e.type.rpartition('.')[2]}",
            e.trace,
            SpanKind.PRODUCER,
            **{"messaging.system": "nats", "messaging.message.id": e.event_id, "yifa.subject": e.subject},
        )
        for e in entries
    ]
    opened = [span.__enter__() for span in spans]
    try:
        signer = running.around.signer
        signatures = signed(entries, signer) if signer is not None else [""] * len(entries)
        messages = [
            Outgoing(
                f"evt.{e.to}.{e.service}.{e.type.rpartition('.')[2]}",
                headers(e, span.context, signature),
                e.data,
            )
            for e, span, signature in zip(entries, opened, signatures, strict=True)
        ]
        done = 0
        for batch in batches(messages):
            last = await publish_in_order(
                nc, batch, expected_last=sent.stream_sequence, expected_filter=subjects
            )
            done += len(batch)
            sent.seq, sent.stream_sequence = entries[done - 1].seq, last
            running.relayed = sent.seq
            telemetry.happened("relayed", len(batch))
    finally:
        for span in spans:
            span.__exit__(None, None, None)
