"""Fires the clocks of the node's cases as they fall due."""

import asyncio
import logging

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import put_moment
from services.enforcement.model import Clock
from services.enforcement.servicer.acts import announce, keep, open_case, show_deadlines
from services.kit.clocks import deadline_proto, fire
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx

log = logging.getLogger(__name__)
EVENTS = {"approached": events.DeadlineApproached, "passed": events.DeadlinePassed}
# The node's clock may be a simulated one that leaps, so no sleep until the next due time is right.
PAUSE = 1.0


def fire_due(tx: Tx) -> int:
    """Announce what fell due up to now, each with its case; returns how many."""
    fired = fire(tx, Clock)
    for each in fired:
        row, case = open_case(tx, each.row.subject)
        show_deadlines(case, [each.row])
        case.version += 1
        put_moment(case.update_time, tx.now)
        keep(tx, row, case)
        announce(tx, case, EVENTS[each.what](deadline=deadline_proto(each.row)), each.at)
    return len(fired)


async def fire_clocks(running: Running) -> None:
    """Keep firing. A database that does not answer is asked again."""
    while True:
        try:
            while waiting(running) and await running.do(fire_due):
                pass
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: clocks wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def waiting(running: Running) -> bool:
    """Whether a clock fell due. Asked on the side: in a transaction the question would hold up a batch of writes."""
    return bool(running.rows(select(Clock.key).where(Clock.next_time <= running.now()).limit(1)))
