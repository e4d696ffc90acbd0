"""A request as who made it may see it."""

from yifa.supervision.v1 import document_request_pb2 as pb

CLOCK = "NRM-13"
TIMES = ("receive_time", "answer_time")


def shown(asked: pb.DocumentRequest) -> pb.DocumentRequestShown:
    """How it stands: no names of who handles it."""
    told = pb.DocumentRequestShown(
        document_request_id=asked.document_request_id,
        state=asked.state,
        title=asked.title,
        finding=asked.finding,
        answer=asked.answer,
    )
    for name in TIMES:
        if asked.HasField(name):
            getattr(told, name).CopyFrom(getattr(asked, name))
    for deadline in asked.deadlines:
        if deadline.clock_id == CLOCK:
            told.due_time.CopyFrom(deadline.due_time)
    return told
