"""Handing over what somebody has to do: all cases of one officer to another, each by the rules of an assignment (APL 42(1)), and
the inspections that have not begun, by those of replacing inspectors (GBF-2024-54).
"""

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inquiry_pb2 as inquiries
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import work_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.enforcement.case.acts import assign_officers
from services.enforcement.case.model import Assignment, Case
from services.enforcement.case.reads import obstacle
from services.enforcement.inspection.acts import replace_inspectors
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
    """Put another officer in the place of one in what waits; what a rule stands against stays as it is.

    Raises Missing for an officer whom the node does not know, Malformed where both are the same.
    """
    if request.from_officer_id == request.to_officer_id:
        said = "is the officer whose work is handed over", "与被移交人为同一人"
        raise Malformed({"to_officer_id": said})
    if tx.find(Standing, request.to_officer_id) is None:
        raise Missing("Standing", request.to_officer_id)
    reply = pb.ReassignWorkResponse(inspections=[] if request.after_case_id else visits(request, tx))
    rows = handled(tx, request.from_officer_id, request.after_case_id)
    if len(rows) == AT_ONCE:
        reply.after_case_id = rows[-1].case_id
    for row in rows:
        case = cases.Case.FromString(row.record)
        if request.from_officer_id in {o.officer_id for o in case.officers}:
            reply.cases.append(handed_over(request, case, tx))
    return reply


def visits(request: pb.ReassignWorkRequest, tx: Tx) -> list[pb.KeptInspection]:
    """What becomes of the inspections that wait for an officer."""
    [queue] = (queue for queue in QUEUES if queue.noun == "inspection")
    found = select(Inspection).where(Inspection.state.in_(list(queue.waits)))  # type: ignore[attr-defined]
    records = [queue.recorded(row) for row in tx.query(found.order_by(Inspection.inspection_id))]
    mine = [r for r in records if request.from_officer_id in {o.officer_id for o in r.officers}]
    return [replaced(request, record, tx) for record in mine]


def replaced(request: pb.ReassignWorkRequest, record: inspections.Inspection, tx: Tx) -> pb.KeptInspection:
    """What becomes of one: who carries it out was approved by the head, who alone hands it over."""
    told = pb.KeptInspection(inspection_id=record.inspection_id, number=record.number)
    if not tx.caller.has(Role.ROLE_AGENCY_HEAD):
        told.obstacles.append(obstacle(BY_HEAD, tx, record.sector))  # type: ignore[arg-type]
        return told
    ids = [o.officer_id for o in record.officers]
    ids[ids.index(request.from_officer_id)] = request.to_officer_id
    asked = inspections.ReplaceInspectorsRequest(
        inspection_id=record.inspection_id, officer_ids=dict.fromkeys(ids), reason=request.reason
    )
    try:
        replace_inspectors(asked, tx)
        told.reassigned = True
    except Unlawful as no:
        told.obstacles.extend(obstacle(broken, tx, record.sector) for broken in no.broken)  # type: ignore[arg-type]
    return told


BY_HEAD = Broken(
    "ACT_NOT_OPEN",
    LAW,
    "The head approved who carries the inspection out. Let the head hand it over (ReplaceInspectors, ReassignWork).",
    "检查人员经行政执法主体负责人批准；需要换人的，由负责人决定更换检查人员。",
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
