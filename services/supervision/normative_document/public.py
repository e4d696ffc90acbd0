"""The public list of documents in force, their texts, and the drafts before the public (GF-2008-17 13, 15). Anybody may ask."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import document_list_pb2 as pb
from yifa.supervision.v1 import normative_document_pb2 as documents

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.normative_document.model import DraftComment, NormativeDocument
from services.supervision.normative_document.standing import listed, standing

DOCUMENTS: Any = NormativeDocument.__table__  # type: ignore[attr-defined]
COMMENTS: Any = DraftComment.__table__  # type: ignore[attr-defined]
LAST_PUBLISHED_FIRST = (DOCUMENTS.c.publish_time.desc(), DOCUMENTS.c.document_id.desc())
LAST_PLANNED_FIRST = (DOCUMENTS.c.plan_time.desc(), DOCUMENTS.c.document_id.desc())
IN_ORDER = (COMMENTS.c.comment_time, COMMENTS.c.comment_id)
PAGE = 20


@read
def list_documents_in_force(
    request: pb.ListDocumentsInForceRequest, view: View
) -> pb.ListDocumentsInForceResponse:
    """The list in force, or that of what was left off, repealed or has lapsed. Refuses with BAD_PAGE_TOKEN."""
    wanted = [DOCUMENTS.c.standing == (request.standing or pb.DOCUMENT_STANDING_IN_FORCE)]
    if request.body_id:
        wanted.append(DOCUMENTS.c.body_id == request.body_id)
    found = select(DOCUMENTS.c.record, DOCUMENTS.c.publish_time, DOCUMENTS.c.document_id).where(*wanted)
    rows, token = view.page(found, LAST_PUBLISHED_FIRST, request.page_size, request.page_token, default=PAGE)
    return pb.ListDocumentsInForceResponse(
        documents=[listed(documents.NormativeDocument.FromString(row.record)) for row in rows],
        next_page_token=token,
        total=count(view, DOCUMENTS, wanted),
    )


@read
def read_public_document(request: pb.ReadPublicDocumentRequest, view: View) -> pb.ReadPublicDocumentResponse:
    """The text of what was published, or of a draft before the public; of nothing else. Raises Missing."""
    row = view.find(NormativeDocument, request.document_id)
    document = documents.NormativeDocument.FromString(row.record) if row is not None else None
    laid_open = document is not None and document.state == documents.NORMATIVE_DOCUMENT_STATE_COMMENTING
    if document is None or not (laid_open or standing(document)):
        raise Missing("NormativeDocument", request.document_id)
    shown = pb.ReadPublicDocumentResponse(
        document_id=document.document_id,
        title=document.title,
        text=document.text,
        adoption=document.adoption,
    )
    if laid_open:
        shown.comment_end_time.CopyFrom(document.comment_end_time)
        shown.draft_address = document.draft_address
    else:
        shown.listed.CopyFrom(listed(document))
    return shown


@read
def list_open_drafts(request: pb.ListOpenDraftsRequest, view: View) -> pb.ListOpenDraftsResponse:
    """The drafts before the public. Refuses with BAD_PAGE_TOKEN."""
    found = select(DOCUMENTS.c.record, DOCUMENTS.c.plan_time, DOCUMENTS.c.document_id)
    laid_open = found.where(DOCUMENTS.c.state == "COMMENTING")
    rows, token = view.page(
        laid_open, LAST_PLANNED_FIRST, request.page_size, request.page_token, default=PAGE
    )
    answer = pb.ListOpenDraftsResponse(next_page_token=token)
    for row in rows:
        document = documents.NormativeDocument.FromString(row.record)
        answer.drafts.add(
            document_id=document.document_id,
            title=document.title,
            body_name=document.body_name,
            draft_address=document.draft_address,
            comment_end_time=document.comment_end_time,
        )
    return answer


@read
def list_draft_comments(request: pb.ListDraftCommentsRequest, view: View) -> pb.ListDraftCommentsResponse:
    """The comments on a draft with their answers, in their order. Refuses with BAD_PAGE_TOKEN."""
    found = select(COMMENTS.c.record, COMMENTS.c.comment_time, COMMENTS.c.comment_id)
    its = found.where(COMMENTS.c.document_id == request.document_id)
    rows, token = view.page(its, IN_ORDER, request.page_size, request.page_token, default=PAGE)
    answer = pb.ListDraftCommentsResponse(next_page_token=token)
    for row in rows:
        answer.comments.add().ParseFromString(row.record)
    return answer
