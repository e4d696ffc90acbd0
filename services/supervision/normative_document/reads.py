"""Normative documents for those who make and review them: a department sees its own."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import document_filing_pb2 as filings
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.normative_document import TABLE
from services.supervision.counts import count
from services.supervision.document_filing.model import DocumentFiling
from services.supervision.document_request.model import DocumentRequest
from services.supervision.normative_document.model import DraftComment, NormativeDocument
from services.supervision.normative_document.seen import own, sees

DOCUMENTS: Any = NormativeDocument.__table__  # type: ignore[attr-defined]
SHOWN = 200
"""How many comments and requests come along."""


@read
def get_normative_document(
    request: pb.GetNormativeDocumentRequest, view: View
) -> pb.GetNormativeDocumentResponse:
    """A document, its filings, comments and requests, and the methods that its state leaves open. Raises Missing."""
    row = view.find(NormativeDocument, request.document_id)
    if row is None or not sees(view, row.node):
        raise Missing("NormativeDocument", request.document_id)
    open_here = (m.method for m in TABLE.open(row.state) if m.roles and m.roles != ("SYSTEM",))
    answer = pb.GetNormativeDocumentResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.normative_document.ParseFromString(row.record)
    its = select(DocumentFiling).where(DocumentFiling.document_id == row.document_id)  # type: ignore[arg-type]
    for each in view.query(its.order_by(DocumentFiling.expect_time, DocumentFiling.filing_id)):  # type: ignore[arg-type]
        answer.filings.append(filings.DocumentFiling.FromString(each.record))
    for kind, field, order in (
        (DraftComment, answer.comments, DraftComment.comment_time),
        (DocumentRequest, answer.requests, DocumentRequest.receive_time),
    ):
        found = select(kind).where(kind.document_id == row.document_id).order_by(order)  # type: ignore[attr-defined]
        for each in view.query(found.limit(SHOWN)):
            field.add().ParseFromString(each.record)  # type: ignore[attr-defined]
    return answer


@read
def list_normative_documents(
    request: pb.ListNormativeDocumentsRequest, view: View
) -> pb.ListNormativeDocumentsResponse:
    """Documents without their texts, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    wanted = own(view, DOCUMENTS)
    if request.body_id:
        wanted.append(DOCUMENTS.c.body_id == request.body_id)
    if request.state:
        state = pb.NormativeDocumentState.Name(request.state).removeprefix("NORMATIVE_DOCUMENT_STATE_")
        wanted.append(DOCUMENTS.c.state == state)
    found = select(DOCUMENTS.c.record, DOCUMENTS.c.plan_time, DOCUMENTS.c.document_id).where(*wanted)
    keys = (DOCUMENTS.c.plan_time.desc(), DOCUMENTS.c.document_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListNormativeDocumentsResponse(next_page_token=token, total=count(view, DOCUMENTS, wanted))
    for row in rows:
        each = listed.normative_documents.add()
        each.ParseFromString(row.record)
        each.ClearField("text")
    return listed
