"""Carrying out what was ordered besides the payment of money (APL 66)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import performance_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.court_enforcement.acts import performed
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


@act(PENALTY.RECORD_PERFORMANCE)
def record_performance(
    request: pb.RecordPerformanceRequest, case: cases.Case, do: Do
) -> events.PerformanceRecorded:
    """Record that an order of the decision was carried out, with the paper that shows it."""
    shown = case.performances.add(kind=request.kind, proof=request.proof, recorder=do.caller)
    put_moment(shown.perform_time, do.at)
    do.then = lambda: performed(do.tx, case)
    return events.PerformanceRecorded()
