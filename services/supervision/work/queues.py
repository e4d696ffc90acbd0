"""The queues of the city: what the legal office, its head and the reconsideration body have to do, and what they wait for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import String, cast, func
from yifa.enforcement.v1 import enforcement_service_pb2
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET
from yifa.supervision.v1 import filing_pb2, reconsideration_pb2, supervision_service_pb2, work_task_pb2

from services.kit.act import Acts
from services.kit.view import View
from services.kit.work import About, Holder, Queue
from services.law.procedures.filing import FILING_REVIEW
from services.law.procedures.work_task import SPOT_CHECK
from services.law.process import Move
from services.law.waiting import waits_for
from services.supervision.accountability.act import act as accountability
from services.supervision.assessment.act import act as assessment
from services.supervision.complaint.act import act as complaint
from services.supervision.document_cleanup.act import act as document_cleanup
from services.supervision.document_filing.act import act as document_filing
from services.supervision.document_request.act import act as document_request
from services.supervision.file_review.act import act as file_review
from services.supervision.filing.messages import filing_message
from services.supervision.filing.model import Filing
from services.supervision.important_matter.act import act as important_matter
from services.supervision.major_decision.act import act as major_decision
from services.supervision.normative_document.act import act as normative_document
from services.supervision.officer_assessment.act import act as officer_assessment
from services.supervision.reconsideration.act import act as reconsideration
from services.supervision.reconsideration.model import Reconsiderer
from services.supervision.suit.act import act as suit
from services.supervision.supervision_order.act import act as supervision_order
from services.supervision.work_task.act import act as work_task

CONTRACT = supervision_service_pb2.DESCRIPTOR.services_by_name["SupervisionService"]
# What a unit has to do, it does at its own node.
OF_UNITS = enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"]
RPCS = frozenset(CONTRACT.methods_by_name) | frozenset(OF_UNITS.methods_by_name)
# Done on occasion, and waited for by nobody: what stops a record, ends it before its time, or begins it anew.
ON_OCCASION = {
    "accountability": ("DROP", "TRANSFER", "ASK_FOR_REVIEW"),
    "complaint": ("MERGE", "REOPEN", "TRANSFER", "GUIDE"),
    "document_filing": ("REVIEW_AGAIN",),
    "file_review": ("OBJECT_TO_FILE_REVIEW",),
    "important_matter": (
        "RETURN",
        "WITHDRAW",
        "ASK_MORE",
        "SEND_BACK",
        "INSTRUCT",
        "SUPPLEMENT",
        "PASS_UP",
        "READDRESS",
    ),
    "major_decision": ("ABANDON", "SUSPEND", "REVISE"),
    "normative_document": ("ABANDON", "REVISE", "REPEAL", "SUSPEND_CLAUSE"),
    "officer_assessment": ("ASK_RECHECK",),
    "reconsideration": ("CONVERT", "SUSPEND", "REVIEW_DOCUMENT", "TERMINATE", "WITHDRAW", "DISMISS"),
    "suit": ("WITHDRAW", "DISMISS"),
    "work_task": ("WITHDRAW",),
    "supervision_order": ("TURN_GENERAL", "RAISE", "PROPOSE", "WITHDRAW", "DIVERT"),
}
# Waited for though the state stays: each reviewer scores the file; what was accepted is looked into again.
ALSO = {
    "file_review": (("REVIEWING", "SCORE_FILE"),),
    "officer_assessment": (("OPENED", "SCORE"),),
    "work_task": (("ACCEPTED", "SPOT_PASS"),),
}
# What a unit does at the city itself, by whose people.
OF_UNIT = ("important_matter", "work_task", "officer_assessment")
UNIT = frozenset({"UNIT_HEAD", "AGENCY_HEAD"})
OPEN_FILING = ("FILED", "RETURNED", "REGISTERED")


def persons(ids: Any) -> tuple[Holder, ...]:
    return tuple(Holder(each) for each in ids if each)


def reconsidered(record: Any, view: View) -> About:
    """Who hears it is known by name to the list of those who may."""
    rows = [(who, view.find(Reconsiderer, who)) for who in record.reviewers]
    its = tuple(Holder(who, named(row)) for who, row in rows)
    return About(
        record.act_document,
        record.applicant,
        record.act,
        record.case_id,
        record.case_number,
        record.node,
        its,
    )


def named(row: Any) -> str:
    return reconsideration_pb2.Reconsiderer.FromString(row.record).name if row is not None else ""


def complained(record: Any, _view: View) -> About:
    """By the unit that is complained of; who complained is in no queue."""
    return About(record.number, record.about.body_name, record.about.act, holders=persons(record.handlers))


def matter(record: Any, _view: View) -> About:
    return About(
        record.title, record.body_name, record.title, record.case_id, record.case_number, record.node,
        persons(record.supervisors),
    )  # fmt: skip


def pursued(record: Any, _view: View) -> About:
    who = record.officer_name or record.body_name
    return About(record.title, who, record.title, record.case_id, record.case_number, record.node)


def reviewed(record: Any, _view: View) -> About:
    return About(
        record.case_number, record.body_name, "", record.case_id, record.case_number, record.node,
        persons(record.reviewers),
    )  # fmt: skip


def sued(record: Any, _view: View) -> About:
    return About(record.court_number, record.plaintiff, "", record.case_id, record.case_number, record.node)


def document(record: Any, _view: View) -> About:
    its = persons(getattr(record, "reviewers", ()))
    number = getattr(record, "number", "")
    return About(
        number, getattr(record, "body_name", ""), record.title, node=getattr(record, "node", ""), holders=its
    )


def decision(record: Any, _view: View) -> About:
    return About(str(record.year or ""), record.body_name, record.title, node=record.node)


def of_body(record: Any, _view: View) -> About:
    return About(str(getattr(record, "year", "") or ""), record.body_name, node=record.node)


def of_person(record: Any, _view: View) -> About:
    return About(f"{record.year} {record.officer_name}", record.body_name, node=record.node)


def tasked(record: work_task_pb2.WorkTask, _view: View) -> About | None:
    """By the unit that has to do it. What was accepted waits as long as the time to look into it again runs, or has passed."""
    spot = next((each.state for each in record.deadlines if each.clock_id == SPOT_CHECK), None)
    if record.state == work_task_pb2.WORK_TASK_STATE_ACCEPTED and spot in (None, CLOCK_STATE_MET):
        return None
    return About(record.document_number, record.body_name, record.title, node=record.node)


def told(record: Any, _view: View) -> About:
    return About(record.code, record.body_name, record.title, node=record.node)


def filed(record: filing_pb2.FilingReview, _view: View) -> About:
    return About(
        record.decision_number, record.party_name, "", record.case_id, record.case_number, record.node,
        persons([record.reviewer]),
    )  # fmt: skip


def _queue(noun: str, acts: Acts, about: Callable[[Any, View], About | None]) -> Queue:
    waits = waits_for(acts.procedure, ON_OCCASION.get(noun, ()), ALSO.get(noun, ()), RPCS)
    also = of_year(acts.row) if about in (decision, of_body, of_person) else None
    return Queue(noun, acts.row, acts.key, acts.record, waits, about, (CONTRACT, OF_UNITS), also=also)


def of_year(row: Any) -> Callable[[str], Any] | None:
    """What goes by its year is found by it: a record has that as a number, not as a text."""
    year = row.__table__.c.get("year")
    return None if year is None else lambda text: cast(year, String).contains(text, autoescape=True)


FILINGS = Queue(
    "filing",
    Filing,
    "filing_id",
    filing_pb2.FilingReview,
    {s: moves for s, moves in waits_for(FILING_REVIEW, ("LAPSE",), (), RPCS).items() if s in OPEN_FILING},
    filed,
    (CONTRACT, OF_UNITS),
    since=func.coalesce(Filing.__table__.c.file_time, Filing.__table__.c.decide_time),  # type: ignore[attr-defined]
    read=filing_message,
    columns=tuple(c for c in Filing.__table__.columns if c.name != "substance"),  # type: ignore[attr-defined]
)
MATTERS = _queue("important_matter", important_matter, told)
SENT_TO = MATTERS.row.__table__.c.superior_id
ANSWERING = frozenset({"REPLY", "NOTE"})
"""What the superior does to a matter: the unit that sent it only waits for it."""
QUEUES = (
    _queue("accountability", accountability, pursued),
    _queue("assessment", assessment, of_body),
    _queue("complaint", complaint, complained),
    _queue("document_cleanup", document_cleanup, of_body),
    _queue("document_filing", document_filing, document),
    _queue("document_request", document_request, document),
    _queue("file_review", file_review, reviewed),
    FILINGS,
    replace(MATTERS, only=(SENT_TO == "",)),
    _queue("major_decision", major_decision, decision),
    _queue("normative_document", normative_document, document),
    _queue("officer_assessment", officer_assessment, of_person),
    _queue("reconsideration", reconsideration, reconsidered),
    _queue("suit", suit, sued),
    _queue("supervision_order", supervision_order, matter),
    _queue("work_task", work_task, tasked),
)


def of_unit(node: str, headed: Iterable[str]) -> tuple[Queue, ...]:
    """What waits at the city for the people of a department: of its own tasks, what they may do; and for the heads of a body, by
    id, what was sent to it from below.
    """
    own = tuple(_theirs(queue, node) for queue in QUEUES if queue.noun in OF_UNIT)
    from_below = _waiting(MATTERS, lambda move: move.act in ANSWERING)
    return (*own, replace(from_below, only=(SENT_TO.in_(tuple(headed)),)))


def _theirs(queue: Queue, node: str) -> Queue:
    its = _waiting(
        queue, lambda move: bool(UNIT & set(queue.roles(move))) and move.act not in _elsewhere(queue)
    )
    return replace(its, only=(queue.row.__table__.c.node == node,))


def _elsewhere(queue: Queue) -> frozenset[str]:
    return ANSWERING if queue.noun == MATTERS.noun else frozenset()


def _waiting(queue: Queue, wanted: Callable[[Move], bool]) -> Queue:
    """What of a queue waits for the acts that are wanted."""
    its = {state: tuple(move for move in moves if wanted(move)) for state, moves in queue.waits.items()}
    return replace(queue, waits={state: moves for state, moves in its.items() if moves})
