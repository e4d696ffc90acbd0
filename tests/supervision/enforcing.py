"""Enforcements by the agency as the city is told of them: each step is an event with the record after it, lawful where nothing
else is said."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.measure import stamp
from tests.supervision.office import Office, at

BEGUN, URGED, DECIDED = at("2026-03-26 09:00"), at("2026-03-30 09:00"), at("2026-04-27 09:00")
SERVED, FORCED, AGREED = at("2026-04-27 10:00"), at("2026-04-28 10:00"), at("2026-04-29 10:00")
SET, TOLD, DAY_SET, DONE = (
    at("2026-04-28 09:00"),
    at("2026-04-28 10:00"),
    at("2026-05-08 09:00"),
    at("2026-05-08 15:00"),
)
DUTY = penalties.OrderedDuty(
    kind=penalties.DUTY_KIND_OTHER, what="拆除占道围墙", days=15, harm=penalties.DUTY_HARM_TRAFFIC
)


def demand(when: datetime, fen: int = 115_000) -> courts.PerformanceDemand:
    return courts.PerformanceDemand(
        document_number="示罚催〔2026〕1号", manner="缴至银行", rights_told=True, receipt="送达回证",
        term_end_time=stamp(at("2026-04-09 00:00")), serve_time=stamp(when), amount={"fen": fen},
    )  # fmt: skip


def decision(when: datetime = DECIDED, **more: Any) -> pb.EnforcementDecision:
    return pb.EnforcementDecision(
        document_number="示罚强执〔2026〕1号", reasons="逾期", basis="示例法第九条", manner="依法执行", remedies="复议、诉讼",
        enforce_time=stamp(FORCED), decide_time=stamp(when), decider="head-1", **more,
    )  # fmt: skip


class Told:
    """The enforcement of a case, as its department tells of it step by step. `wrong` is what is otherwise, by the path of the
    field with two underscores, in every step from the one that has it."""

    def __init__(
        self, city: Office, case: cases.Case, wrong: Mapping[str, Any] | None = None, **more: Any
    ) -> None:
        self.city, self.wrong = city, wrong or {}
        self.own = pb.Enforcement(
            enforcement_id=f"Z-{case.case_id}", case_id=case.case_id, node=case.node, body_id=case.body_id,
            penalty_number=case.decision.document_number, begin_time=stamp(BEGUN), **more,
        )  # fmt: skip

    async def tell(self, event: str, state: str, when: datetime) -> None:
        self.own.state = pb.EnforcementState.Value(f"ENFORCEMENT_STATE_{state}")
        for path, value in self.wrong.items():
            part, *field = path.split("__")
            if field and self.own.HasField(part):
                put(getattr(self.own, part), field[0], value)
        await self.city.tell_beside(self.own, event, when)

    async def demanded(self, fen: int = 115_000) -> None:
        self.own.demand.CopyFrom(demand(URGED, fen))
        await self.tell("EnforcementDemanded", "DEMANDED", URGED)

    async def decided(self, event: str = "EnforcementDecided", **more: Any) -> None:
        self.own.decision.CopyFrom(decision(**more))
        when = self.wrong.get("decision__decide_time", DECIDED)
        await self.tell(event, "DECIDED", when)

    async def served(self) -> None:
        self.own.decision.receipt = "送达回证"
        self.own.decision.serve_time.CopyFrom(stamp(SERVED))
        await self.tell("EnforcementDecisionServed", "SERVED", SERVED)

    async def a_substitute(self) -> None:
        """The whole way of a duty that a substitute performs."""
        await self.tell("DutyEnforcementBegun", "UNPERFORMED", BEGUN)
        await self.demanded(0)
        terms = {
            "performer": "示例清障公司",
            "uninterested": True,
            "target": "占道围墙",
            "budget": {"fen": 100_000},
        }
        await self.decided(substitute=terms)
        await self.served()
        self.own.plan.CopyFrom(pb.SubstitutePlan(perform_time=stamp(DAY_SET), schedule_time=stamp(SET)))
        await self.tell("SubstituteScheduled", "SERVED", SET)
        self.own.plan.demand_time.CopyFrom(stamp(TOLD))
        self.own.plan.receipt = "送达回证"
        await self.tell("SubstituteDemanded", "SERVED", TOLD)
        self.own.execution.CopyFrom(pb.EnforcementExecution(
            how="机械拆除", residents_supplied=True, supervisors=["O-1"], peaceful=True, execute_time=stamp(DAY_SET),
        ))  # fmt: skip
        await self.tell("SubstituteStarted", "ENFORCING", DAY_SET)
        signers = [pb.RECORD_SIGNER_SUPERVISOR, pb.RECORD_SIGNER_PERFORMER, pb.RECORD_SIGNER_PARTY]
        self.own.completion.CopyFrom(
            pb.EnforcementCompletion(record="笔录", signers=signers, complete_time=stamp(DONE))
        )
        await self.tell("EnforcementCompleted", "ENFORCED", DONE)

    async def forced(self) -> None:
        """The whole way of a duty that the agency enforces directly."""
        await self.tell("DutyEnforcementBegun", "UNPERFORMED", BEGUN)
        await self.demanded(0)
        await self.decided()
        await self.served()
        self.own.execution.CopyFrom(pb.EnforcementExecution(
            how="强制拆除", residents_supplied=True, execute_time=stamp(FORCED),
        ))  # fmt: skip
        await self.tell("EnforcementStarted", "ENFORCING", FORCED)

    async def cleared(self) -> None:
        self.own.clearing.CopyFrom(pb.Clearing(
            place=pb.CLEARED_PLACE_ROAD, what="遗洒渣土", urgency="车流密集", unable="驾驶人不在场", performer="示例环卫公司",
            supervisors=["O-1"], peaceful=True, clear_time=stamp(BEGUN),
        ))  # fmt: skip
        await self.tell("ClearedAtOnce", "ENFORCED", BEGUN)


def put(record: Any, field: str, value: Any) -> None:
    """A field of a record: a time, a sum, a list, a message that is taken away (None), or plain."""
    if isinstance(value, datetime):
        getattr(record, field).CopyFrom(stamp(value))
    elif isinstance(value, dict):
        getattr(record, field).fen = value["fen"]
    elif isinstance(value, list):
        del getattr(record, field)[:]
        getattr(record, field).extend(value)
    elif value is None:
        record.ClearField(field)
    else:
        setattr(record, field, value)
