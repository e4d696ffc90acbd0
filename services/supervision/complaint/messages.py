"""A complaint as who complained may see it."""

from yifa.supervision.v1 import complaint_pb2 as pb

CLOCK = "SUP-10"


def shown(complaint: pb.Complaint) -> pb.ComplaintShown:
    """How it stands: no names of who handles it, and none of who complained."""
    told = pb.ComplaintShown(
        complaint_id=complaint.complaint_id,
        state=complaint.state,
        number=complaint.number,
        receive_time=complaint.receive_time,
        transferred_to=complaint.transferred_to,
        way=complaint.way,
        conclusion=complaint.conclusion,
        answer=complaint.answer,
        satisfaction=complaint.rating.satisfaction,
    )
    if complaint.HasField("answer_time"):
        told.answer_time.CopyFrom(complaint.answer_time)
    for deadline in complaint.deadlines:
        if deadline.clock_id == CLOCK:
            told.due_time.CopyFrom(deadline.due_time)
    return told
