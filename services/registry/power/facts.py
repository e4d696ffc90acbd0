"""What the law asks about an item of a power list, and about a basis."""

from collections.abc import Iterable
from datetime import datetime

from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.registry.v1.body_pb2 import EnforcementBody

from services.kit.tx import Tx
from services.law.ended import end_of
from services.law.procedure import whole
from services.law.procedures import power as law
from services.law.rule import NotAsked, fact
from services.registry.basis.model import LegalBasis
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked


def norms(tx: Tx, basis_ids: Iterable[str]) -> tuple[law.Norm, ...]:
    """The bases of an item as its rules see them. Raises Missing."""
    rows = [tx.get(LegalBasis, basis_id) for basis_id in basis_ids]
    return tuple(law.Norm(row.level, row.from_time, ends(row)) for row in rows)


def ends(row: LegalBasis) -> datetime | None:
    """When a basis ends: as the catalogue says, or its law, whichever is first."""
    return min((at for at in (row.until_time, end_of(row.law)) if at is not None), default=None)


@whole
class PowerFacts(Looked, law.PowerFacts):
    """An item as it stands, and the bases that it rests on or is to rest on."""

    def __init__(self, tx: Tx, item: power_pb2.PowerItem, basis_ids: Iterable[str]) -> None:
        super().__init__(tx)
        self.item, self._basis_ids = item, tuple(basis_ids)

    @fact
    def norms(self) -> tuple[law.Norm, ...]:
        return norms(self.tx, self._basis_ids)

    def basis_ids(self) -> tuple[str, ...]:
        return self._basis_ids


@whole
class BasisFacts(Looked, law.BasisFacts):
    """A basis as it stands, and when it is to change."""

    def __init__(self, tx: Tx, basis: basis_pb2.LegalBasis, change_time: datetime) -> None:
        super().__init__(tx)
        self.basis, self._change_time = basis, change_time

    def change_time(self) -> datetime:
        return self._change_time


@whole
class ListFacts(Looked, law.ListFacts):
    """The list of a body; `changed` says whether it differs from its last version."""

    def __init__(self, tx: Tx, body: Body, changed: bool | None = None) -> None:
        super().__init__(tx)
        self._owner, self._changed = body, changed

    @fact
    def body(self) -> EnforcementBody:
        return body_proto(self._owner)

    def changed(self) -> bool:
        if self._changed is None:
            raise NotAsked
        return self._changed
