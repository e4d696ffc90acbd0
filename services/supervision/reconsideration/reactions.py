"""What other records say of a reconsideration joins it, and what it says of a document goes to the register of documents."""

from contextlib import suppress

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as documents

from services.kit.tx import Tx
from services.law.rule import Unlawful
from services.supervision.case.model import CaseView
from services.supervision.normative_document import lasting
from services.supervision.reconsideration.act import act
from services.supervision.reconsideration.model import Reconsideration


def of_outcome(tx: Tx, view: CaseView, outcome: cases.Outcome) -> None:
    """How it ended stands in the case: it joins the entry that says so, each once; what the case says otherwise is marked."""
    if outcome.remedy != cases.REMEDY_RECONSIDERATION:
        return
    its = select(Reconsideration).where(Reconsideration.case_id == view.case_id)
    for row in tx.query(its.order_by(Reconsideration.register_time.desc())):  # type: ignore[attr-defined]
        record = row.reconsideration()
        if not record.HasField("result") or record.result.document.strip() != outcome.document.strip():
            continue
        if record.outcome.document != outcome.document:
            record.outcome.CopyFrom(outcome)
            record.differs = outcome.kind != record.result.kind
            act.write(tx, record, events.ReconsiderationOutcomeJoined(), row=row)
        return


def on_document_decided(event: events.ReconsiderationDocumentDecided, tx: Tx) -> None:
    """Clauses that were stopped stand so in the register of documents (ARL 59), unless the document has ended."""
    review = event.reconsideration.document_review
    if not review.stopped or not review.document_id:
        return
    said = documents.SuspendDocumentClauseRequest(
        document_id=review.document_id, clauses=review.clauses, document=review.document
    )
    with suppress(Unlawful):
        lasting.suspend_document_clause(said, tx)
