"""When a year ends: the report of the government and of each department on it is due, without anybody asking for it (RLG 23), and
the task of the next begins.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import select as rows_of
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.kit.act import Do
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedures.rule_of_law_report import RULE_OF_LAW_REPORT as REPORT
from services.law.rule import Unlawful
from services.supervision.body.model import Body
from services.supervision.rule_of_law_report.act import act, report_id
from services.supervision.rule_of_law_report.facts import stood, year_end
from services.supervision.rule_of_law_report.model import BOOK, ReportedYear
from services.supervision.work_task.turning import begin_hearing

log = logging.getLogger(__name__)
REPORTS_TURN = "rule_of_law_reports"
# The node's clock may be a simulated one that leaps, so no sleep until the next turn is right.
TICK, PAUSE = 0.5, 5.0
YEAR, BODY = ReportedYear.__table__.c.year, Body.__table__.c.body_id  # type: ignore[attr-defined]


def over(now: datetime) -> int:
    """The last year that is over."""
    return now.astimezone(SHANGHAI).year - 1


async def keep_reports(running: Running) -> None:
    """For ever. A year that ended while nobody looked is caught up with at once."""
    while True:
        try:
            while due(running):
                await running.of_itself(REPORTS_TURN, turn)
            await asyncio.sleep(TICK)
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: yearly reports wait: %s", running.title, problem)
            await asyncio.sleep(PAUSE)


def due(running: Running) -> bool:
    """Whether a year ended of which no report was begun; or the book begins, as soon as the first body is known."""
    view = running.view()
    row: Any = view.one(select(YEAR))
    if row is None:
        return view.one(select(BODY).limit(1)) is not None
    return bool(row.year < over(running.now()))


def turn(tx: Tx) -> None:
    """Begin the reports on the next year, and the hearing of the one after.

    Reports on years that had ended before the city kept a book were handed in on paper.
    """
    row = tx.find(ReportedYear, BOOK)
    if row is None:
        tx.add(ReportedYear.new(key=BOOK, year=over(tx.now)))
        return
    row.year += 1
    begin(tx, row.year, "", tx.parameters.numbering().government, tx.city)
    for body in tx.query(rows_of(Body).order_by(Body.body_id)):
        if stood(body, year_end(row.year)):
            begin(tx, row.year, body.body_id, body.name, body.node)
    begin_hearing(tx, row.year + 1)


def begin(tx: Tx, year: int, body_id: str, name: str, node: str) -> None:
    """One report, of a body or of the government; nothing where it is there. Starts PUB-07, PUB-08 and ACC-04."""
    report = pb.RuleOfLawReport(
        report_id=report_id(body_id, year), year=year, body_id=body_id, body_name=name, node=node
    )
    with suppress(Unlawful):
        act.do(tx, REPORT.BEGIN, report, None, _begun)


def _begun(_request: None, _report: pb.RuleOfLawReport, _do: Do) -> events.RuleOfLawReportDue:
    return events.RuleOfLawReportDue()
