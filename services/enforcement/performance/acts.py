"""Carrying out what was ordered besides the payment of money (APL 66)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import performance_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.payment.settling import settle
from services.enforcement.performance.showing import show
from services.kit.act import Do
from services.law.procedures.penalty import PENALTY


@act(PENALTY.RECORD_PERFORMANCE)
def record_performance(
    request: pb.RecordPerformanceRequest, case: cases.Case, do: Do
) -> events.PerformanceRecorded:
    """Record that an order of the decision was carried out, with the paper that shows it."""
    show(case, do.at, kind=request.kind, proof=request.proof, duty=request.duty, recorder=do.caller)
    do.then = lambda: settle(do.tx, case)
    return events.PerformanceRecorded()
