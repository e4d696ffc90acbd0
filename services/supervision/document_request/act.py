"""The acts of a request: bound to its procedure, its table, its clock and its facts."""

from typing import Any

from yifa.supervision.v1 import document_request_pb2 as pb

from services.kit.act import Acts
from services.law.moment import moment_of
from services.law.procedures.document_request import DOCUMENT_REQUEST
from services.supervision.deadline.model import Clock
from services.supervision.document_request.facts import Requested
from services.supervision.document_request.model import DocumentRequest

PREFIX = "DQ-"
_STATES = {n: name.removeprefix("DOCUMENT_REQUEST_STATE_") for name, n in pb.DocumentRequestState.items()}


def columns(asked: pb.DocumentRequest) -> dict[str, Any]:
    return {
        "document_id": asked.document_id,
        "state": _STATES[asked.state],
        "receive_time": moment_of(asked.receive_time),
        "version": asked.version,
    }


act = Acts(
    row=DocumentRequest,
    record=pb.DocumentRequest,
    key="document_request_id",
    procedure=DOCUMENT_REQUEST,
    facts=Requested,
    columns=columns,
    clocks=Clock,
    tags=("document_request_id", "document_id"),
)
