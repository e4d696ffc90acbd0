"""What the law asks about a body, and about those who go on with its powers."""

from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import body_pb2

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import body as law
from services.law.rule import NotAsked, fact
from services.registry.body.model import Body, body_proto
from services.registry.mandate.facts import Mandate
from services.registry.power_list.model import SHOWN, items_of


def bearing(tx: Tx, prefix: str, but: str = "") -> tuple[str, ...]:
    """The bodies, by name, whose documents bear a prefix; one that was refused bears none."""
    same = select(Body).where(Body.document_prefix == prefix, Body.state != "REJECTED", Body.body_id != but)
    return tuple(body.name for body in tx.query(same.order_by(Body.body_id)))


def ladder(tx: Tx, body_id: str) -> tuple[str, ...]:
    """The bodies above a body, by id, from the next one up; none stands there twice."""
    above: list[str] = []
    row = tx.find(Body, body_id) if body_id else None
    while row is not None:
        its = body_proto(row).superior_body_id
        if not its or its in above:
            break
        above.append(its)
        row = tx.find(Body, its)
    return tuple(above)


@whole
class BodyFacts(Mandate, law.BodyFacts):
    """A body as it stands, and what the request of an act on it hands in."""

    def __init__(self, tx: Tx, row: Body, request: Any = None) -> None:
        entrusting = isinstance(request, body_pb2.ProposeBodyRequest | body_pb2.RenewEntrustmentRequest)
        given = request.entrustment if entrusting and request.HasField("entrustment") else None
        super().__init__(tx, row.kind, given)
        self.body, self._request = body_proto(row), request

    def met(self) -> frozenset[int]:
        if isinstance(self._request, body_pb2.ConfirmBodyRequest):
            # whose standing is known from its papers
            return frozenset(law.CONDITIONS[self.kind()])
        if not isinstance(self._request, body_pb2.ReviewBodyRequest):
            raise NotAsked
        return frozenset(self._request.met)

    @fact
    def same_prefix(self) -> tuple[str, ...]:
        return bearing(
            self.tx, self.body.pending.document_prefix or self.body.document_prefix, self.body.body_id
        )

    def sector(self) -> str:
        """That of the field which the body has, or is to have."""
        return self.tx.sector_of(self.body.pending.field or self.body.field)

    def of_the_city(self) -> bool:
        return self.body.node == self.tx.city

    def _withdrawal(self) -> body_pb2.WithdrawBodyRequest:
        if not isinstance(self._request, body_pb2.WithdrawBodyRequest):
            raise NotAsked
        return self._request

    def end(self) -> int:
        return self._withdrawal().end or body_pb2.BODY_END_ABOLISHED

    def successors(self) -> tuple[body_pb2.Successor, ...]:
        return tuple(self._withdrawal().successors)

    def _superior_id(self) -> str:
        if not isinstance(self._request, body_pb2.NameSuperiorBodyRequest):
            raise NotAsked
        return self._request.superior_body_id

    @fact
    def superior(self) -> body_pb2.EnforcementBody | None:
        named = self._superior_id()
        row = self.tx.find(Body, named) if named else None
        if named and row is None:
            return body_pb2.EnforcementBody()
        return None if row is None else body_proto(row)

    @fact
    def above(self) -> tuple[str, ...]:
        return ladder(self.tx, self._superior_id())

    @fact
    def heirs(self) -> tuple[body_pb2.EnforcementBody, ...]:
        return tuple(body_proto(self.tx.get(Body, s.body_id)) for s in self.successors())

    @fact
    def listed_items(self) -> tuple[str, ...]:
        rows = items_of(self.tx, self.body.body_id) if self.successors() else []
        return tuple(row.item_id for row in rows if row.state in SHOWN)
