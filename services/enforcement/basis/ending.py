"""On the day on which a law ends the department tells, once, which open cases and benchmarks rest on it."""

import asyncio
import logging
from collections.abc import Sequence
from functools import lru_cache, partial

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.enforcement.v1 import basis_pb2 as bases

from services.enforcement.basis.model import EndedLaw
from services.enforcement.basis.resting import case_words, ref, words_rest
from services.enforcement.basis.uses import benchmarks_on, tell
from services.enforcement.body.succession import open_cases
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.citation import statutes
from services.law.concordance import ended
from services.law.ended import end_time
from services.law.moment import put_moment
from services.law.naming import plain

log = logging.getLogger(__name__)
# The node's clock may be a simulated one that leaps, so no sleep until the next end is right.
PAUSE = 1.0


async def tell_of_ended_laws(running: Running) -> None:
    """For ever. A law's row is written in the transaction that tells of it: after a restart it is not told again."""
    while True:
        try:
            if codes := untold(running):
                await running.do(partial(tell_of, codes=codes))
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: laws that ended wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def untold(running: Running) -> list[str]:
    """The laws that have ended, of which nothing was told yet."""
    now = running.now()
    today = now.astimezone(SHANGHAI).date()
    # A simulated clock is set back to play a history: what it tells of is told again.
    known = {row.code for row in running.rows(select(EndedLaw.code).where(EndedLaw.tell_time <= now))}
    return [statute.code for statute in ended(today) if statute.code not in known]


def tell_of(tx: Tx, codes: Sequence[str]) -> None:
    """Tell of what rests on laws that ended, and note that it was told. The open cases are gone through once for all of them."""
    due = [basis for code in codes if (basis := to_tell(tx, code)) is not None]
    resting: dict[str, list[bases.CaseRef]] = {basis.basis_id: [] for basis in due}

    @lru_cache(4096)  # many cases name their law alike
    def named(words: tuple[str, ...]) -> list[str]:
        return [basis.basis_id for basis in due if words_rest(words, basis.law, "")]

    for case in open_cases(tx) if due else ():
        for code in named(case_words(case)):
            resting[code].append(ref(case))
    for basis in due:
        tell(tx, basis, resting[basis.basis_id], benchmarks_on(tx, basis.law))
        note(tx, basis.basis_id)


def to_tell(tx: Tx, code: str) -> bases.ChangedBasis | None:
    """A law that ended, as it is told of; None before its end, and once it was told."""
    statute = statutes()[code]
    at, row = end_time(statute), tx.find(EndedLaw, code)
    if at is None or at > tx.now or (row is not None and row.tell_time <= tx.now):
        return None
    changed = bases.ChangedBasis(
        basis_id=code,
        law=plain(statute.title_zh),
        repealed=True,
        replaced_by=plain(statutes()[statute.replaced_by].title_zh),
    )
    put_moment(changed.from_time, at)
    return changed


def note(tx: Tx, code: str) -> None:
    """Note that a law's end was told of."""
    row = tx.find(EndedLaw, code)
    if row is None:
        end = end_time(statutes()[code])
        row = tx.add(EndedLaw.new(code=code, end_time=end, tell_time=tx.now))
    row.tell_time = tx.now
