"""The times that a department has to report a change of a body, declare a loss, have a head trained: fire as they run out."""

import asyncio
import logging

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.registry.v1 import events_pb2 as events

from services.kit.clocks import MET, ClockKeeping, Recounted, deadline_proto, fire
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.registry.basic_information.clock import CLOCK_ID as INFORMATION
from services.registry.basic_information.clock import tell_of_information
from services.registry.body.model import Body, body_proto
from services.registry.deadline.model import Clock
from services.registry.head_training.clock import CLOCK_ID as HEADS
from services.registry.head_training.clock import tell_of_head
from services.registry.loss.clock import CLOCK_ID, tell_of_loss

log = logging.getLogger(__name__)
EVENTS = {"approached": events.BodyChangeDue, "passed": events.BodyChangeOverdue}
TELL = {CLOCK_ID: tell_of_loss, INFORMATION: tell_of_information, HEADS: tell_of_head}
# The node's clock may be a simulated one that leaps, so no sleep until the next due time is right.
PAUSE = 1.0


def fire_due(tx: Tx) -> None:
    """Announce what fell due up to now, each with what it is about."""
    for each in fire(tx, Clock):
        tell(tx, each.what, each.row)


def tell(tx: Tx, what: str, clock: Clock) -> None:
    TELL.get(clock.clock_id, tell_of_body)(tx, what, clock)


def tell_of_body(tx: Tx, what: str, clock: Clock) -> None:
    body = tx.get(Body, clock.subject)
    told = EVENTS[what](body=body_proto(body), deadline=deadline_proto(clock))
    tx.emit(told, subject=body.body_id, to=body.node)


def on_recounted(tx: Tx, changed: list[Recounted]) -> None:
    """Tell the departments of a term that moved when it was counted anew."""
    for found in changed:
        if found.moved and found.row.state != MET:
            tell(tx, "approached", found.row)


CLOCKS = ClockKeeping(Clock, on_recounted)


async def fire_clocks(running: Running) -> None:
    """Keep firing. A database that does not answer is asked again."""
    while True:
        try:
            due = select(Clock.key).where(Clock.next_time <= running.now()).limit(1)
            while running.rows(due):
                await running.do(fire_due)
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: clocks of bodies wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)
