"""An enforcement of a duty other than to pay, for the tests: each word is one act, lawful where nothing else is said."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1.power_pb2 import POWER_KIND_DUTY_ENFORCEMENT

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.own import Own, empower
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, UNIT, Dossier, fine, serial, stamp, yuan

# Served on 10 March 2026, fifteen days to do it: until the 25th.
LATE = datetime(2026, 3, 26, 9, 0, tzinfo=SHANGHAI)
URGED = datetime(2026, 4, 7, 9, 0, tzinfo=SHANGHAI)  # a Tuesday, after the term of the demand
# The day that is set is the Monday after; three working days before it, the Wednesday, is the last to tell the party.
DAY_SET = datetime(2026, 4, 13, 9, 0, tzinfo=SHANGHAI)
OTHER, DEMOLITION = penalties.DUTY_KIND_OTHER, penalties.DUTY_KIND_DEMOLITION
SUBSTITUTE = {"performer": "示例清障公司", "uninterested": True, "target": "占道围墙", "budget": yuan(1000)}
SIGNERS = [pb.RECORD_SIGNER_SUPERVISOR, pb.RECORD_SIGNER_PERFORMER, pb.RECORD_SIGNER_WITNESS]


def ordered(kind: int = OTHER, harm: int = penalties.DUTY_HARM_TRAFFIC, days: int = 15) -> penalties.Penalty:
    """A fine, and something to be done besides."""
    return fine(
        30_000, duty=penalties.OrderedDuty(kind=kind, what="拆除占道围墙，恢复道路原状", days=days, harm=harm)
    )


async def enable(d: Department, body_id: str, **more: Any) -> str:
    """An item of enforcing duties on a body's published list, on an article of a law."""
    return await empower(d, body_id, kind=POWER_KIND_DUTY_ENFORCEMENT, **more)


class Duty(Own):
    """The enforcement of what a decision orders."""

    async def begin(self) -> "Duty":
        reply = await self.d.do("BeginDutyEnforcement", self.dossier.who, case_id=self.dossier.case_id)
        self.record = reply.enforcement
        return self

    async def demand(self, **more: Any) -> pb.Enforcement:
        return await super().demand(**({"manner": "自行拆除"} | more))

    async def decide(self, **more: Any) -> pb.Enforcement:
        """By a substitute."""
        return await super().decide(**({"manner": "代履行", "substitute": SUBSTITUTE} | more))

    async def force(self, **more: Any) -> pb.Enforcement:
        """By the agency itself."""
        return await super().decide(**({"manner": "强制拆除"} | more))

    async def announce(self, days: int = 10, **more: Any) -> pb.Enforcement:
        said = {"place": "政府网站、现场张贴", "term_end_time": stamp(self.d.now + days * DAY)}
        return await self.act("AnnounceDemolition", HEAD, **(said | more))

    async def schedule(self, at: datetime = DAY_SET) -> pb.Enforcement:
        return await self.act("ScheduleSubstitute", UNIT, perform_time=stamp(at))

    async def tell(self, **more: Any) -> pb.Enforcement:
        return await self.act("DemandBeforeSubstitute", **({"receipt": "送达回证12号"} | more))

    def doing(self, **more: Any) -> dict[str, Any]:
        """What is done on the spot."""
        said = {
            "how": "机械拆除、清运",
            "residents_supplied": True,
            "supervisors": self.dossier.ids[:1],
            "peaceful": True,
        }
        return said | more

    async def perform(self, **more: Any) -> pb.Enforcement:
        return await self.act("StartSubstitute", self.dossier.who, execution=self.doing(**more))

    async def start(self, **more: Any) -> pb.Enforcement:
        return await self.act("StartEnforcement", self.dossier.who, execution=self.doing(**more))

    async def complete(self, **more: Any) -> pb.Enforcement:
        said = {"record": "代履行笔录1号", "signers": SIGNERS}
        return await self.act("CompleteEnforcement", self.dossier.who, **(said | more))

    async def clear(self, **more: Any) -> pb.Enforcement:
        said = {
            "place": pb.CLEARED_PLACE_ROAD,
            "what": "国道遗洒渣土",
            "urgency": "车流密集",
            "unable": "驾驶人不在场",
            "performer": "示例环卫公司",
            "supervisors": self.dossier.ids[:1],
            "peaceful": True,
        }
        who, case_id = self.dossier.who, self.dossier.case_id
        reply = await self.d.do("ClearAtOnce", who, case_id=case_id, clearing=said | more)
        self.record = reply.enforcement
        return self.record

    async def told(self) -> pb.Enforcement:
        return await self.act("TellOfClearing", told_by="通知书1号，送达回证14号")

    def costs(self, amount: float = 800, **more: Any) -> dict[str, Any]:
        """What is claimed."""
        said = {
            "amount": yuan(amount),
            "reckoning": "人工四百元、机械四百元",
            "bill": "发票1号",
            "term_end_time": stamp(self.d.now + 15 * DAY),
            "remedies": "六十日内申请行政复议，六个月内提起行政诉讼",
            "receipt": "送达回证13号",
        }
        return said | more

    async def claim(self, amount: float = 800, **more: Any) -> pb.Enforcement:
        return await self.act("ClaimSubstituteCosts", HEAD, **self.costs(amount, **more))

    async def paid(self, amount: float, reference: str = "") -> pb.Enforcement:
        said = {"amount": yuan(amount), "bank_reference": reference or f"代费流水{next(serial)}"}
        return await self.act("RecordSubstituteCosts", FINANCE, **said)


async def overdue(d: Department, dossier: Dossier | None = None, **said: Any) -> Duty:
    """What was ordered was not done in its term."""
    duty = Duty(d, dossier or await d.served(ordered(**said)))
    d.now = max(d.now, LATE)
    return await duty.begin()  # type: ignore[return-value]


async def decided(d: Department, **said: Any) -> Duty:
    """Demanded, decided when its term was over, and served: by a substitute."""
    duty = await overdue(d, **said)
    await duty.demand()
    d.now = URGED
    await duty.decide()
    await duty.serve()
    return duty


async def performing(d: Department, **said: Any) -> Duty:
    """A substitute performs on the day that was set."""
    duty = await decided(d, **said)
    await duty.schedule()
    await duty.tell()
    d.now = DAY_SET
    await duty.perform()
    return duty


async def done(d: Department, duty: Duty) -> bool:
    """Whether the case shows that what was ordered is done."""
    case = await d.case(duty.dossier.case_id)
    return [p.proof for p in case.performances if p.duty] == [duty.record.completion.record]


async def performed(d: Department, dossier: Dossier, proof: str = "现场复查笔录") -> None:
    """By the party itself."""
    await d.do("RecordPerformance", CLERK, case_id=dossier.case_id, duty=True, proof=proof)
