"""What follows by itself: who is late with a report on the execution is reminded, once for each day that was set (MDR 34)."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import select as rows_of
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.law.rule import Unlawful
from services.supervision.major_decision.act import act
from services.supervision.major_decision.model import MajorDecision

log = logging.getLogger(__name__)
DECISIONS: Any = MajorDecision.__table__  # type: ignore[attr-defined]
AT_ONCE = 20
# The node's clock may be a simulated one that leaps, so no sleep until the next turn is right.
TICK, PAUSE = 0.5, 5.0


async def keep_decisions(running: Running) -> None:
    """For ever. What fell due while nobody looked is caught up with at once."""
    while True:
        try:
            while running.view().one(due(running.now())) is not None:
                await running.do(turn)
            await asyncio.sleep(TICK)
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: decisions wait: %s", running.title, problem)
            await asyncio.sleep(PAUSE)


def due(now: Any) -> Any:
    return select(DECISIONS.c.decision_id).where(DECISIONS.c.turn_time < now).limit(1)


def turn(tx: Tx) -> None:
    """Remind of some reports that are late."""
    waiting = rows_of(MajorDecision).where(MajorDecision.turn_time < tx.now)  # type: ignore[operator]
    for row in tx.query(waiting.order_by(MajorDecision.turn_time).limit(AT_ONCE)):  # type: ignore[arg-type]
        with suppress(Unlawful):
            act.do(tx, DECISION.REMIND, row.decision(), None, _reminds)
            continue
        row.turn_time = None  # nothing follows of itself any more


def _reminds(_request: None, decision: pb.MajorDecision, do: Do) -> events.DecisionReportOverdue:
    put_moment(decision.remind_time, do.now)
    return events.DecisionReportOverdue()
