"""The filings of normative documents, newest first."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import document_filing_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.document_filing.model import DocumentFiling
from services.supervision.normative_document.seen import own

FILINGS: Any = DocumentFiling.__table__  # type: ignore[attr-defined]


@read
def list_document_filings(
    request: pb.ListDocumentFilingsRequest, view: View
) -> pb.ListDocumentFilingsResponse:
    """Filings, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    wanted = own(view, FILINGS)
    if request.body_id:
        wanted.append(FILINGS.c.body_id == request.body_id)
    if request.state:
        state = pb.DocumentFilingState.Name(request.state).removeprefix("DOCUMENT_FILING_STATE_")
        wanted.append(FILINGS.c.state == state)
    found = select(FILINGS.c.record, FILINGS.c.expect_time, FILINGS.c.filing_id).where(*wanted)
    keys = (FILINGS.c.expect_time.desc(), FILINGS.c.filing_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListDocumentFilingsResponse(next_page_token=token, total=count(view, FILINGS, wanted))
    for row in rows:
        listed.document_filings.add().ParseFromString(row.record)
    return listed
