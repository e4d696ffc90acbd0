"""The clock tick: fires clocks as they fall due, and judges acts whose certificate has not come."""

import asyncio
import logging
import time

from sqlalchemy import select

from services.kit.service import Running
from services.supervision.certificate.model import FieldAct
from services.supervision.certificate.reactions import stop_waiting
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reactions import fire_all

log = logging.getLogger(__name__)
TICK = 0.25
PAUSE = 5.0
# How long an act may wait for news of its certificate: the city's own events may be behind the department's.
GRACE = 10.0
CLOCKS = Clock.__table__
ACTS = FieldAct.__table__
DEADLINES, CERTIFICATES = "deadlines", "certificates"


async def keep_deadlines(running: Running) -> None:
    """Run for ever. What fell due while nobody looked is caught up with at once."""
    waiting: dict[str, float] = {}
    grace = running.settings.section("supervision").get("certificate_grace_seconds", GRACE)
    while True:
        try:
            await fire_due(running)
            await judge_waiting(running, waiting, grace)
            await asyncio.sleep(TICK)
        except Exception as problem:
            log.error("%s: deadlines wait: %r", running.title, problem)
            await asyncio.sleep(PAUSE)


async def fire_due(running: Running) -> None:
    due = select(CLOCKS.c.key).where(CLOCKS.c.next_time <= running.now()).limit(1)
    while running.view().one(due) is not None:
        await running.of_itself(DEADLINES, fire_all)


async def judge_waiting(running: Running, waiting: dict[str, float], grace: float) -> None:
    """Acts that have waited for `grace` seconds by the wall: the node's clock may stand still."""
    now = time.monotonic()
    keys = {row.key for row in running.view().rows(select(ACTS.c.key).where(ACTS.c.pending).limit(1000))}
    for key in waiting.keys() - keys:
        del waiting[key]
    for key in keys:
        waiting.setdefault(key, now)
    over = sorted(key for key in keys if now - waiting[key] >= grace)
    if over:
        await running.of_itself(CERTIFICATES, lambda tx: stop_waiting(tx, over), tuple(over))
