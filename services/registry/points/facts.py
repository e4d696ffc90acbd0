"""What the law asks about points that were scored."""

from datetime import datetime

from sqlmodel import select
from yifa.registry.v1 import points_pb2

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import points as law
from services.law.rule import fact
from services.registry.lawful import Looked
from services.registry.points.model import PointsEntry


@whole
class PointsFacts(Looked, law.PointsFacts):
    """An entry as it stands; `appealed` is when an appeal was made, where a department hands it on."""

    def __init__(self, tx: Tx, entry: points_pb2.PointsEntry, appealed: datetime | None = None) -> None:
        super().__init__(tx)
        self.entry, self._appealed = entry, appealed or tx.now

    @fact
    def scored_before(self) -> tuple[str, ...]:
        rows = self.tx.query(
            select(PointsEntry).where(
                PointsEntry.officer_id == self.entry.officer_id,
                PointsEntry.cycle == self.entry.cycle,
                PointsEntry.cause_code == self.entry.cause_code,
                PointsEntry.state != "WITHDRAWN",
            )
        )
        known = (points_pb2.PointsEntry.FromString(row.record) for row in rows)
        return tuple(e.entry_id for e in known if e.occur_time == self.entry.occur_time)

    def appealed(self) -> datetime:
        return self._appealed


@whole
class CauseFacts(Looked, law.CauseFacts):
    def __init__(self, tx: Tx, cause: points_pb2.PointsCause) -> None:
        super().__init__(tx)
        self.cause = cause
