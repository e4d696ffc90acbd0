"""What the law asks about points that were scored."""

from datetime import datetime

from yifa.registry.v1 import points_pb2

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import points as law
from services.registry.lawful import Looked


@whole
class PointsFacts(Looked, law.PointsFacts):
    """An entry as it stands; `appealed` is when an appeal was made, where a department hands it on."""

    def __init__(self, tx: Tx, entry: points_pb2.PointsEntry, appealed: datetime | None = None) -> None:
        super().__init__(tx)
        self.entry, self._appealed = entry, appealed or tx.now

    def appealed(self) -> datetime:
        return self._appealed


@whole
class CauseFacts(Looked, law.CauseFacts):
    def __init__(self, tx: Tx, cause: points_pb2.PointsCause) -> None:
        super().__init__(tx)
        self.cause = cause
