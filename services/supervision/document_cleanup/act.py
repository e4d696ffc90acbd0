"""The acts of a clean-up: bound to its procedure, its table and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import document_cleanup_pb2 as pb

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.document_cleanup import DOCUMENT_CLEANUP
from services.supervision.document_cleanup.facts import Cleaning
from services.supervision.document_cleanup.model import DocumentCleanup
from services.supervision.normative_document.act import to_node

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


class Acting(Acts):
    """The maker is told what concerns it."""

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        super().announce(tx, record, kept, event, at, to_node(tx, record.node, event))


act = Acting(
    row=DocumentCleanup,
    record=pb.DocumentCleanup,
    key="cleanup_id",
    procedure=DOCUMENT_CLEANUP,
    facts=Cleaning,
    columns=columns,
    tags=("cleanup_id",),
)
