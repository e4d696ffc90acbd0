"""Pushing a node's events up to the hub, in order, so that the hub's copy has the same sequence numbers.

The hub's `UP_<node>` is the cursor: it says where it ends, and takes a batch only if that batch begins right
after. So after any failure the forwarder just asks again. Two cases need more than going on:

* The hub lost its copy and the node's stream does not begin at 1: the hub's keeper begins `UP_<node>` where
  the node's stream begins (`services.node.hub`).
* The node's store was restored from an older copy, so the hub has events that the stream has not, or has
  others in their place. Going on would lose every event whose number the hub has already seen; or events
  are missing in the middle of it. The stream is begun anew above the hub's end, the journals fill it again, and
  readers drop what they have. Where only the newest are missing, as after a power cut, the journals are first given
  time to put them back in their places. A reader elsewhere that lacks events may ask for the same.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from services.kit.bus import (
    MSG_ID,
    NO_STREAM,
    BusError,
    Refused,
    StoredMessage,
    WrongLastSequence,
    asked,
    ensure_local_stream,
    get_message,
    recreate_local_stream,
    stream_of,
)
from services.kit.connection import Connection
from services.kit.feed import Consumer
from services.kit.publish import Outgoing, batches, publish_batch, publish_in_order
from services.kit.reader import local_feed

log = logging.getLogger(__name__)

READ = 2000
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.0)
FEW_LOST = 10_000
ASKED_EVERY = 600.0
"""No sooner is the stream begun anew because a reader asks for it."""
PATIENCE = 1.0
LOOKS = 20
BEYOND_ANY_STREAM = 2**53 - 2
HUB_GET = "HUB.API.STREAM.MSG.GET"


class Link(StrEnum):
    CUT = "cut"
    FORWARDING = "forwarding"
    RESTORED = "restored"
    """The node's stream is older than the hub's copy: an operator should know why."""


@dataclass(slots=True)
class Progress:
    """How far the hub is behind; read it at any time."""

    link: Link = Link.CUT
    local_last: int = 0
    confirmed: int = 0
    problem: str = ""
    wanted: bool = False
    """A reader elsewhere lacks events of this node."""
    published: float = 0.0
    """When its stream was begun anew for that, by a clock that is never set."""
    since: float = 0.0
    """When `link` became what it is, in seconds since the epoch."""

    def lag(self) -> int:
        """Events that the hub has not confirmed."""
        return max(0, self.local_last - self.confirmed)


class Restored(BusError):
    """The node's stream is not the one that the hub has a copy of. `hub_last` is where that copy ends."""

    def __init__(self, hub_last: int, why: str) -> None:
        super().__init__(why)
        self.hub_last = hub_last


@dataclass(frozen=True, slots=True)
class _Local:
    first: int
    last: int
    whole: bool
    services: frozenset[str]


OnState = Callable[[Progress], None]
OnRestored = Callable[[int], Awaitable[None]]


async def forward(
    nc: Connection,
    node: str,
    progress: Progress | None = None,
    *,
    on_state: OnState | None = None,
    on_restored: OnRestored | None = None,
    max_bytes: int = -1,
) -> None:
    """Forward for ever; only cancelling ends it.

    `nc` is the node's own connection, made with its `inbox_prefix`; the hub is reached over the leaf link.
    `progress` is kept up to date and handed to `on_state` at every change of `link`. `on_restored(hub_last)`
    must leave the node's stream empty with first sequence `hub_last + 1`; that is what happens without it.
    Relays then find the stream empty (their expected last sequence no longer holds) and publish their
    journals again from the first entry.
    """
    progress = progress or Progress()
    on_restored = on_restored or (
        lambda hub_last: recreate_local_stream(nc.jetstream(), node, hub_last + 1, max_bytes)
    )
    failures = 0

    def enter(link: Link, problem: str = "") -> None:
        if (link, problem) == (progress.link, progress.problem):
            return
        progress.link, progress.problem, progress.since = link, problem, time.time()
        if on_state:
            on_state(replace(progress))

    while True:
        try:
            local = await _stream(nc, node, max_bytes)
            progress.local_last = local.last
            progress.confirmed = await _agreed(nc, node, local)
            enter(Link.FORWARDING)
            failures = 0
            await _push(nc, node, progress)
        except Restored as error:
            log.critical("node %s: %s; beginning its stream anew above %d", node, error, error.hub_last)
            enter(Link.RESTORED, str(error))
            try:
                await on_restored(error.hub_last)
            except BusError as failed:
                log.error("node %s: the stream could not be begun anew: %s", node, failed)
        except WrongLastSequence as error:
            log.info("node %s: %s; going on from there", node, error)
        except BusError as error:
            enter(Link.CUT, str(error))
        await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
        failures += 1


async def _push(nc: Connection, node: str, progress: Progress) -> None:
    async with Consumer(nc, local_feed(node), progress.confirmed + 1) as consumer:
        while True:
            if progress.wanted:
                publish_again(progress)
            messages = await consumer.take(READ)
            if not messages:
                await _still_agreed(nc, node, progress)
                continue
            progress.local_last = messages[-1].sequence + consumer.pending
            if hole := _hole(messages, progress.confirmed):
                raise Restored(progress.confirmed, f"the node's stream has lost its event {hole}")
            for batch in batches(_upward(node, messages)):
                last = await publish_in_order(nc, batch, expected_last=progress.confirmed)
                if last != progress.confirmed + len(batch):
                    raise BusError(f"the hub confirmed {last}")
                progress.confirmed = last


