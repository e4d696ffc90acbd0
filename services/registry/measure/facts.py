"""What the law asks about a measure against the holder of a certificate."""

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import certificate as law
from services.registry.lawful import Looked
from services.registry.measure.model import Measure, measure_proto


@whole
class MeasureFacts(Looked, law.MeasureFacts):
    """A measure as it stands."""

    def __init__(self, tx: Tx, row: Measure) -> None:
        super().__init__(tx)
        self.measure = measure_proto(row)

    def acting(self) -> frozenset[str]:
        return frozenset({self.tx.caller.subject})
