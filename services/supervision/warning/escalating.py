"""Makes warnings graver that nobody reacts to, and takes them to a head of the body that they are about."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import events_pb2 as events

from services.kit.service import Running
from services.kit.tx import Tx
from services.law.heads import CHIEF
from services.law.moment import micros
from services.supervision.case.model import CaseView
from services.supervision.head.model import Heads
from services.supervision.warning.catalogue import RED
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN, address, change, escalate_at

log = logging.getLogger(__name__)
TICK, PAUSE = 0.5, 5.0
BATCH = 100
ESCALATING = "escalating"
WARNINGS = Warning.__table__


async def keep_escalating(running: Running) -> None:
    """Run for ever. What fell due while nobody looked is caught up with at once, step by step."""
    while True:
        try:
            while running.view().one(due(running.now()).limit(1)) is not None:
                await running.of_itself(ESCALATING, escalate_all)
            await asyncio.sleep(TICK)
        except Exception as problem:
            log.error("%s: escalating waits: %r", running.title, problem)
            await asyncio.sleep(PAUSE)


def due(now: datetime) -> Any:
    return select(WARNINGS.c.warning_id).where(WARNINGS.c.escalate_time <= now)


def escalate_all(tx: Tx) -> None:
    waiting: Any = Warning.escalate_time
    rows = tx.query(
        select(Warning).where(waiting <= tx.now).order_by(waiting, Warning.warning_id).limit(BATCH)
    )
    for row in rows:
        escalate(tx, row)


def escalate(tx: Tx, row: Warning) -> None:
    """One step: a level higher, and to the next higher head of the body."""
    at = row.escalate_time
    if at is None or row.state != OPEN:
        row.escalate_time = None
        return
    level = min(row.level + 1, int(RED))
    change(
        row,
        level=level,
        escalations=row.escalations + 1,
        escalated_to=head_of(tx, row, at),
        escalated_time=at,
        escalate_time=escalate_at(tx, level, at),
    )
    view = tx.find(CaseView, row.case_id) if row.case_id else None
    event = events.WarningEscalated(
        warning=warning_message(row), case=view.case() if view is not None else None
    )
    tx.emit(event, subject=row.warning_id, to=address(tx, row.node))


def heads_of(tx: Tx, row: Warning) -> Iterable[Mapping[str, Any]]:
    """The terms of the heads of the body that a warning is about; of its department where it names no body and there is one."""
    if row.body_id:
        heads = tx.find(Heads, row.body_id)
        return heads.terms if heads is not None else ()
    of_node = tx.query(select(Heads).where(Heads.node == row.node))
    return of_node[0].terms if len(of_node) == 1 else ()


def head_of(tx: Tx, row: Warning, at: datetime) -> str:
    """Whom it goes to: first to a deputy head of the body, then to its chief; empty where the city was told of none."""
    now = micros(at)
    terms = [
        term
        for term in heads_of(tx, row)
        if term["from"] <= now and (term["until"] is None or now < term["until"])
    ]
    deputies = sorted(term["officer"] for term in terms if term["rank"] != CHIEF)
    chiefs = sorted(term["officer"] for term in terms if term["rank"] == CHIEF)
    wanted = chiefs if row.escalations else deputies or chiefs
    return str((wanted or deputies or [""])[0])
