"""What the law asks about an exam, and about an officer who is to sit it."""

from datetime import datetime

from yifa.registry.v1 import exam_pb2
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import exam as law
from services.law.rule import fact
from services.registry.lawful import Looked
from services.registry.qualification.model import Qualification, qualification_proto
from services.registry.request import number


@whole
class ExamFacts(Looked, law.ExamFacts):
    """An exam as it stands."""

    def __init__(self, tx: Tx, exam: exam_pb2.Exam) -> None:
        super().__init__(tx)
        self.exam = exam


@whole
class EntryFacts(ExamFacts, law.EntryFacts):
    """An officer who asked at a moment to sit an exam; `failed` counts the failures so far."""

    def __init__(
        self, tx: Tx, exam: exam_pb2.Exam, officer_id: str, failed: int, asked: datetime | None = None
    ) -> None:
        super().__init__(tx, exam)
        self._officer_id, self._failed, self._asked = officer_id, failed, asked or tx.now

    def asked(self) -> datetime:
        return self._asked

    @fact
    def qualification(self) -> qualifications.Qualification:
        row = self.tx.find(Qualification, self._officer_id)
        return qualifications.Qualification() if row is None else qualification_proto(row)

    def failures(self) -> int:
        return self._failed

    def attempts(self) -> int:
        return number(self.tx, "officer.exam.attempts")
