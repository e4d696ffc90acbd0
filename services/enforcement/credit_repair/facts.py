"""The facts of a credit repair at the department: the record with what the act hands in, and its case."""

from collections.abc import Iterable
from typing import Any

from yifa.enforcement.v1 import credit_repair_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case as CaseProto

from services.enforcement.case.model import Case
from services.enforcement.credit_repair.model import CreditRepair, repairs_of
from services.law.procedures.credit_repair.recorded import RecordedRepair
from services.law.process import Move
from services.law.rule import fact


class DoneRepair(RecordedRepair):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, repair: pb.CreditRepair, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(repair, look, move, look.now)

    @fact
    def case(self) -> CaseProto:
        return CaseProto.FromString(self.look.get(Case, self.repair.case_id).record)

    @fact
    def others(self) -> Iterable[pb.CreditRepair]:
        every = repairs_of(self.look, self.repair.case_id)
        return tuple(each for each in every if each.repair_id != self.repair.repair_id)

    def answered_before(self) -> bool:
        row = self.look.find(CreditRepair, self.repair.repair_id)
        return row is not None and pb.CreditRepair.FromString(row.record).HasField("answer_time")
