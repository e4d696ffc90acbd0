"""The facts of a permit at the department: the record with what the act hands in, and what body, list, guides and roster say."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.case.model import Case
from services.enforcement.head.model import rank_in
from services.enforcement.inspection.model import Inspection
from services.enforcement.officer.looking import stood_at
from services.enforcement.officer.model import Standing
from services.enforcement.permit_guide.model import PermitGuide
from services.law.identity import masked
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.penalty.body import may_enforce
from services.law.procedures.permit.recorded import RecordedPermit, permit_item
from services.law.process import Move
from services.law.rule import fact
from services.law.standing import Scope


@whole
class DonePermit(RecordedPermit):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, permit: pb.Permit, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(permit, look, move, asked=request is not None)

    @fact
    def empowered(self) -> bool:
        body = self.look.find(Body, self.permit.body_id)
        if body is None or not may_enforce(body, self.look.node, self.now, self.at()):
            return False
        if body.mandate_items and self.permit.item_id not in body.mandate_items:
            return False
        item = self.look.find(PowerItem, self.permit.item_id)
        return permit_item(item, body.mandator_id or body.body_id, self.at())

    @fact
    def guide_public(self) -> bool:
        row = self.look.find(PermitGuide, self.permit.guide_id)
        if row is None or row.body_id != self.permit.body_id:
            return False
        guide = guides.PermitGuide.FromString(row.record)
        since, until = moment_at(guide, "publish_time"), moment_at(guide, "withdraw_time")
        return since is not None and since <= self.at() and (until is None or self.at() < until)

    def rank(self, person: str) -> int:
        return rank_in(self.look, self.permit, person, self.at())

    @fact
    def on_roster(self) -> frozenset[str]:
        checkers = self.permit.checks[-1].checker_ids if self.permit.checks else ()
        named = {*self.permit.inspectors.officer_ids, *self.permit.review.verifier_ids, *checkers}
        return frozenset(
            person
            for person in named
            if self.look.find(Standing, person) is not None
            and not stood_at(self.look, person, self.at(), Scope()).away
        )

    @fact
    def visited(self) -> bool:
        check = self.permit.checks[-1] if self.permit.checks else held.PermitCheck()
        row = self.look.find(Inspection, check.inspection_id) if check.inspection_id else None
        if row is None or row.body_id != self.permit.body_id:
            return False
        if row.record_time is None or row.record_time > self.at():
            return False
        seen = inspections.Inspection.FromString(row.record)
        if seen.state == inspections.INSPECTION_STATE_CALLED_OFF:
            return False
        by = {each.officer_id for each in seen.officers}
        return self._holder(seen.enterprise.name, seen.enterprise.credit_code) and {*check.checker_ids} <= by

    @fact
    def clue_known(self) -> bool:
        case = self._case(self.permit.checks[-1].case_id if self.permit.checks else "")
        if case is None or not self._holder(case.party.name, case.party.identity_number):
            return False
        return self._by_then(case, "clue.receive_time") or self._by_then(case, "file_time")

    @fact
    def licence_revoked(self) -> bool:
        case = self._case(self.permit.leaving.case_id)
        return (
            case is not None
            and self._holder(case.party.name, case.party.identity_number)
            and self._by_then(case, "service.serve_time")
            and (not case.HasField("set_aside") or self._after(case, "set_aside.set_aside_time"))
            and PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE in case.decision.penalty.kinds
        )

    def _by_then(self, case: cases.Case, path: str) -> bool:
        done = moment_at(case, path)
        return done is not None and done <= self.at()

    def _after(self, case: cases.Case, path: str) -> bool:
        done = moment_at(case, path)
        return done is not None and done > self.at()

    def _case(self, case_id: str) -> cases.Case | None:
        row = self.look.find(Case, case_id) if case_id else None
        return None if row is None else cases.Case.FromString(row.record)

    def _holder(self, name: str, number: str) -> bool:
        """Whether this is who holds the permit. Numbers are shown masked here, so the name has to be the same too."""
        own = self.permit.applicant
        shown = number if "*" in number else masked(number)
        return bool(own.name and own.identity_number) and (name, shown) == (own.name, own.identity_number)
