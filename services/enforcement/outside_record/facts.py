"""The facts of an act of an inspection, a measure, a referral or a permit that another system reports: what the department
knows, as it stood when the act was done. What came later never makes an act lawful.
"""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.enforcement.v1.inspection_draw_pb2 import InspectionDraw as DrawProto
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan as PlanProto
from yifa.supervision.v1.inspection_pb2 import JointProposal as Proposal

from services.enforcement.important_matter.model import awaited
from services.enforcement.inspection.facts import Looked
from services.enforcement.inspection.model import Inspection, JointProposal
from services.enforcement.measure.facts import DoneMeasure
from services.enforcement.measure.model import Measure
from services.enforcement.permit.facts import DonePermit
from services.enforcement.referral.facts import DoneReferral
from services.enforcement.referral.model import referrals_of
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of
from services.law.procedures.measure.recorded import decided_by, holding_at, holds, serves_at
from services.law.procedures.penalty.amounts import CONFISCATIONS
from services.law.procedures.penalty.recorded import recusals_by
from services.law.procedures.permit.recorded import excluding
from services.law.procedures.permit.recorded_held import open_change
from services.law.procedures.referral.recorded import ENDED, as_it_stood, state_of
from services.law.process import Move
from services.law.rule import fact


class AsTold:
    """A transaction as an act found it that was done elsewhere: at its time, by who did it there."""

    def __init__(self, tx: Tx, at: datetime, actor: str) -> None:
        self.tx, self.now, self.caller = tx, at, SimpleNamespace(subject=actor)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tx, name)


class ToldInspection(Looked):
    """An act of an inspection that is kept elsewhere. `before` is the record before it."""

    def __init__(
        self, record: inspections.Inspection, look: Any, move: Move, request: Any, before: Any
    ) -> None:
        super().__init__(record, look, move, request)
        self.before = before

    @fact
    def plan(self) -> PlanProto | None:
        plan = super().plan()
        return plan if plan is not None and self._by_then(plan, "approve_time") else None

    @fact
    def draw(self) -> DrawProto | None:
        draw = super().draw()
        return draw if draw is not None and self._by_then(draw, "draw_time") else None

    def _by_then(self, message: Any, path: str) -> bool:
        done = moment_at(message, path)
        return done is not None and done <= self.at()

    @fact
    def counted(self) -> int:
        """Of those that count towards the cap, what was approved before."""
        year = moment_of(self.record.planned_time).astimezone(SHANGHAI).year
        others = self.look.query(
            select(Inspection).where(
                Inspection.credit_code == self.record.enterprise.credit_code,
                Inspection.body_id == self.record.body_id,
                Inspection.year == year,
                Inspection.inspection_id != self.record.inspection_id,
                Inspection.counted,
            )
        )
        told = (inspections.Inspection.FromString(row.record) for row in others)
        return sum(1 for each in told if self._by_then(each, "approval.approve_time"))

    @fact
    def proposals(self) -> frozenset[str]:
        known = super().proposals()
        rows = (self.look.find(JointProposal, name) for name in known)
        made = (Proposal.FromString(row.record) for row in rows if row is not None)
        return frozenset(each.proposal_id for each in made if self._by_then(each, "propose_time"))

    @fact
    def awaited(self) -> tuple[str, ...]:
        """Those that waited then, as far as the city told of them by now."""
        return awaited(self.look, self.record.inspection_id, self.at())

    def approved_before(self) -> bool:
        return bool(self.before.HasField("approval"))


class ToldMeasure(DoneMeasure):
    """An act of a measure that is kept elsewhere, by the case as it stood."""

    def __init__(self, record: measures.Measure, look: Any, move: Move, request: Any, before: Any) -> None:
        super().__init__(record, look, move, request)

    def standing_aside(self) -> frozenset[str]:
        asked = recusals_by(self.case(), self.at())
        return frozenset(r.officer_id for r in asked if r.state == cases.RECUSAL_STATE_GRANTED)

    def case_open(self) -> bool:
        return serves_at(self.case(), self.at())

    def held_already(self) -> bool:
        wanted, others = holds(self.measure), self.look.query(select(Measure))
        told = (measures.Measure.FromString(row.record) for row in others)
        return any(
            wanted & holds(other) and holding_at(other, self.at())
            for other in told
            if other.measure_id != self.measure.measure_id
        )

    def decided_at(self) -> datetime | None:
        return decided_by(self.case(), self.at())

    def confiscation_decided(self) -> bool:
        kinds = self.case().decision.penalty.kinds
        return self.decided_at() is not None and not CONFISCATIONS.isdisjoint(kinds)

    @fact
    def awaited(self) -> tuple[str, ...]:
        """Those that waited then, as far as the city told of them by now."""
        return awaited(self.look, self.measure.measure_id, self.at())

    def police_opened(self) -> bool:
        said = (a for r in referrals_of(self.look, self.measure.case_id) for a in r.answers)
        opened = (a for a in said if a.said == referrals.POLICE_SAID_OPENED)
        return any(moment_of(a.receive_time) <= self.at() for a in opened)


class ToldReferral(DoneReferral):
    """An act of a referral that is kept elsewhere."""

    def __init__(self, record: referrals.Referral, look: Any, move: Move, request: Any, before: Any) -> None:
        super().__init__(record, look, move, request)

    def referred_already(self) -> bool:
        others = (r for r in referrals_of(self.look, self.referral.case_id))
        stood = (as_it_stood(r, self.at()) for r in others if r.referral_id != self.referral.referral_id)
        return any(r is not None and state_of(r) not in ENDED for r in stood)

    def things_held(self) -> bool:
        rows = self.look.query(select(Measure).where(Measure.case_id == self.referral.case_id))
        return any(holding_at(measures.Measure.FromString(row.record), self.at()) for row in rows)


class ToldPermit(DonePermit):
    """An act of a permit that is kept elsewhere, by the record before it."""

    def __init__(self, record: permits.Permit, look: Any, move: Move, request: Any, before: Any) -> None:
        super().__init__(record, look, move, request)
        self.record = replace(
            self.record,
            excluding=excluding(before),
            compensated=before.promise.HasField("compensate_time"),
            change=replace(self.record.change, pending=open_change(before) is not None),
        )
