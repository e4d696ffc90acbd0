"""Reviewing a file: who reviews, what each found, what it comes to, and the answer to an objection (GD-FILE 10, 12, 16, 17)."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.file_review import FILE_REVIEW
from services.supervision.file_review import verdict
from services.supervision.file_review.act import act
from services.supervision.file_review.precheck import prechecked
from services.supervision.file_review.source import file_of, kind_name
from services.supervision.file_review.standard import asked
from services.supervision.file_review.telling import enter


def _named(request: pb.AssignFileReviewersRequest, review: pb.FileReview, _tx: Tx) -> None:
    review.reviewers[:] = request.reviewers


@act(FILE_REVIEW.ASSIGN_REVIEWERS, takes=_named)
def assign_file_reviewers(
    request: pb.AssignFileReviewersRequest, review: pb.FileReview, do: Do
) -> events.FileReviewersAssigned:
    """Name who reviews the file, each for oneself; the machine looks at it. What others scored before falls away."""
    review.assigner, review.assign_reasons = do.caller, request.reasons
    put_moment(review.assign_time, do.now)
    del review.scores[:]
    standard = asked(do.tx, review)
    if standard is None:  # the rule on the act has looked before
        raise LookupError(review.standard.standard_id)
    items = standard.asked_of(kind_name(review.kind))
    del review.items[:]
    review.items.extend(
        prechecked(do.tx, file_of(do.tx, review.kind, review.case_id, review.record_id), items)
    )
    put_moment(review.precheck_time, do.now)
    review.edition = do.tx.edition.mark
    return events.FileReviewersAssigned()


@act(FILE_REVIEW.SCORE_FILE)
def score_file(request: pb.ScoreFileRequest, review: pb.FileReview, do: Do) -> events.FileScored:
    """Say what one reviewer found of each item, and sign it (GD-FILE 10)."""
    score = review.scores.add(reviewer=do.caller, verdicts=request.verdicts, remarks=request.remarks)
    put_moment(score.score_time, do.now)
    return events.FileScored()


@act(FILE_REVIEW.CONCLUDE_FILE_REVIEW)
def conclude_file_review(
    request: pb.ConcludeFileReviewRequest, review: pb.FileReview, do: Do
) -> events.FileReviewReported:
    """Put the scores together, and tell the department (GD-FILE 16, 17). Starts the term to object."""
    joined = verdict.joined(review.scores, request.settled)
    review.result.CopyFrom(verdict.result_of(do.tx, review, joined, request.remarks))
    review.concluder = do.caller
    put_moment(review.report_time, do.now)
    return events.FileReviewReported()


@act(FILE_REVIEW.DECIDE_FILE_OBJECTION)
def decide_file_objection(
    request: pb.DecideFileObjectionRequest, review: pb.FileReview, do: Do
) -> events.FileObjectionDecided:
    """Answer an objection: uphold the result, or judge items otherwise (GD-FILE 12(7)). The result is final."""
    objection = review.objection
    objection.reasons, objection.examiner = request.reasons, do.caller
    put_moment(objection.decide_time, do.now)
    objection.result = pb.FILE_OBJECTION_RESULT_UPHELD
    if request.changed:
        objection.result = pb.FILE_OBJECTION_RESULT_CHANGED
        verdicts = verdict.replaced(review.result.verdicts, request.changed)
        review.earlier_result.CopyFrom(review.result)
        review.result.CopyFrom(verdict.result_of(do.tx, review, verdicts, review.result.remarks))
    final(review, do)
    return events.FileObjectionDecided()


def final(review: pb.FileReview, do: Do) -> None:
    """The result stands from now on, and goes into the officers' files once it is written."""
    put_moment(review.final_time, do.now)
    do.then = lambda: enter(do.tx, review)
