"""The facts of an enforcement by the court at the department: the record with what the act hands in, and what the case says."""

from typing import Any

from yifa.enforcement.v1 import court_enforcement_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case as CaseProto

from services.enforcement.body.power import enforces_duty, enforces_money
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.model import under_way
from services.enforcement.enforcement.model import enforcing
from services.enforcement.head.facts import DoneByHead
from services.law.procedures.court_enforcement.recorded import FINE, RecordedCourt
from services.law.procedures.penalty.performance import DUTY
from services.law.process import Move
from services.law.rule import fact


class DoneCourt(DoneByHead, RecordedCourt):
    """The facts of an act that is done. `look` is a transaction or a view."""

    HELD = "enforcement"

    def __init__(self, enforcement: pb.CourtEnforcement, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(enforcement, look, move, look.now)
        self.asked = request is not None

    @fact
    def case(self) -> CaseProto:
        return CaseProto.FromString(self.look.find(Case, self.enforcement.case_id).record)

    def own_power(self) -> bool:
        """Of all that is left, money or a duty: what else was ordered is left to the court, and the rest with it."""
        e, left = self.enforcement, self.left()
        powers = {FINE: enforces_money, DUTY: enforces_duty}
        return bool(left) and all(
            name in powers and powers[name](self.look, e.body_id, e.node, self.at()) for name in left
        )

    def begun_already(self) -> bool:
        others = under_way(self.look, self.enforcement.case_id)
        return any(other != self.enforcement.enforcement_id for other in others) or bool(
            enforcing(self.look, self.enforcement.case_id)
        )
