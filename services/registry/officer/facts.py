"""What the law asks about an officer, and about the body whose roster it is."""

from typing import Any

from yifa.registry.v1.body_pb2 import EnforcementBody
from yifa.registry.v1.officer_pb2 import Officer as OfficerProto

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.officer import StaffFacts
from services.law.rule import NotAsked, fact
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.officer.model import officer_announced


@whole
class Staff(Looked, StaffFacts):
    """An officer as on the roster, or as to be put on it, None where only the body is asked about; the body is the officer's,
    unless another is given.
    """

    def __init__(self, tx: Tx, officer: Any, body: Any = None) -> None:
        super().__init__(tx)
        self._person, self._roster = officer, body

    @fact
    def officer(self) -> OfficerProto:
        row = self._person
        if row is None:
            raise NotAsked
        return row if isinstance(row, OfficerProto) else officer_announced(row)

    @fact
    def body(self) -> EnforcementBody:
        return body_proto(self._roster or self.tx.get(Body, self._person.body_id))
