"""The clean-ups of normative documents, newest first."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import document_cleanup_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.document_cleanup.model import DocumentCleanup
from services.supervision.normative_document.seen import own

CLEANUPS: Any = DocumentCleanup.__table__  # type: ignore[attr-defined]


@read
def list_document_cleanups(
    request: pb.ListDocumentCleanupsRequest, view: View
) -> pb.ListDocumentCleanupsResponse:
    """Clean-ups, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    wanted = own(view, CLEANUPS)
    if request.body_id:
        wanted.append(CLEANUPS.c.body_id == request.body_id)
    found = select(CLEANUPS.c.record, CLEANUPS.c.open_time, CLEANUPS.c.cleanup_id).where(*wanted)
    keys = (CLEANUPS.c.open_time.desc(), CLEANUPS.c.cleanup_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListDocumentCleanupsResponse(next_page_token=token, total=count(view, CLEANUPS, wanted))
    for row in rows:
        listed.document_cleanups.add().ParseFromString(row.record)
    return listed
