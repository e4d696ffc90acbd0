"""Handing over what somebody of the city has to do: each record by the act that says who does it, and by its rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1 import options_pb2
from yifa.supervision.v1 import complaint_pb2 as complaints
from yifa.supervision.v1 import file_review_pb2 as file_reviews
from yifa.supervision.v1 import reconsideration_pb2 as reconsiderations
from yifa.supervision.v1 import supervision_order_pb2 as orders
from yifa.supervision.v1 import work_pb2 as pb

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.kit.work import Queue
from services.law.moment import put_moment
from services.law.rule import Broken, Unlawful
from services.supervision.complaint.acts import assign_complaint
from services.supervision.file_review.acts import assign_file_reviewers
from services.supervision.reconsideration.receiving import assign_reconsiderers
from services.supervision.supervision_order.inquiry import replace_supervisors
from services.supervision.work.queues import CONTRACT, QUEUES

# Records that one call goes through: an event for each that is handed over.
AT_ONCE = 50
ROLE_REQUIRED = "ROLE_REQUIRED"


def assigned(key: str, people: list[str], request: pb.ReassignOfficeWorkRequest, _tx: Tx) -> Any:
    return complaints.AssignComplaintRequest(complaint_id=key, handlers=people, reason=request.reason)


def named(key: str, people: list[str], request: pb.ReassignOfficeWorkRequest, _tx: Tx) -> Any:
    return file_reviews.AssignFileReviewersRequest(review_id=key, reviewers=people, reasons=request.reason)


def heard(key: str, people: list[str], request: pb.ReassignOfficeWorkRequest, tx: Tx) -> Any:
    asked = reconsiderations.AssignReconsiderersRequest(
        reconsideration_id=key, reviewers=people, reason=request.reason
    )
    put_moment(asked.done_time, tx.now)
    return asked


def supervised(key: str, people: list[str], request: pb.ReassignOfficeWorkRequest, _tx: Tx) -> Any:
    return orders.ReplaceSupervisorsRequest(order_id=key, supervisors=people, reasons=request.reason)


@dataclass(frozen=True)
class Handing:
    """How a kind of record goes to others: the act, what it is asked with, and the field that says who has the record."""

    rpc: str
    act: Callable[[Any, Tx], Any]
    asked: Callable[[str, list[str], pb.ReassignOfficeWorkRequest, Tx], Any]
    field: str


HANDED_OVER: Mapping[str, Handing] = {
    "complaint": Handing("AssignComplaint", assign_complaint, assigned, "handlers"),
    "file_review": Handing("AssignFileReviewers", assign_file_reviewers, named, "reviewers"),
    "reconsideration": Handing("AssignReconsiderers", assign_reconsiderers, heard, "reviewers"),
    "supervision_order": Handing("ReplaceSupervisors", replace_supervisors, supervised, "supervisors"),
}
"""The records that a person has by name. What a unit has to do, or whoever comes to it, is handed over by nobody."""


@write
def reassign_office_work(request: pb.ReassignOfficeWorkRequest, tx: Tx) -> pb.ReassignOfficeWorkResponse:
    """Put another person in the place of one in the records that wait; one that a rule stands against stays as it is.

    Raises Malformed where both are the same, or no reason is given.
    """
    if request.from_officer_id == request.to_officer_id:
        said = "is the person whose work is handed over", "与被移交人为同一人"
        raise Malformed({"to_officer_id": said})
    for name in ("from_officer_id", "to_officer_id", "reason"):
        if not getattr(request, name).strip():
            raise Malformed({name: ("says nothing", "不得为空白")})
    found = held(tx, request.from_officer_id, request.after_record_id)
    reply = pb.ReassignOfficeWorkResponse(
        records=[handed_over(request, queue, key, record, tx) for key, queue, record in found[:AT_ONCE]]
    )
    if len(found) > AT_ONCE:
        reply.after_record_id = found[AT_ONCE - 1][0]
    return reply


def held(tx: Tx, person: str, after: str) -> list[tuple[str, Queue, Any]]:
    """The records that wait and that a person has to do, in the order of their ids, behind one of them."""
    found = []
    for queue in QUEUES:
        if (handing := HANDED_OVER.get(queue.noun)) is None:
            continue
        table = queue.row
        key = getattr(table, queue.key)
        wanted = select(table).where(table.state.in_(list(queue.waits)), key > after).order_by(key)
        for row in tx.query(wanted):
            record = queue.recorded(row)
            if person in getattr(record, handing.field):
                found.append((str(getattr(row, queue.key)), queue, record))
    return sorted(found, key=lambda each: each[0])


def handed_over(
    request: pb.ReassignOfficeWorkRequest, queue: Queue, key: str, record: Any, tx: Tx
) -> pb.ReassignedRecord:
    """What becomes of one record."""
    handing = HANDED_OVER[queue.noun]
    told = pb.ReassignedRecord(noun=queue.noun, record_id=key, number=number_of(record))
    people = [
        request.to_officer_id if each == request.from_officer_id else each
        for each in getattr(record, handing.field)
    ]
    if not any(tx.caller.has(role) for role in admitted(handing.rpc)):
        told.obstacles.append(NOT_YOURS)
        return told
    try:
        handing.act(handing.asked(key, list(dict.fromkeys(people)), request, tx), tx)
        told.reassigned = True
    except Unlawful as no:
        told.obstacles.extend(obstacle(broken, tx, record.sector) for broken in no.broken)
    return told


def number_of(record: Any) -> str:
    """What people call a record by."""
    names = ("number", "case_number", "act_document", "title")
    return next((text for name in names if (text := getattr(record, name, ""))), "")


def admitted(rpc: str) -> list[int]:
    """The roles that may do an act by itself: they are asked for here too."""
    return list(CONTRACT.methods_by_name[rpc].GetOptions().Extensions[options_pb2.access].roles)


def obstacle(broken: Broken, tx: Tx, sector: str) -> cases.Obstacle:
    """A rule under the article that binds."""
    told = tx.parameters.told(broken, sector)
    return cases.Obstacle(reason=told.reason, law=told.law, text_zh=told.says_zh, text_en=told.says)


NOT_YOURS = cases.Obstacle(
    reason=ROLE_REQUIRED,
    text_zh="该事项的交办人员不由您确定，应当由有权人员办理。",
    text_en="Who does this is not yours to say. Let somebody do it who may.",
)
