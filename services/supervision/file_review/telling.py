"""What the department learns of the review of a file: the result with all that shows it, not who found what."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.tx import Tx
from services.law.event import events as declared
from services.law.moment import moment_of
from services.supervision.file_review.facts import OBJECTION
from services.supervision.warning.runner import address

KEPT = ("scores", "reviewers", "assigner", "assign_reasons", "concluder")
"""What stays with the oversight body: who found what (GD-FILE 10)."""


def told(review: pb.FileReview) -> pb.FileReview:
    """A review as the department sees it."""
    seen = pb.FileReview.FromString(review.SerializeToString(deterministic=True))
    for field in KEPT:
        seen.ClearField(field)
    if seen.HasField("objection"):
        seen.objection.ClearField("examiner")
    return seen


def tell(tx: Tx, review: pb.FileReview, event: Any) -> None:
    """Tell the department what was done, once there is a result."""
    own = isinstance(event, events.FileReviewReminded) and event.deadline.clock_id != OBJECTION
    if own or not review.HasField("report_time"):
        return
    title = declared()[event.DESCRIPTOR.full_name].title
    news = pb.FileReviewNews(file_review=told(review), says_zh=title.zh, says_en=title.en)
    tx.emit(events.FileReviewTold(told=news), subject=review.review_id, to=address(tx, review.node))


def enter(tx: Tx, review: pb.FileReview) -> None:
    """A final result goes into the files of those who took part in the case, at the registries of both nodes."""
    result = review.result
    entered = events.FileReviewEntered(
        review_id=review.review_id, node=review.node, case_number=review.case_number
    )
    for each in review.participants:
        entered.entries.add(
            review_id=review.review_id,
            officer_id=each.officer_id,
            part=each.part,
            node=review.node,
            body_id=review.body_id,
            case_id=review.case_id,
            record_id=review.record_id,
            case_number=review.case_number,
            score=result.score,
            grade=result.grade,
            vetoes=result.vetoes,
            final_time=moment_of(review.final_time),
            version=review.version,
        )
    tx.emit(entered, subject=review.review_id, to=address(tx, review.node))
