"""The facts of a permit at the department: the record with what the act hands in, and what body, list, guides and roster say."""

from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.officer.looking import stood_at
from services.enforcement.officer.model import Standing
from services.enforcement.permit_guide.model import PermitGuide
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

    @fact
    def on_roster(self) -> frozenset[str]:
        named = {*self.permit.inspectors.officer_ids, *self.permit.review.verifier_ids}
        return frozenset(
            person
            for person in named
            if self.look.find(Standing, person) is not None
            and not stood_at(self.look, person, self.at(), Scope()).away
        )
