"""What the public says of a draft, and what it is answered (GBF-2018-37, CITY-ERS 4(8)). Nobody's name is kept."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT as DOCUMENT
from services.supervision.normative_document.act import act
from services.supervision.normative_document.model import DraftComment, NormativeDocument


def _allowed(tx: Tx, name: str, document_id: str, request: object) -> pb.NormativeDocument:
    """The document, if the act is open. Raises Missing, Unlawful."""
    document: pb.NormativeDocument = act.open(tx, document_id)
    todo = getattr(DOCUMENT, name)
    act.step(todo, document, act.facts(document, tx, DOCUMENT.named(name), request))
    return document


@write(loads=(NormativeDocument, "document_id"))
def comment_on_draft(request: pb.CommentOnDraftRequest, tx: Tx) -> pb.CommentOnDraftResponse:
    """Take a comment down while the draft is open for it (GBF-2018-37). Refuses with NOT_FOUND, COMMENT_CLOSED."""
    document = _allowed(tx, "COMMENT", request.document_id, request)
    comment = pb.DraftComment(
        comment_id=tx.new_id("DC-"), document_id=document.document_id, text=request.text
    )
    put_moment(comment.comment_time, tx.now)
    tx.add(
        DraftComment.new(
            comment_id=comment.comment_id,
            document_id=comment.document_id,
            comment_time=moment_of(comment.comment_time),
            record=comment.SerializeToString(deterministic=True),
        )
    )
    document.comments += 1
    act.write(tx, document, events.DraftCommented(comment=comment))
    return pb.CommentOnDraftResponse(comment=comment)


@write(loads=(DraftComment, "comment_id"))
def answer_draft_comment(request: pb.AnswerDraftCommentRequest, tx: Tx) -> pb.AnswerDraftCommentResponse:
    """Answer a comment: taken up, or why not (GBF-2018-37). What is answered again is answered anew."""
    row = tx.get(DraftComment, request.comment_id)
    _allowed(tx, "ANSWER_COMMENT", row.document_id, request)
    comment = pb.DraftComment.FromString(row.record)
    comment.adopted, comment.answer = request.adopted, request.answer
    put_moment(comment.answer_time, tx.now)
    row.answered, row.record = True, comment.SerializeToString(deterministic=True)
    tx.emit(events.DraftCommentAnswered(comment=comment), subject=row.document_id)
    return pb.AnswerDraftCommentResponse(comment=comment)
