"""The review of a department goes on, some certificates in each transaction, so that others write in between."""

import asyncio
import logging
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.registry.annual_review.review import review_all
from services.registry.certificate.model import Certificate
from services.registry.department_review.model import DepartmentReview, department_review_proto, waiting

AT_ONCE = 50


def review_some(tx: Tx, row: DepartmentReview) -> list[messages.AnnualReview]:
    """Review the next certificates; the department's review ends with the last."""
    certificates: list[Certificate] = tx.query(
        waiting(select(Certificate), row, tx.now).order_by(Certificate.certificate_number).limit(AT_ONCE)
    )
    reviews = review_all(tx, certificates, row.year, row.reviewer)
    failed = sum(r.state == messages.ANNUAL_REVIEW_STATE_FAILED for r in reviews)
    row.passed += len(reviews) - failed
    row.failed += failed
    row.version += 1
    if certificates:
        row.cursor = certificates[-1].certificate_number
    if len(certificates) < AT_ONCE:
        row.state, row.end_time = "ENDED", tx.now
        ended = events.DepartmentReviewEnded(department_review=department_review_proto(row))
        tx.emit(ended, subject=row.department_review_id, to=row.node)
    return reviews


def go_on(tx: Tx, department_review_id: str) -> None:
    """Take a department's review one step further, if it still runs."""
    row = tx.get(DepartmentReview, department_review_id)
    if row.state == "RUNNING":
        review_some(tx, row)


log = logging.getLogger(__name__)
PAUSE = 1.0
RUNNING = select(DepartmentReview.department_review_id).where(DepartmentReview.state == "RUNNING").limit(1)


async def review_departments(running: Running) -> None:
    """At the city, for ever. Each step is a transaction of its own: what was cut short goes on where it stood."""
    if running.around.kind != "city":
        return
    while True:
        try:
            while under_way := running.rows(RUNNING):
                await running.do(partial(go_on, department_review_id=under_way[0][0]))
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: reviews of departments wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)
