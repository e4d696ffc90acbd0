"""What the law asks about a leading group."""

from typing import Any

from yifa.registry.v1 import leading_group_pb2 as pb

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import leading_group as law
from services.law.procedures.body import may_enforce
from services.law.rule import fact
from services.registry.appointment.heading import heads_of
from services.registry.appointment.model import gone
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.officer.model import Officer


@whole
class LeadingGroupFacts(Looked, law.LeadingGroupFacts):
    """A group that is to be set up."""

    def __init__(self, tx: Tx, group: pb.LeadingGroup) -> None:
        super().__init__(tx)
        self.group = group

    @fact
    def _body(self) -> Body | None:
        return self.tx.find(Body, self.group.body_id) if self.group.body_id else None

    def at_home(self) -> bool:
        if not self.group.body_id:
            return self.tx.node == self.tx.city
        body = self._body()
        return body is not None and body.node == self.tx.node

    def body_stands(self) -> bool:
        body = self._body()
        return not self.group.body_id or (body is not None and may_enforce(body_proto(body)))

    def in_office(self, officer_id: str) -> bool:
        return officer_id in heads_of(self.tx, self.group.body_id, self.now)

    def on_roster(self, officer_id: str) -> bool:
        officer = self.tx.find(Officer, officer_id) if officer_id else None
        return of_body(officer, self.group.body_id)


def of_body(officer: Any, body_id: str) -> bool:
    """Whether an officer, or a row of one, is on the roster of a body now."""
    return officer is not None and officer.body_id == body_id and gone(officer, body_id) is None
