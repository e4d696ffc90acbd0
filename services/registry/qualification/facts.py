"""What the law asks on the way of an officer to a certificate."""

from datetime import datetime
from functools import cached_property
from typing import Any

from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.officer import QualificationFacts
from services.law.rule import fact
from services.registry.exam.failures import failures
from services.registry.officer.facts import Staff
from services.registry.officer.model import Officer
from services.registry.qualification.model import qualification_proto
from services.registry.qualification.posting import posting_end
from services.registry.request import number


@whole
class Way(Staff, QualificationFacts):
    """How far an officer has come. `failed` is for whoever has counted the failures already."""

    def __init__(self, tx: Tx, row: Any, officer: Any = None, failed: int | None = None) -> None:
        super().__init__(tx, officer or tx.get(Officer, row.officer_id))
        self._row, self._failed = row, failed

    @cached_property
    def qualification(self) -> qualifications.Qualification:  # type: ignore[override]
        """As it stands when a rule first asks: most that is done for whole lists asks nothing of it."""
        return qualification_proto(self._row)

    def hours_needed(self) -> int:
        return number(self.tx, "officer.training.hours")

    @fact
    def failures(self) -> int:
        officer_id = self.qualification.officer_id
        return failures(self.tx, [officer_id])[officer_id] if self._failed is None else self._failed

    def attempts(self) -> int:
        return number(self.tx, "officer.exam.attempts")

    def posting_required(self) -> bool:
        return bool(number(self.tx, "certificate.posting.required"))

    def posting_end(self) -> datetime:
        return posting_end(self.tx, self.qualification.update_time.ToDatetime(tzinfo=self.now.tzinfo))
