"""What the law asks of petitions besides: the person is told, the term may be extended, who passed it on is answered
(PET 22, 23, 34; CITY-ERS 6(6)).
"""

from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do, show_deadlines
from services.kit.clocks import extend
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.complaint import COMPLAINT
from services.supervision.complaint.act import act
from services.supervision.deadline.model import Clock

TERM = "SUP-14"


def _told(request: pb.NotifyPetitionerRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.acceptance_notice = request.document
    put_moment(complaint.tell_time, tx.now)


@act(COMPLAINT.NOTIFY_PETITIONER, takes=_told)
def notify_petitioner(
    _request: pb.NotifyPetitionerRequest, _complaint: pb.Complaint, _do: Do
) -> events.PetitionerNotified:
    """Tell the person in writing that it is accepted. Stops the fifteen days (PET 22, 23)."""
    return events.PetitionerNotified()


def _longer(request: pb.ExtendPetitionRequest, complaint: pb.Complaint, tx: Tx) -> None:
    longer = complaint.extensions.add(
        days=request.days, complexity=request.complexity, approver=tx.caller.subject
    )
    put_moment(longer.approve_time, tx.now)


@act(COMPLAINT.EXTEND_PETITION, takes=_longer)
def extend_petition(
    request: pb.ExtendPetitionRequest, complaint: pb.Complaint, do: Do
) -> events.PetitionExtended:
    """Lengthen the term of a complex petition, once (PET 34). Refuses with EXTENSION_TOO_LONG."""
    clock = do.tx.get(Clock, f"{complaint.complaint_id}/{TERM}")
    extend(
        do.tx,
        clock,
        request.days,
        approved=do.now,
        recorded=do.now,
        by="unit_head",
        approver=do.caller,
        cause=request.complexity,
    )
    put_moment(complaint.extensions[-1].due_time, clock.due_time)
    show_deadlines(complaint, [clock])
    return events.PetitionExtended()


def _answered(request: pb.AnswerPetitionSenderRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.sender_answer, complaint.sender_document = request.answer, request.document
    put_moment(complaint.sender_answer_time, tx.now)


@act(COMPLAINT.ANSWER_SENDER, takes=_answered)
def answer_petition_sender(
    _request: pb.AnswerPetitionSenderRequest, _complaint: pb.Complaint, _do: Do
) -> events.PetitionSenderAnswered:
    """Answer the body that passed the petition on (CITY-ERS 6(6))."""
    return events.PetitionSenderAnswered()
