"""What becomes of the documents of a body that ended: who goes on with its powers has them, and looks through them at once."""

from typing import Any

from sqlmodel import select
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import document_cleanup_pb2 as cleanups
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.procedures.document_cleanup import DOCUMENT_CLEANUP
from services.supervision.document_cleanup.act import act as cleaning
from services.supervision.document_cleanup.acts import begun
from services.supervision.normative_document.act import act
from services.supervision.normative_document.model import NormativeDocument

REFORM = cleanups.DOCUMENT_CLEANUP_CAUSE_REFORM
ENDED = frozenset({"ABANDONED", "REPEALED", "EXPIRED"})


def succeed(tx: Tx, event: registry.BodySucceeded) -> None:
    """The documents go to the heir; of several to the first that is announced. Nothing where there are none."""
    heir, gone = event.body, event.predecessor
    its = select(NormativeDocument).where(NormativeDocument.body_id == gone.body_id)
    rows = [row for row in tx.query(its.order_by(NormativeDocument.document_id)) if row.state not in ENDED]
    for row in rows:
        document = row.document()
        document.body_id, document.body_name, document.node = heir.body_id, heir.name, heir.node
        act.write(tx, document, events.NormativeDocumentSucceeded(), row=row)
    if rows:
        clean_up(tx, heir.body_id, f"机构改革：{gone.name}由{heir.name}承接")


def clean_up(tx: Tx, body_id: str, reasons: str) -> None:
    """A reform asks for a clean-up of all (CBZ-2019-7 10), unless one is under way."""
    cleanup = begun(tx, body_id, REFORM, reasons)

    def body(_request: None, _cleanup: Any, _do: Do) -> events.DocumentCleanupOpened:
        return events.DocumentCleanupOpened()

    move = DOCUMENT_CLEANUP.named("OPEN_AFTER_REFORM")
    if not cleaning.facts(cleanup, tx, move).open_already():
        cleaning.do(tx, DOCUMENT_CLEANUP.OPEN_AFTER_REFORM, cleanup, None, body)
