"""How the document that entrusts a body stands."""

from collections.abc import Mapping

from yifa.registry.v1 import body_pb2

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import body as law
from services.law.rule import fact
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.power.model import PowerItem


@whole
class Mandate(Looked, law.MandateFacts):
    """A body of a kind, with the document that entrusts it or without one."""

    def __init__(self, tx: Tx, kind: int, given: body_pb2.Entrustment | None) -> None:
        super().__init__(tx)
        self._kind, self._given = kind, given

    def kind(self) -> int:
        return self._kind

    def mandates(self) -> tuple[body_pb2.Entrustment, ...]:
        return () if self._given is None else (self._given,)

    @fact
    def mandator(self) -> body_pb2.EnforcementBody:
        row = self.tx.find(Body, self._given.entrusting_body_id) if self._given is not None else None
        return body_pb2.EnforcementBody() if row is None else body_proto(row)

    @fact
    def own_items(self) -> Mapping[str, int]:
        ids = [item_id for given in self.mandates() for item_id in given.item_ids]
        found = [self.tx.find(PowerItem, item_id) for item_id in ids]
        owner = self.mandator().body_id
        return {i.item_id: i.kind for i in found if i is not None and i.body_id == owner}
