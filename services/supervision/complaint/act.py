"""The acts of a complaint: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.supervision.v1 import complaint_pb2 as pb

from services.kit.act import Acts
from services.law.moment import moment_at, moment_of
from services.law.procedures.complaint import COMPLAINT
from services.supervision.complaint.facts import DoneComplaint, act_key, conditions, in_public, state_of
from services.supervision.complaint.model import Complaint
from services.supervision.deadline.model import Clock

PREFIX = "CM-"


def columns(complaint: pb.Complaint) -> dict[str, Any]:
    return {
        "number": complaint.number,
        "state": state_of(complaint),
        "source": complaint.source,
        "body_id": complaint.about.body_id,
        "act_key": act_key(complaint.about),
        "receive_time": moment_of(complaint.receive_time),
        "public_time": moment_at(public, "publish_time") if (public := in_public(complaint)) else None,
        "version": complaint.version,
    }


act = Acts(
    row=Complaint,
    record=pb.Complaint,
    key="complaint_id",
    procedure=COMPLAINT,
    facts=DoneComplaint,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("complaint_id",),
)
