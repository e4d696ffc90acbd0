"""Opens the quotas of each year, reminds of them, and says which were missed."""

import asyncio
import logging
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.procedures.body import MAY_ENFORCE
from services.law.procedures.training import CITY_QUOTAS, REVIEWS, SESSIONS
from services.registry.body.model import Body
from services.registry.quota.counting import opened, remind
from services.registry.quota.model import YearQuota
from services.registry.training.model import year_of

log = logging.getLogger(__name__)
# The node's clock may be a simulated one that leaps, so no sleep until the next due time is right.
PAUSE = 1.0
SOME = 200


async def keep_years(running: Running) -> None:
    """Run for ever. What fell due while nobody looked is caught up with at once."""
    while True:
        try:
            while to_open := unopened(running):
                await running.do(partial(open_all, quotas=to_open))
            while waiting(running):
                await running.do(fire_due)
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: quotas of the year wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def unopened(running: Running) -> list[tuple[str, str, int]]:
    """The quotas of this node that the present year lacks."""
    year, around = year_of(running.now()), running.around
    quotas = select(YearQuota.subject_id).where(
        YearQuota.year == year, YearQuota.clock_id == SESSIONS, YearQuota.node == around.node
    )
    bodies = select(Body.body_id).where(
        Body.node == around.node, Body.state.in_(MAY_ENFORCE), Body.body_id.not_in(quotas)
    )
    missing = [(SESSIONS, row.body_id, year) for row in running.rows(bodies.limit(SOME))]
    if around.node == around.city:
        missing += of_city(running, year)
    return missing


def of_city(running: Running, year: int) -> list[tuple[str, str, int]]:
    """What the city's year lacks: its own quotas, and the review of every department's certificates."""
    ours = select(YearQuota.clock_id, YearQuota.subject_id).where(
        YearQuota.year == year, YearQuota.node == running.around.node
    )
    known = {tuple(row) for row in running.rows(ours)}
    departments = {row.node for row in running.rows(select(Body.node).distinct())}
    wanted = [(clock_id, running.around.node) for clock_id in CITY_QUOTAS]
    wanted += [(REVIEWS, node) for node in sorted(departments)]
    return [(*each, year) for each in wanted if each not in known]


def open_all(tx: Tx, quotas: list[tuple[str, str, int]]) -> None:
    for clock_id, subject_id, year in quotas:
        opened(tx, clock_id, subject_id, year)


def waiting(running: Running) -> bool:
    """Whether a quota is due for its next stage. Asked on the side, not in a transaction."""
    due = select(YearQuota.key).where(
        YearQuota.next_time <= running.now(), YearQuota.node == running.around.node
    )
    return bool(running.rows(due.limit(1)))


def fire_due(tx: Tx) -> None:
    due = select(YearQuota).where(YearQuota.next_time <= tx.now, YearQuota.node == tx.node)
    for row in tx.query(due.order_by(YearQuota.next_time).limit(SOME)):
        remind(tx, row)
