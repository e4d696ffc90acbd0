"""What the rules of a visit that is no inspection are told."""

from datetime import datetime, timedelta

from sqlalchemy import select

from services.enforcement.body.model import Body
from services.enforcement.inspection.model import Inspection
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.visit import VisitFacts
from services.law.rule import fact

# An inspection of which no record was made yet goes on until the day after.
A_DAY = timedelta(days=1)


class Visiting(VisitFacts):
    """A visit that is recorded."""

    def __init__(self, tx: Tx, body_id: str, credit_code: str, at: datetime) -> None:
        self.tx, self.body_id, self.credit_code, self._at = tx, body_id, credit_code, at
        self.now, self.node = tx.now, tx.node

    def at(self) -> datetime:
        return self._at

    @fact
    def own_body(self) -> Body | None:
        return self.tx.find(Body, self.body_id)

    @fact
    def inspecting(self) -> bool:
        of_it = (Inspection.credit_code == self.credit_code, Inspection.body_id == self.body_id)
        begun = (row for row in self.tx.query(select(Inspection).where(*of_it)) if row.check_in_time)
        return any(
            row.check_in_time <= self._at < (row.record_time or row.check_in_time + A_DAY) for row in begun
        )


whole(Visiting)
