"""The facts of a referral at the department: the record with what the act hands in, and what registry and case say."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import referral_pb2 as pb
from yifa.enforcement.v1.case_pb2 import EVIDENCE_KIND_EXPERT_OPINION
from yifa.enforcement.v1.measure_pb2 import Measure as MeasureProto

from services.enforcement.body.model import Body
from services.enforcement.evidence.model import Evidence
from services.enforcement.head.facts import DoneByHead
from services.enforcement.measure.model import Measure, open_measures
from services.enforcement.officer.looking import stood_at
from services.enforcement.referral.model import referrals_of
from services.law.procedures.referral.recorded import ENDED, RecordedReferral, appraised_by, state_of
from services.law.process import Move
from services.law.rule import fact
from services.law.standing import Person, Scope


class DoneReferral(DoneByHead, RecordedReferral):
    """The facts of an act that is done. `look` is a transaction or a view."""

    HELD = "referral"

    def __init__(self, referral: pb.Referral, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(referral, look, move, look.now)
        self.asked = request is not None

    @fact
    def officers(self) -> Sequence[Person]:
        body = self.look.find(Body, self.referral.body_id)
        scope = Scope(body.field if body is not None else "")
        named = dict.fromkeys(self.referral.officer_ids)
        return tuple([stood_at(self.look, person, self.at(), scope) for person in named])

    def appraised(self) -> bool:
        """By the evidence of the case, and by its measures."""
        case_id = self.referral.case_id
        opinions = select(Evidence).where(
            Evidence.case_id == case_id, Evidence.kind == EVIDENCE_KIND_EXPERT_OPINION
        )
        its = self.look.query(select(Measure).where(Measure.case_id == case_id))
        collected = (row.collect_time for row in self.look.query(opinions))
        at = self.at() if self.asked else self.now
        return appraised_by(at, collected, (MeasureProto.FromString(row.record) for row in its))

    def referred_already(self) -> bool:
        others = (r for r in referrals_of(self.look, self.referral.case_id))
        return any(r.referral_id != self.referral.referral_id and state_of(r) not in ENDED for r in others)

    def things_held(self) -> bool:
        return bool(open_measures(self.look, self.referral.case_id))
