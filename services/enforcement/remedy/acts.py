"""Remedies against the decision: that the party applied for reconsideration or sued, and how that ended (APL 73)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import remedy_pb2 as pb

from services.enforcement.case.act import act
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


@act(PENALTY.RECORD_REMEDY)
def record_remedy(_request: pb.RecordRemedyRequest, case: cases.Case, do: Do) -> events.RemedyRecorded:
    """Record that the party applied for reconsideration, or sued: the surcharge rests (APL 73(3))."""
    case.remedies.append(do.facts.remedy())
    put_moment(case.remedies[-1].begin_time, do.at)
    return events.RemedyRecorded()


@act(PENALTY.RECORD_REMEDY_END)
def record_remedy_end(_request: pb.RecordRemedyEndRequest, case: cases.Case, do: Do) -> events.RemedyEnded:
    """Record how it ended, when the party received it: the surcharge runs on (APL 73(3))."""
    case.remedies[-1].MergeFrom(do.facts.remedy())
    put_moment(case.remedies[-1].end_time, do.at)
    return events.RemedyEnded()
