"""What the party says to the notice, and how it is taken into account (APL 45, 62)."""

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import defence_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.act import act
from services.kit.act import Do
from services.law.moment import moment_of, put_moment
from services.law.procedures.penalty import PENALTY


@act(PENALTY.RECORD_STATEMENT)
def record_statement(
    request: pb.RecordStatementRequest, case: cases.Case, do: Do
) -> events.StatementReceived:
    """Record what the party says to the notice (APL 45). A further statement is added to the first."""
    defence = case.defence
    defence.statement = "\n".join(filter(None, (defence.statement, request.statement)))
    _set_latest(defence.statement_time, do)
    forget_recheck(defence)
    return events.StatementReceived()


@act(PENALTY.WAIVE_DEFENCE)
def waive_defence(request: pb.WaiveDefenceRequest, case: cases.Case, do: Do) -> events.DefenceWaived:
    """Record that the party waived statement and hearing in writing (APL 62)."""
    put_moment(case.defence.waive_time, do.now)
    case.defence.waive_proof = request.proof
    return events.DefenceWaived()


@act(PENALTY.RECHECK_DEFENCE)
def recheck_defence(request: pb.RecheckDefenceRequest, case: cases.Case, do: Do) -> events.DefenceRechecked:
    """Record how statement and hearing were taken into account (APL 45)."""
    case.defence.recheck_opinion, case.defence.recheck_adopted = request.opinion, request.adopted
    put_moment(case.defence.recheck_time, do.now)
    return events.DefenceRechecked()


def _set_latest(stamp: Timestamp, do: Do) -> None:
    if moment_of(stamp) < do.at:
        put_moment(stamp, do.at)


def forget_recheck(defence: cases.Defence) -> None:
    """What was said after a recheck has to be checked again; the journal keeps the earlier opinion."""
    for field in ("recheck_opinion", "recheck_adopted", "recheck_time"):
        defence.ClearField(field)
