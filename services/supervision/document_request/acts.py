"""A citizen asks for the review of a document, and is answered (HN-PROC 53, GF-2008-17 14, CITY-ERS 3(27))."""

from secrets import token_hex
from typing import Any

from yifa.supervision.v1 import document_request_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.document_request import DOCUMENT_REQUEST as REQUEST
from services.supervision.complaint.facts import hash_of
from services.supervision.document_request.act import PREFIX, act
from services.supervision.document_request.messages import shown
from services.supervision.normative_document.model import NormativeDocument


@write(loads=(NormativeDocument, "document_id"))
def request_document_review(
    request: pb.RequestDocumentReviewRequest, tx: Tx
) -> pb.RequestDocumentReviewResponse:
    """Take a request down, and give a receipt for it (HN-PROC 53). Starts NRM-13."""
    named, code = tx.find(NormativeDocument, request.document_id), token_hex(10)
    asked = pb.DocumentRequest(
        document_request_id=tx.new_id(PREFIX),
        document_id=request.document_id,
        title=named.title if named is not None else "",
        body_id=named.body_id if named is not None else "",
        text=request.text,
        receipt_hash=hash_of(code),
    )
    put_moment(asked.receive_time, tx.now)
    kept, _ = act.do(tx, REQUEST.RECEIVE, asked, request, _received)
    return pb.RequestDocumentReviewResponse(shown=shown(pb.DocumentRequest.FromString(kept)), receipt=code)


def _received(_request: Any, _asked: pb.DocumentRequest, _do: Do) -> events.DocumentReviewRequested:
    return events.DocumentReviewRequested()


def _answered(request: pb.AnswerDocumentRequestRequest, asked: pb.DocumentRequest, tx: Tx) -> None:
    asked.finding, asked.answer, asked.answerer = request.finding, request.answer, tx.caller.subject
    put_moment(asked.answer_time, tx.now)


@act(REQUEST.ANSWER, takes=_answered)
def answer_document_request(
    _request: Any, _asked: pb.DocumentRequest, _do: Do
) -> events.DocumentRequestAnswered:
    """Answer it (HN-PROC 53). Stops NRM-13."""
    return events.DocumentRequestAnswered()
