"""The facts of an enforcement by the agency itself at the department: its record, its case, and the body's own power list."""

from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case as CaseProto
from yifa.enforcement.v1.party_pb2 import PARTY_AGE_UNSPECIFIED

from services.enforcement.body.power import enforces_duty, enforces_money
from services.enforcement.case.model import Case
from services.enforcement.case.party import mask_party
from services.enforcement.court_enforcement.model import before_the_court
from services.enforcement.enforcement.model import Enforcement, enforcements_of, enforcing
from services.enforcement.head.facts import DoneByHead
from services.law.calendar import SHANGHAI
from services.law.procedures.enforcement.recorded import RecordedEnforcement, of_duty, state_of
from services.law.process import Move
from services.law.rule import fact


class DoneEnforcement(DoneByHead, RecordedEnforcement):
    """The facts of an act that is done. `look` is a transaction or a view."""

    HELD = "enforcement"

    def __init__(self, enforcement: pb.Enforcement, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(enforcement, look, move, look.now)
        self.asked = request is not None

    @fact
    def case(self) -> CaseProto:
        """The case, with what the whole number of its party tells where the record was begun before it was kept there."""
        row = self.look.find(Case, self.enforcement.case_id)
        case = CaseProto.FromString(row.record)
        if case.party.age == PARTY_AGE_UNSPECIFIED and "*" not in row.identity_number:
            mask_party(case.party, row.identity_number, self.now.astimezone(SHANGHAI).date())
        return case

    def own_power(self) -> bool:
        e = self.enforcement
        power = enforces_duty if of_duty(e) else enforces_money
        return power(self.look, e.body_id, e.node, self.at())

    def begun_already(self) -> bool:
        case_id = self.enforcement.case_id
        return any(map(self._of_the_same, enforcing(self.look, case_id))) or before_the_court(
            self.look, case_id
        )

    def ended_for_good(self) -> bool:
        e = self.enforcement
        others = filter(self._of_the_same, enforcements_of(self.look, e.case_id))
        return any(state_of(x) == "TERMINATED" and x.penalty_number == e.penalty_number for x in others)

    def _of_the_same(self, other: pb.Enforcement) -> bool:
        """Whether another enforcement is of the same, the money or the duty; what was cleared at once is neither."""
        mine = self.enforcement
        apart = other.enforcement_id == mine.enforcement_id or other.HasField("clearing")
        return not apart and of_duty(other) == of_duty(mine)

    @fact
    def before(self) -> pb.Enforcement:
        """The record as it is kept, without what the act hands in."""
        row = self.look.find(Enforcement, self.enforcement.enforcement_id)
        return pb.Enforcement.FromString(row.record) if row is not None else pb.Enforcement()

    def told_before(self) -> bool:
        return self.before().clearing.HasField("tell_time")

    def claimed_before(self) -> bool:
        return self.before().HasField("costs")

    def costs_left_fen(self) -> int:
        costs = self.before().costs
        return int(costs.amount.fen) - sum(paid.amount.fen for paid in costs.payments)
