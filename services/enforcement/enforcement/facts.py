"""The facts of an enforcement by the agency itself at the department: its record, its case, and the body's own power list."""

from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case as CaseProto

from services.enforcement.body.power import enforces_money
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.model import before_the_court
from services.enforcement.enforcement.model import enforcements_of, enforcing
from services.law.procedures.enforcement.recorded import RecordedEnforcement, state_of
from services.law.process import Move
from services.law.rule import fact


class DoneEnforcement(RecordedEnforcement):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, enforcement: pb.Enforcement, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(enforcement, look, move, look.now)

    @fact
    def case(self) -> CaseProto:
        return CaseProto.FromString(self.look.find(Case, self.enforcement.case_id).record)

    def own_power(self) -> bool:
        e = self.enforcement
        return enforces_money(self.look, e.body_id, e.node, self.at())

    def begun_already(self) -> bool:
        case_id = self.enforcement.case_id
        others = [each for each in enforcing(self.look, case_id) if each != self.enforcement.enforcement_id]
        return bool(others) or before_the_court(self.look, case_id)

    def ended_for_good(self) -> bool:
        e = self.enforcement
        others = (x for x in enforcements_of(self.look, e.case_id) if x.enforcement_id != e.enforcement_id)
        return any(state_of(x) == "TERMINATED" and x.penalty_number == e.penalty_number for x in others)
