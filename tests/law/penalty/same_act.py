"""The rules of services/law/procedures/penalty/same_act.py broken: another case about the act of the record."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.law.penalty.change import Breaks, penalised, put
from tests.law.penalty.known import Known


def another(f: Known) -> cases.Case:
    other = cases.Case(case_id="C-0", violation=f.case.violation, area_code=f.case.area_code)
    f.known["of_the_day"] = (other,)
    return other


def fined_before(f: Known) -> None:
    if f.move.act == "MAKE_SPOT_DECISION":
        penalised(fine=100_00, kinds=[penalties.PENALTY_KIND_FINE])(f)
    another(f).decision.penalty.fine.fen = 100_00


BREAKS: Breaks = {
    "not_fined_before": fined_before,
    "not_filed_before": lambda f: put(another(f), "file_time"),
}
