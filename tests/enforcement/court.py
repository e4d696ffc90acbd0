"""An enforcement by the court for the tests: each word is one act, plain and lawful where nothing else is said."""

import asyncio
import contextlib
from datetime import datetime
from typing import Any

import grpc
from yifa.enforcement.v1 import court_enforcement_pb2 as pb

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, INSTANT, Dossier, stamp

# Served in the first moment of 10 March 2026; six months to sue end with 10 September, three more with 10 December.
SUED_BY = datetime(2026, 9, 10, 23, 59, 59, 999999, tzinfo=SHANGHAI)
OVER = SUED_BY + INSTANT
APPLIED_BY = datetime(2026, 12, 10, 23, 59, 59, 999999, tzinfo=SHANGHAI)
PAPERS = pb.CourtPaper.values()[1:]
RUNNING, MET, EXPIRED = 1, 2, 3


class Court:
    """The enforcement of a case."""

    def __init__(self, d: Department, dossier: Dossier) -> None:
        self.d, self.dossier, self.record = d, dossier, pb.CourtEnforcement()

    async def act(self, rpc: str, by: Any = CLERK, **more: Any) -> pb.CourtEnforcement:
        reply = await self.d.do(rpc, by, enforcement_id=self.record.enforcement_id, **more)
        self.record = reply.court_enforcement
        return self.record

    async def begin(self) -> "Court":
        """By somebody, where the node has not noted by itself yet that the remedies are over."""
        with contextlib.suppress(grpc.aio.AioRpcError):
            await self.d.do("BeginCourtEnforcement", CLERK, case_id=self.dossier.case_id)
        return await self.found()

    async def found(self) -> "Court":
        """As the node has it; waits for it."""
        async with asyncio.timeout(30):
            while True:
                mark = self.d.running.mark
                reply = await self.d.do("ListCourtEnforcements", HEAD, case_id=self.dossier.case_id)
                if reply.court_enforcements:
                    self.record = reply.court_enforcements[-1]
                    return self
                await self.d.running.changed(1, mark)

    async def demand(self, **more: Any) -> pb.CourtEnforcement:
        said = {
            "manner": "缴至指定银行",
            "term_end_time": stamp(self.d.now + 15 * DAY),
            "rights_told": True,
            "receipt": "送达回证9号",
        }
        return await self.act("DemandPerformance", **(said | more))

    async def apply(self, **more: Any) -> pb.CourtEnforcement:
        return await self.act("ApplyToCourt", HEAD, **({"court": "示例区人民法院", "papers": PAPERS} | more))

    async def court(self, *said: int, **more: Any) -> pb.CourtEnforcement:
        for each in said:
            await self.act("RecordCourtAnswer", **({"said": each, "document": "行审1号"} | more))
        return self.record

    @property
    def state(self) -> str:
        return pb.CourtEnforcementState.Name(self.record.state).removeprefix("COURT_ENFORCEMENT_STATE_")

    def clock(self, clock_id: str) -> int:
        return next(x.state for x in self.record.deadlines if x.clock_id == clock_id)

    async def until(self, state: str) -> None:
        async with asyncio.timeout(30):
            while True:
                mark = self.d.running.mark
                if (await self.found()).state == state:
                    return
                await self.d.running.changed(1, mark)


async def expired(d: Department, dossier: Dossier | None = None) -> Court:
    """Nobody sued in six months."""
    court = Court(d, dossier or await d.served())
    d.now = OVER
    return await court.begin()


async def demanded(d: Department, dossier: Dossier | None = None) -> Court:
    """Told to perform on 11 September, a Friday; Sunday the 20th is worked, so ten working days end on the 24th."""
    court = await expired(d, dossier)
    await court.demand()
    return court


WAITED = datetime(2026, 9, 25, tzinfo=SHANGHAI)


async def applied(d: Department, dossier: Dossier | None = None) -> Court:
    court = await demanded(d, dossier)
    d.now = WAITED + DAY
    await court.apply()
    return court
