"""The acts of a clean-up: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.supervision.v1 import document_cleanup_pb2 as pb

from services.law.moment import moment_of
from services.law.procedures.document_cleanup import DOCUMENT_CLEANUP
from services.supervision.document_cleanup.facts import Cleaning
from services.supervision.document_cleanup.model import DocumentCleanup
from services.supervision.told_unit import ToldUnit

PREFIX = "NC-"
_STATES = {n: name.removeprefix("DOCUMENT_CLEANUP_STATE_") for name, n in pb.DocumentCleanupState.items()}


def columns(cleanup: pb.DocumentCleanup) -> dict[str, Any]:
    return {
        "state": _STATES[cleanup.state],
        "node": cleanup.node,
        "body_id": cleanup.body_id,
        "open_time": moment_of(cleanup.open_time),
        "version": cleanup.version,
    }


act = ToldUnit(
    row=DocumentCleanup,
    record=pb.DocumentCleanup,
    key="cleanup_id",
    procedure=DOCUMENT_CLEANUP,
    facts=Cleaning,
    columns=columns,
    tags=("cleanup_id",),
)
