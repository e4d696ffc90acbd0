"""Takes the reviews of whole departments on, step by step, until each has ended."""

import asyncio
import logging
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.registry.model import DepartmentReview
from services.registry.servicer.department_reviews import go_on

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
