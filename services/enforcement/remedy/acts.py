"""Remedies against the decision: that the party applied for reconsideration or sued, how that ended, and whether execution was
stayed meanwhile (APL 73; ARL 42; ALIT 56).
"""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import remedy_pb2 as pb
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_SUIT

from services.enforcement.case.act import act
from services.enforcement.enforcement.showing import show_enforced
from services.enforcement.measure.showing import show_measures
from services.enforcement.outside_record.again import judge_beside_again
from services.enforcement.publication.resting import follow_stays
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.remedy import lasting
from services.law.procedures.penalty.stayed import of_number


def _begins(request: pb.RecordRemedyRequest, _case: cases.Case) -> Act:
    return PENALTY.RECORD_SUIT if request.kind == REMEDY_KIND_SUIT else PENALTY.RECORD_RECONSIDERATION


@act(PENALTY.RECORD_RECONSIDERATION, PENALTY.RECORD_SUIT, by=_begins)
def record_remedy(
    _request: pb.RecordRemedyRequest, case: cases.Case, do: Do
) -> events.ReconsiderationRecorded | events.SuitRecorded:
    """Record that the party applied for reconsideration, or sued: the surcharge rests (APL 73(3))."""
    case.remedies.append(do.facts.remedy())
    put_moment(case.remedies[-1].begin_time, do.at)
    return events.SuitRecorded() if do.move.act == "RECORD_SUIT" else events.ReconsiderationRecorded()


def _ends(_request: pb.RecordRemedyEndRequest, case: cases.Case) -> Act:
    suit = (last := lasting(case)) is not None and last.kind == REMEDY_KIND_SUIT
    return PENALTY.END_SUIT if suit else PENALTY.END_RECONSIDERATION


@act(PENALTY.END_RECONSIDERATION, PENALTY.END_SUIT, by=_ends)
def record_remedy_end(
    _request: pb.RecordRemedyEndRequest, case: cases.Case, do: Do
) -> events.ReconsiderationEnded | events.SuitEnded:
    """Record how it ended, when the party received it: the surcharge runs on (APL 73(3))."""
    case.remedies[-1].MergeFrom(do.facts.remedy())
    put_moment(case.remedies[-1].end_time, do.at)
    do.then = lambda: follow_stays_beside(case, do)
    return events.SuitEnded() if do.move.act == "END_SUIT" else events.ReconsiderationEnded()


def follow_stays_beside(case: cases.Case, do: Do) -> None:
    """What follows where the decision falls, or the times in which execution is stayed change: the display on the credit
    websites, what is public of its enforcement and its measures, and how acts about measures that another system tells of stand.
    """
    judge_beside_again(do.tx, case, do.at)
    follow_stays(do.tx, case)
    show_enforced(do.tx, case)
    show_measures(do.tx, case)


@act(PENALTY.RECORD_STAY)
def record_stay(_request: pb.RecordStayRequest, case: cases.Case, do: Do) -> events.ExecutionStayed:
    """Record that execution of the decision was stayed: nothing enforces it until that ends (ARL 42; ALIT 56)."""
    case.stays.append(do.facts.stay())
    put_moment(case.stays[-1].begin_time, do.at)
    do.then = lambda: follow_stays_beside(case, do)
    return events.ExecutionStayed(stay=case.stays[-1])


@act(PENALTY.END_STAY)
def record_stay_end(_request: pb.RecordStayEndRequest, case: cases.Case, do: Do) -> events.StayEnded:
    """Record that a stay ended by an order (ARL 42; ALIT 56)."""
    said = do.facts.stay()
    stay = of_number(case, said.document)
    assert stay is not None  # by the rules
    stay.end_document = said.end_document
    put_moment(stay.end_time, do.at)
    do.then = lambda: follow_stays_beside(case, do)
    return events.StayEnded(stay=stay)