def publish_again(progress: Progress) -> None:
    """Raise Restored where a reader asked for the events again, and that was not done lately."""
    progress.wanted, now = False, time.monotonic()
    if not progress.published or now - progress.published >= ASKED_EVERY:
        progress.published = now
        raise Restored(progress.confirmed, "a reader lacks events of it")


def _hole(messages: Sequence[StoredMessage], before: int) -> int:
    """The first number that is missing; 0 where none is."""
    for expected, message in enumerate(messages, before + 1):
        if message.sequence != expected:
            return expected
    return 0


async def _still_agreed(nc: Connection, node: str, progress: Progress) -> None:
    """With nothing to say, notice that the link is cut or that the hub has lost what it confirmed."""
    if (hub_last := await _hub_last(nc, node)) != progress.confirmed:
        raise WrongLastSequence(hub_last)


def _upward(node: str, messages: Iterable[StoredMessage]) -> Iterable[Outgoing]:
    """Headers that steered the first publish would steer the second one too: only the event's id stays."""
    for message in messages:
        headers = {
            key: value
            for key, value in message.headers.items()
            if key == MSG_ID or not key.lower().startswith("nats-")
        }
        yield Outgoing(f"in.{node}.{message.subject}", headers, message.data)


async def _stream(nc: Connection, node: str, max_bytes: int) -> _Local:
    """The stream, made again where the server came back without its store: the journals fill it."""
    try:
        return await _local(nc, node)
    except Refused as error:
        if error.code != NO_STREAM:
            raise
        log.warning("node %s: its stream is gone and is made again", node)
        await ensure_local_stream(nc.jetstream(), node, max_bytes=max_bytes)
        return await _local(nc, node)


async def _local(nc: Connection, node: str) -> _Local:
    js = nc.jetstream()
    info = await asked(lambda: js.stream_info(stream_of(node), subjects_filter=">"))
    subjects = info.state.subjects or {}
    services = frozenset(subject.split(".")[2] for subject in subjects)
    first, last = info.state.first_seq, info.state.last_seq
    whole = info.state.messages in (0, last - first + 1)
    return _Local(first, last, whole, services)


async def _agreed(nc: Connection, node: str, local: _Local) -> int:
    """Where the hub's copy ends, once it is certain that both have the same events up to there.

    Raises Restored if they have not, or another BusError while it cannot be told.
    """
    hub_last = await _hub_last(nc, node)
    if 0 < hub_last - local.last <= FEW_LOST:
        local = await _filled(nc, node, local, hub_last)
    if hub_last > local.last:
        raise Restored(hub_last, f"the hub has {hub_last} events, the node's stream ends at {local.last}")
    if not local.whole:
        raise Restored(hub_last, "events are missing in the middle of the node's stream")
    if hub_last < local.first - 1:
        await _begin_hub_copy(nc, node, local.first)
        return local.first - 1
    if hub_last >= local.first:
        for service in sorted(local.services):
            if not await _same_up_to(nc, node, service, local.first, hub_last):
                raise Restored(hub_last, f"the hub has other events of {service} than the node's stream")
    return hub_last


async def _filled(nc: Connection, node: str, local: _Local, hub_last: int) -> _Local:
    """The stream as it is once the relays have brought it up to the hub's end, or has stopped growing, or after a while."""
    for _ in range(LOOKS):
        if hub_last <= local.last:
            break
        await asyncio.sleep(PATIENCE)
        before, local = local, await _local(nc, node)
        if local.last == before.last:
            break
    return local


async def _hub_last(nc: Connection, node: str) -> int:
    """Ask with a publish that cannot succeed: the refusal names the sequence at which the hub's copy ends."""
    probe = Outgoing(f"in.{node}.probe", {}, b"")
    try:
        await publish_batch(nc, [probe], expected_last=BEYOND_ANY_STREAM, timeout=1.5)
    except WrongLastSequence as error:
        return error.actual
    raise BusError("the hub stored a probe")


async def _same_up_to(nc: Connection, node: str, service: str, first: int, hub_last: int) -> bool:
    """Whether both have the same events of a service up to `hub_last`.

    A service's events stand in the stream in the order of its journal and without gaps, so it is enough that
    its last event is the same one in the same place.
    """
    subject = f"evt.*.{service}.>"
    ours = f"$JS.API.STREAM.MSG.GET.{stream_of(node)}"
    theirs = await get_message(nc, f"{HUB_GET}.UP_{node}", last_by_subj=f"in.{node}.{subject}")
    here = first - 1
    if theirs and theirs.sequence >= first:
        here = theirs.sequence
        ours_there = await get_message(nc, ours, seq=here)
        if not ours_there or ours_there.event_id != theirs.event_id:
            return False
    following = await get_message(nc, ours, seq=here + 1, next_by_subj=subject)
    return following is None or following.sequence > hub_last


async def _begin_hub_copy(nc: Connection, node: str, first: int) -> None:
    answer = await asked(lambda: nc.request(f"ctl.{node}.first", str(first).encode(), timeout=5))
    problem = json.loads(answer.data).get("error")
    if problem:
        raise Refused(0, f"the hub cannot begin its copy at {first}: {problem}")
    log.warning("node %s: the hub's copy begins at %d", node, first)
