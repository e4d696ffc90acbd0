"""What was asked and answered of complaints in public (OPR-SUP 10)."""

from sqlalchemy import select
from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.rpc import read
from services.kit.view import View
from services.law.moment import put_moment
from services.law.procedures.complaint import COMPLAINT
from services.supervision.complaint.act import act
from services.supervision.complaint.facts import in_public
from services.supervision.complaint.model import Complaint
from services.supervision.counts import count

PREFIX = "CA-"
COMPLAINTS = Complaint.__table__
NEWEST_FIRST = (COMPLAINTS.c.public_time.desc(), COMPLAINTS.c.complaint_id.desc())
PAGE = 20


@act(COMPLAINT.PUBLISH_ANSWER)
def publish_complaint_answer(
    request: pb.PublishComplaintAnswerRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintAnswerPublished:
    """Make question and answer public, as who complained wants it (OPR-SUP 10)."""
    made = complaint.publications.add(
        publication_id=do.tx.new_id(PREFIX),
        question=request.question,
        answer=request.answer,
        publisher=do.caller,
    )
    put_moment(made.publish_time, do.now)
    return events.ComplaintAnswerPublished()


@act(COMPLAINT.WITHDRAW_ANSWER)
def withdraw_complaint_answer(
    request: pb.WithdrawComplaintAnswerRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintAnswerWithdrawn:
    """Take them from the public; what was public stays on record (OPR-SUP 10)."""
    public = complaint.publications[-1]
    public.withdraw_reason, public.withdrawer = request.reason, do.caller
    put_moment(public.withdraw_time, do.now)
    return events.ComplaintAnswerWithdrawn()


@read
def list_public_answers(request: pb.ListPublicAnswersRequest, view: View) -> pb.ListPublicAnswersResponse:
    """What was asked and answered in public, the newest first. Anybody may ask. Refuses with BAD_PAGE_TOKEN."""
    wanted = [COMPLAINTS.c.public_time.is_not(None)]
    found = select(COMPLAINTS.c.record, COMPLAINTS.c.public_time, COMPLAINTS.c.complaint_id).where(*wanted)
    rows, token = view.page(found, NEWEST_FIRST, request.page_size, request.page_token, default=PAGE)
    return pb.ListPublicAnswersResponse(
        answers=[public_answer(pb.Complaint.FromString(row.record)) for row in rows],
        next_page_token=token,
        total=count(view, COMPLAINTS, wanted),
    )


def public_answer(complaint: pb.Complaint) -> pb.PublicAnswer:
    """What anybody may read: no number by which a complaint is known, and nobody who worked on it."""
    public = in_public(complaint) or pb.ComplaintPublication()
    return pb.PublicAnswer(
        publication_id=public.publication_id,
        body_name=complaint.about.body_name,
        question=public.question,
        answer=public.answer,
        publish_time=public.publish_time,
        satisfaction=complaint.rating.satisfaction,
    )
