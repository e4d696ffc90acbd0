"""Handing over what somebody has to do: all cases of one officer to another, each by the rules of an assignment (APL 42(1))."""

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inquiry_pb2 as inquiries
from yifa.enforcement.v1 import work_pb2 as pb

from services.enforcement.case.acts import assign_officers
from services.enforcement.case.model import Assignment, Case
from services.enforcement.case.reads import obstacle
from services.enforcement.inspection.model import Inspection
from services.enforcement.officer.model import Standing
from services.enforcement.work.queues import QUEUES
from services.enforcement.work.waiting import waiting_for
from services.kit.refusal import Malformed, Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.inspection.planning import LAW
from services.law.rule import Broken, Unlawful

# Cases that one call goes through: an event for each that is handed over.
AT_ONCE = 50


@write(loads=((Standing, "to_officer_id"),))
def reassign_work(request: pb.ReassignWorkRequest, tx: Tx) -> pb.ReassignWorkResponse:
    """Put another officer in the place of one in the cases that wait; a case that a rule stands against stays as it is.

    Raises Missing for an officer whom the node does not know, Malformed where both are the same.
    """
    if request.from_officer_id == request.to_officer_id:
        said = "is the officer whose work is handed over", "与被移交人为同一人"
        raise Malformed({"to_officer_id": said})
    if tx.find(Standing, request.to_officer_id) is None:
        raise Missing("Standing", request.to_officer_id)
    reply = pb.ReassignWorkResponse(
        inspections=[] if request.after_case_id else kept(tx, request.from_officer_id)
    )
    rows = handled(tx, request.from_officer_id, request.after_case_id)
    if len(rows) == AT_ONCE:
        reply.after_case_id = rows[-1].case_id
    for row in rows:
        case = cases.Case.FromString(row.record)
        if request.from_officer_id in {o.officer_id for o in case.officers}:
            reply.cases.append(handed_over(request, case, tx))
    return reply


def kept(tx: Tx, officer_id: str) -> list[pb.KeptInspection]:
    """The inspections that wait for an officer: whoever carries one out was approved for it."""
    [queue] = (queue for queue in QUEUES if queue.noun == "inspection")
    found = select(Inspection).where(Inspection.state.in_(list(queue.waits)))  # type: ignore[attr-defined]
    records = (queue.recorded(row) for row in tx.query(found.order_by(Inspection.inspection_id)))
    return [
        pb.KeptInspection(
            inspection_id=record.inspection_id,
            number=record.number,
            obstacles=[obstacle(APPROVED, tx, "")],  # type: ignore[arg-type]
        )
        for record in records
        if officer_id in {o.officer_id for o in record.officers}
    ]


APPROVED = Broken(
    "ACT_NOT_OPEN",
    LAW,
    "The head approved who carries the inspection out, and the city gave the code for them. Call it off (CallOffInspection) and "
    "open it with others.",
    "检查人员经行政执法主体负责人批准，检查码为其赋予，不能移交；需要换人的，取消本次检查，另行报批。",
)


def handled(tx: Tx, officer_id: str, after: str) -> list[Case]:
    """The next cases that wait of those an officer ever handled, in the order of their ids, behind one of them."""
    on_case = select(Assignment.case_id).where(Assignment.officer_id == officer_id)
    found = select(Case).where(
        Case.case_id.in_(on_case), Case.state.in_(waiting_for("")), Case.case_id > after
    )  # type: ignore[attr-defined]
    return list(tx.query(found.order_by(Case.case_id).limit(AT_ONCE)))


def handed_over(request: pb.ReassignWorkRequest, case: cases.Case, tx: Tx) -> pb.ReassignedCase:
    """What becomes of one case."""
    ids = [o.officer_id for o in case.officers]
    ids[ids.index(request.from_officer_id)] = request.to_officer_id
    told = pb.ReassignedCase(case_id=case.case_id, case_number=case.case_number)
    try:
        asked = inquiries.AssignOfficersRequest(
            case_id=case.case_id, officer_ids=dict.fromkeys(ids), reason=request.reason
        )
        assign_officers(asked, tx)
        told.reassigned = True
    except Unlawful as no:
        told.obstacles.extend(obstacle(broken, tx, case.sector) for broken in no.broken)  # type: ignore[arg-type]
    return told
