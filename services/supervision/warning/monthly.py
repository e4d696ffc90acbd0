"""Judges the months of the whole city by the warnings that look at a month, each when it is over.

It reads beside the writer and writes what it found in one transaction that also says how far it came: after a downtime it goes on
month by month, and after a sudden end where it stood. What comes to be known later of a month that was judged has that month and
those after it judged anew in the night that follows, so the same stands whatever the order in which things came to be known.
"""

import asyncio
import logging
from datetime import date

from sqlalchemy import func
from sqlmodel import select

from services.kit.service import Running
from services.kit.tx import Tx
from services.kit.view import View
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.event.model import Received
from services.supervision.figure.keeping import MONTHS, figures_of, keep
from services.supervision.figure.model import Judging
from services.supervision.warning.catalogue import Finding, Kind, watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import WITHDRAWN, OfNode, end, id_of, raise_about
from services.supervision.warning.seen import SeenMonth, later, month_of

log = logging.getLogger(__name__)
TICK, PAUSE = 0.5, 5.0
BATCH = 200
BEGIN, FIGURES, BOUND, MONTH, BACK = (
    "months.begin",
    "months.figures",
    "months.bound",
    "months.judged",
    "months.back",
)
JUDGING = Judging.__table__


async def keep_months(running: Running) -> None:
    """Run for ever. What was over while nobody looked is caught up with at once."""
    while True:
        try:
            while await step(running):
                pass
            await asyncio.sleep(TICK)
        except Exception as problem:
            log.error("%s: the months wait: %r", running.title, problem)
            await asyncio.sleep(PAUSE)


async def step(running: Running) -> bool:
    """Do what is next. Says whether there was anything."""
    row, this = running.view().one(select(*JUDGING.c).where(JUDGING.c.key == MONTHS)), month_of(running.now())
    if row is None and running.view().one(select(Received.key).limit(1)) is None:
        return False
    if row is None:
        await running.of_itself(BEGIN, begin)
        return True
    if not row.ready:
        await running.of_itself(FIGURES, take_figures)
    elif row.bound < written(this):
        await running.of_itself(BOUND, lambda tx: set_bound(tx, written(this)), (written(this),))
    elif row.next_month < row.bound:
        month = read(row.next_month)
        found = await asyncio.to_thread(look_at, running, month, row.next_month == row.first)
        await running.of_itself(MONTH, lambda tx: judged(tx, month, found), (row.next_month,))
    elif row.again and row.again_time <= running.now():
        await running.of_itself(BACK, go_back)
    else:
        return False
    return True


def begin(tx: Tx) -> None:
    """Begin with the month in which the first thing happened that was told of."""
    first = tx.batch.connection.execute(select(func.min(Received.occur_time))).scalar_one()
    month = written(min(month_of(first), month_of(tx.now)))
    tx.add(Judging.new(key=MONTHS, first=month, bound=month, next_month=month))


def take_figures(tx: Tx) -> None:
    """Take the figures of cases that were known before there were any."""
    row = tx.get(Judging, MONTHS)
    after = select(CaseView).where(CaseView.case_id > row.figured).order_by(CaseView.case_id).limit(BATCH)
    views = tx.query(after)
    for view in views:
        keep(tx, view, view.case(), figures_of(view))
        row.figured = view.case_id
    row.ready = len(views) < BATCH


def set_bound(tx: Tx, month: str) -> None:
    """From now on what is told of the months before counts as told late."""
    tx.get(Judging, MONTHS).bound = month


def go_back(tx: Tx) -> None:
    row = tx.get(Judging, MONTHS)
    row.next_month, row.again, row.again_time = row.again, "", None


def look_at(running: Running, month: date, first: bool) -> list[tuple[Kind, Finding]]:
    """What is found at the end of a month, by what is committed now."""
    with running.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return found_in(SeenMonth(View(connection, running.around, running.system), month, first))


def found_in(seen: SeenMonth) -> list[tuple[Kind, Finding]]:
    return [(kind, finding) for kind in watching("month") for finding in kind.find(seen)]


def judged(tx: Tx, month: date, found: list[tuple[Kind, Finding]]) -> None:
    """Raise what is found of a month, withdraw what is found no longer, and say that it is judged."""
    standing = set()
    for kind, finding in found:
        body_id = finding.subject if tx.find(Body, finding.subject) is not None else ""
        about = OfNode(finding.node, finding.subject, written(month), body_id)
        standing.add(id_of(kind, about.subject, finding))
        raise_about(tx, kind, about, finding)
    for row in tx.query(select(Warning).where(Warning.month == written(month))):
        if row.warning_id not in standing:
            end(tx, row, WITHDRAWN)
    tx.get(Judging, MONTHS).next_month = written(later(month, 1))


def written(month: date) -> str:
    return f"{month:%Y-%m}"


def read(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
