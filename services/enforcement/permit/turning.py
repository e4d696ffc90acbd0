"""What follows by itself: silence accepts and renews, a promise is broken, the day to put something right passes, a permit ends
(ALIC 32(1)[4], 50(2), 66, 70[1]).
"""

import asyncio
import logging
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.permit.act import act, count_promise, next_time
from services.enforcement.permit.befalling import befall
from services.enforcement.permit.model import Permit
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures.permit import PERMIT
from services.law.procedures.permit.recorded import state_of

log = logging.getLogger(__name__)
# The node's clock may be a simulated one that leaps, so no sleep until the next moment is right.
PAUSE = 1.0


def deem_accepted(tx: Tx, permit_id: str) -> None:
    """Nothing was told in time: the application counts as accepted from the day on which it, or what was missing, came (ALIC
    32(1)[4]).
    """
    permit = act.open(tx, permit_id)
    if PERMIT.tables[0].move("DEEM_ACCEPTED", state_of(permit)) is None:
        return
    since = moment_at(permit, "supplement.supply_time") or moment_of(permit.receive_time)
    put_moment(permit.acceptance.accept_time, since)
    permit.acceptance.silent = True
    count_promise(permit, tx)
    act.do(tx, PERMIT.DEEM_ACCEPTED, permit, None, _told(events.PermitApplicationDeemedAccepted))


def turn(tx: Tx, permit_id: str) -> None:
    """One application for which the moment has come."""
    permit = act.open(tx, permit_id)
    due = next_time(permit)
    if due is None or due >= tx.now:
        return
    what, event = befall(permit, due)
    act.do(tx, what, permit, None, _told(event))


def _told(event: Any) -> Any:
    return lambda _request, _permit, _do: event()


async def turn_permits(running: Running) -> None:
    """For ever. What is noted is written with its record: after a restart it is not noted again."""
    while True:
        try:
            for permit_id in waiting(running):
                await running.do(partial(turn, permit_id=permit_id))
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: permits wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def waiting(running: Running) -> list[str]:
    """Those for which the moment has come, the earliest first."""
    its = select(Permit.permit_id).where(Permit.next_time < running.now())  # type: ignore[call-overload, operator]
    return [row.permit_id for row in running.rows(its.order_by(Permit.next_time).limit(100))]
