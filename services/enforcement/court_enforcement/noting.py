"""Notes by itself, each day, where the time for remedies is over and the decision is not carried out (ACL 53)."""

import asyncio
import logging
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.acts import note_remedy_over
from services.enforcement.court_enforcement.model import CourtEnforcement
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.law.calendar import SHANGHAI

log = logging.getLogger(__name__)
# The node's clock may be a simulated one that leaps, so no sleep until the next day is right.
PAUSE = 1.0


async def note_remedies_over(running: Running) -> None:
    """For ever. What is noted is written with its record: after a restart it is not noted again."""
    noted = None
    while True:
        today = running.now().astimezone(SHANGHAI).date()
        try:
            if today != noted:
                for case_id in unperformed(running):
                    await running.do(partial(note_remedy_over, case_id=case_id))
                noted = today
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: ended remedies wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def unperformed(running: Running) -> list[str]:
    """The cases served and not performed that nothing was done about yet to enforce them."""
    begun = select(CourtEnforcement.case_id)
    its = select(Case.case_id).where(Case.state == "SERVED", Case.case_id.not_in(begun))  # type: ignore[attr-defined]
    return [row.case_id for row in running.rows(its.order_by(Case.case_id))]
