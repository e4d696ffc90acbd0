"""On the day on which a law ends its articles end in the catalogue, and those whose items rest on them are told."""

import asyncio
import logging
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.registry.v1 import basis_pb2

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.concordance import basis_on
from services.law.ended import end_of
from services.law.naming import named_in, plain
from services.registry.basis.acts import end
from services.registry.basis.model import LegalBasis

log = logging.getLogger(__name__)
# The node's clock may be a simulated one that leaps, so no sleep until the next end is right.
PAUSE = 1.0
LASTING = select(LegalBasis.basis_id, LegalBasis.law).where(LegalBasis.until_time.is_(None))


async def end_bases(running: Running) -> None:
    """At the city, for ever. Each basis is ended in a transaction of its own, and its row then says so: none is ended twice."""
    if running.around.kind != "city":
        return
    while True:
        try:
            for basis_id in due(running):
                await running.do(partial(end_by_law, basis_id=basis_id))
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: bases that end wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def due(running: Running) -> list[str]:
    """The bases whose law has ended and that have not."""
    now = running.now()
    return [
        row.basis_id for row in running.rows(LASTING) if (at := end_of(row.law)) is not None and at <= now
    ]


def end_by_law(tx: Tx, basis_id: str) -> None:
    """End a basis with its law; what stands in its place is named where the catalogue has it."""
    row = tx.get(LegalBasis, basis_id)
    at = end_of(row.law)
    if row.until_time is not None or at is None or at > tx.now:
        return
    basis = basis_pb2.LegalBasis.FromString(row.record)
    basis.replaced_by = successor(tx, basis)
    end(tx, row, basis, at)


def successor(tx: Tx, basis: basis_pb2.LegalBasis) -> str:
    """The id of the article in the catalogue that took its place; empty where several did, or none is there."""
    today = tx.now.astimezone(SHANGHAI).date()
    judged = [basis_on(named, today, today) for named in named_in(f"《{plain(basis.law)}》{basis.article}")]
    wanted = [
        named_in(code)[0] for each in judged if each is not None for code in each.instead if ":" in code
    ]
    if not wanted:
        return ""
    rows = tx.query(select(LegalBasis).where(LegalBasis.until_time.is_(None)))
    found = [
        row.basis_id
        for row in rows
        for named in named_in(f"《{plain(row.law)}》{basis_pb2.LegalBasis.FromString(row.record).article}")
        if any(named.within(each) or each.within(named) for each in wanted) and named.article
    ]
    return found[0] if len(found) == 1 else ""
