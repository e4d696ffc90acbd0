"""The acts of a normative document: bound to its procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.act import show_deadlines
from services.kit.clocks import arrange
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT
from services.supervision.deadline.model import Clock
from services.supervision.normative_document.facts import DoneDocument
from services.supervision.normative_document.model import NormativeDocument
from services.supervision.normative_document.standing import listed, standing
from services.supervision.normative_document.terms import VALIDITY
from services.supervision.told_unit import ToldUnit

PREFIX = "ND-"
_STATES = {n: name.removeprefix("NORMATIVE_DOCUMENT_STATE_") for name, n in pb.NormativeDocumentState.items()}
_PUBLISHED = pb.NORMATIVE_DOCUMENT_STATE_PUBLISHED
_LASTING = frozenset(
    {
        pb.NORMATIVE_DOCUMENT_STATE_IN_FORCE,
        pb.NORMATIVE_DOCUMENT_STATE_OFF_LIST,
        pb.NORMATIVE_DOCUMENT_STATE_CLAUSE_SUSPENDED,
    }
)
ENTERED = events.NormativeDocumentEntered.DESCRIPTOR.full_name


def columns(document: pb.NormativeDocument) -> dict[str, Any]:
    return {
        "state": _STATES[document.state],
        "node": document.node,
        "body_id": document.body_id,
        "title": document.title,
        "number": document.number,
        "standing": standing(document),
        "plan_time": moment_of(document.plan_time),
        "publish_time": moment_at(document, "publish_time"),
        "turn_time": turn_time(document),
        "version": document.version,
    }


def turn_time(document: pb.NormativeDocument) -> datetime | None:
    """When a document takes effect, its maker is told that its end is near, or it lapses, by itself."""
    if document.state == _PUBLISHED:
        return moment_at(document, "effect_time")
    if document.state not in _LASTING:
        return None
    told = document.HasField("expiry_notice_time")
    return moment_at(document, "expire_time" if told else "expiry_notice_due_time")


class Acting(ToldUnit):
    """The maker is told what concerns it; every node is told how a published document stands, once for each change."""

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        super().announce(tx, record, kept, event, at, to)
        row = tx.get(NormativeDocument, record.document_id)
        shown = listed(record)
        shown.ClearField("version")
        told = shown.SerializeToString(deterministic=True)
        if standing(record) and told != row.listed:
            row.listed, shown.version = told, record.version
            tx.emit(events.ListedDocumentTold(listed=shown), subject=record.document_id, to="all")

    def run_clocks(self, tx: Tx, record: Any, event: str, at: datetime) -> None:
        """Of a document that was entered the clean-up is counted from the list on which it stood."""
        if record.maker == pb.NORMATIVE_MAKER_SUPERIOR:
            return  # its terms run where it was made
        listed_then = moment_at(record, "list_time") if event == ENTERED else None
        super().run_clocks(tx, record, event, listed_then or at)
        follow_validity(tx, record)


def follow_validity(tx: Tx, document: pb.NormativeDocument) -> None:
    """The clocks of its validity end when the document does, which may say less than the law lets it be."""
    ends = moment_at(document, "expire_time")
    if ends is None:
        return
    rows = [tx.find(Clock, f"{document.document_id}/{clock_id}") for clock_id in VALIDITY]
    changed = [row for row in rows if row is not None and row.due_time != ends]
    for row in changed:
        row.due_time, row.provisional = ends, False
        arrange(tx, row)
    show_deadlines(document, changed)


def conditions(document: pb.NormativeDocument) -> frozenset[str]:
    return frozenset({"trial"} if document.trial else ())


act = Acting(
    row=NormativeDocument,
    record=pb.NormativeDocument,
    key="document_id",
    procedure=NORMATIVE_DOCUMENT,
    facts=DoneDocument,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("document_id",),
)
