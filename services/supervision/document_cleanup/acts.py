"""Looking through the documents of a maker, and the lists that follow (GF-2008-17 15, CBZ-2019-7 10)."""

from typing import Any

from yifa.supervision.v1 import document_cleanup_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.document_cleanup import DOCUMENT_CLEANUP as CLEANUP
from services.supervision.body.model import Body
from services.supervision.document_cleanup.act import PREFIX, act
from services.supervision.normative_document.model import NormativeDocument
from services.supervision.normative_document.turning import annul, go_on, leave_off


def begun(tx: Tx, body_id: str, cause: int, reasons: str) -> pb.DocumentCleanup:
    """A clean-up of the documents of a body, or of the government."""
    body = tx.find(Body, body_id) if body_id else None
    cleanup = pb.DocumentCleanup(
        cleanup_id=tx.new_id(PREFIX),
        body_id=body_id,
        body_name=body.name if body is not None else "",
        node=body.node if body is not None else tx.city,
        cause=cause,  # type: ignore[arg-type]
        reasons=reasons,
        opener=tx.caller.subject,
    )
    if not body_id:
        cleanup.body_name = tx.parameters.numbering().government
    put_moment(cleanup.open_time, tx.now)
    return cleanup


def _begins(request: pb.OpenDocumentCleanupRequest, tx: Tx) -> pb.DocumentCleanup:
    return begun(tx, request.body_id, request.cause, request.reasons)


@act(CLEANUP.OPEN, begins=_begins)
def open_document_cleanup(
    _request: Any, _cleanup: pb.DocumentCleanup, _do: Do
) -> events.DocumentCleanupOpened:
    """Begin to look through all documents of a maker (GF-2008-17 15)."""
    return events.DocumentCleanupOpened()


def _decided(request: pb.PublishDocumentCleanupRequest, cleanup: pb.DocumentCleanup, tx: Tx) -> None:
    del cleanup.documents[:]
    cleanup.documents.extend(request.documents)
    cleanup.address, cleanup.publisher = request.address, tx.caller.subject
    put_moment(cleanup.publish_time, tx.now)


@act(CLEANUP.PUBLISH, takes=_decided)
def publish_document_cleanup(
    _request: Any, cleanup: pb.DocumentCleanup, do: Do
) -> events.DocumentCleanupPublished:
    """Publish the lists (GF-2008-17 15): what goes on begins its two years anew, what is to be amended is no basis until then."""
    do.then = lambda: _follow(do.tx, cleanup)
    return events.DocumentCleanupPublished()


def _follow(tx: Tx, cleanup: pb.DocumentCleanup) -> None:
    for each in cleanup.documents:
        document = tx.get(NormativeDocument, each.document_id).document()
        if each.result == pb.CLEANUP_RESULT_CONTINUE:
            go_on(tx, document, cleanup.address)
        elif each.result == pb.CLEANUP_RESULT_AMEND:
            leave_off(tx, document, f"清理：修改（{each.reasons}）")
        else:
            annul(tx, document, each.reasons, cleanup.address)
