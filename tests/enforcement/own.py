"""An enforcement by the agency itself for the tests: each word is one act, plain and lawful where nothing else is said."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.registry.v1 import basis_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1.power_pb2 import POWER_KIND_MONEY_ENFORCEMENT

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, Dossier, serial, stamp, yuan

# Served on 10 March 2026, to be paid by the 25th; on the Monday after the thirty-first day of surcharge the cap is not reached.
LATE = datetime(2026, 3, 26, 9, 0, tzinfo=SHANGHAI)
THIRTY = datetime(2026, 4, 24, 9, 0, tzinfo=SHANGHAI)
ENOUGH = datetime(2026, 4, 27, 9, 0, tzinfo=SHANGHAI)
LAW, REGULATION = basis_pb2.BASIS_LEVEL_LAW, basis_pb2.BASIS_LEVEL_ADMINISTRATIVE_REGULATION
TRANSFER = {
    "means": pb.ENFORCEMENT_MEANS_TRANSFER,
    "bank": "示例银行",
    "bank_notice": "协助划拨通知书1号",
    "residents_supplied": True,
}


async def empower(d: Department, body_id: str, level: int = LAW, **more: Any) -> str:
    """An item of enforcing payments on a body's published list, on an article of some rank."""
    basis = basis_pb2.LegalBasis(
        basis_id=f"L-{next(serial)}", law="示例法", article="第九条", level=level, version=1
    )
    await d.hear(registry.LegalBasisAdded(basis=basis))
    plain = {"kind": POWER_KIND_MONEY_ENFORCEMENT, "basis_ids": [basis.basis_id]}
    return await d.item(body_id, **(plain | more))


def decision(now: datetime) -> dict[str, Any]:
    """What a decision to enforce states."""
    return {
        "reasons": "经催告逾期仍未缴纳",
        "basis": "示例法第九条",
        "manner": "划拨存款",
        "enforce_time": stamp(now + 3 * DAY),
        "remedies": "六十日内申请行政复议，六个月内提起行政诉讼",
    }


class Own:
    """The enforcement of a case."""

    def __init__(self, d: Department, dossier: Dossier) -> None:
        self.d, self.dossier, self.record = d, dossier, pb.Enforcement()

    async def act(self, rpc: str, by: Any = CLERK, **more: Any) -> pb.Enforcement:
        reply = await self.d.do(rpc, by, enforcement_id=self.record.enforcement_id, **more)
        self.record = reply.enforcement
        return self.record

    async def begin(self) -> "Own":
        reply = await self.d.do("BeginEnforcement", FINANCE, case_id=self.dossier.case_id)
        self.record = reply.enforcement
        return self

    async def found(self) -> "Own":
        """As the node has it."""
        reply = await self.d.do("ListEnforcements", HEAD, case_id=self.dossier.case_id)
        self.record = reply.enforcements[-1]
        return self

    async def demand(self, **more: Any) -> pb.Enforcement:
        said = {
            "manner": "缴至指定银行",
            "term_end_time": stamp(self.d.now + 10 * DAY),
            "rights_told": True,
            "receipt": "送达回证9号",
        }
        return await self.act("DemandBeforeEnforcement", **(said | more))

    async def decide(self, **more: Any) -> pb.Enforcement:
        return await self.act("DecideEnforcement", HEAD, **(decision(self.d.now) | more))

    async def serve(self, **more: Any) -> pb.Enforcement:
        return await self.act("ServeEnforcementDecision", **({"receipt": "送达回证10号"} | more))

    async def start(self, **more: Any) -> pb.Enforcement:
        return await self.act("StartEnforcement", self.dossier.who, execution=TRANSFER | more)

    async def agree(self, *stages: tuple[float, int], **more: Any) -> pb.Enforcement:
        """In parts, each of so many yuan in so many days."""
        parts = [{"amount": yuan(much), "due_time": stamp(self.d.now + days * DAY)} for much, days in stages]
        return await self.act(
            "AgreeOnEnforcement", HEAD, **({"terms": "分期履行", "stages": parts, "harmless": True} | more)
        )

    async def bring_in(self, amount: float) -> None:
        """The bank transferred so many yuan."""
        await self.d.pay(self.dossier, amount, enforcement_id=self.record.enforcement_id)

    @property
    def state(self) -> str:
        return pb.EnforcementState.Name(self.record.state).removeprefix("ENFORCEMENT_STATE_")

    def clock(self, clock_id: str) -> int:
        return next(x.state for x in self.record.deadlines if x.clock_id == clock_id)


async def overdue(d: Department, dossier: Dossier | None = None) -> Own:
    """Nothing was paid in time, and the agency has the power."""
    own = Own(d, dossier or await d.served())
    await empower(d, own.dossier.body_id)
    d.now = max(d.now, LATE)
    return await own.begin()


async def demanded(d: Department) -> Own:
    own = await overdue(d)
    d.now = LATE + 4 * DAY
    await own.demand()
    return own


async def decided(d: Department) -> Own:
    own = await demanded(d)
    d.now = ENOUGH
    await own.decide()
    return own


async def served(d: Department) -> Own:
    own = await decided(d)
    await own.serve()
    return own


async def enforcing(d: Department) -> Own:
    own = await served(d)
    await own.start()
    return own
