"""Requests to review a document, for the legal office; and one, for who made it."""

from hmac import compare_digest
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import document_request_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.complaint.facts import hash_of
from services.supervision.counts import count
from services.supervision.document_request.messages import shown
from services.supervision.document_request.model import DocumentRequest

REQUESTS: Any = DocumentRequest.__table__  # type: ignore[attr-defined]


@read
def list_document_requests(
    request: pb.ListDocumentRequestsRequest, view: View
) -> pb.ListDocumentRequestsResponse:
    """Requests, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = [REQUESTS.c.document_id == request.document_id] if request.document_id else []
    if request.state:
        state = pb.DocumentRequestState.Name(request.state).removeprefix("DOCUMENT_REQUEST_STATE_")
        wanted.append(REQUESTS.c.state == state)
    found = select(REQUESTS.c.record, REQUESTS.c.receive_time, REQUESTS.c.document_request_id)
    keys = (REQUESTS.c.receive_time.desc(), REQUESTS.c.document_request_id.desc())
    rows, token = view.page(found.where(*wanted), keys, request.page_size, request.page_token)
    listed = pb.ListDocumentRequestsResponse(next_page_token=token, total=count(view, REQUESTS, wanted))
    for row in rows:
        listed.document_requests.add().ParseFromString(row.record)
    return listed


@read
def check_document_request(
    request: pb.CheckDocumentRequestRequest, view: View
) -> pb.CheckDocumentRequestResponse:
    """How a request stands, for who shows its receipt: another is answered as if there were none. Raises Missing."""
    row = view.find(DocumentRequest, request.document_request_id)
    asked = pb.DocumentRequest.FromString(row.record) if row is not None else pb.DocumentRequest()
    if not asked.receipt_hash or not compare_digest(asked.receipt_hash, hash_of(request.receipt)):
        raise Missing("DocumentRequest", request.document_request_id)
    return pb.CheckDocumentRequestResponse(shown=shown(asked))
