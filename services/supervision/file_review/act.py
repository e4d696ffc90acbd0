"""The acts of the review of a file: bound to its procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Acts, Body
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedure import Act
from services.law.procedures.file_review import FILE_REVIEW
from services.supervision.deadline.model import Clock
from services.supervision.file_review import overdue
from services.supervision.file_review.facts import Reviewed
from services.supervision.file_review.model import FileReview
from services.supervision.file_review.telling import tell
from services.supervision.file_review.withheld import scoring, shown_to, withheld

PREFIX = "K-"
_STATES = {n: name.removeprefix("FILE_REVIEW_STATE_") for name, n in pb.FileReviewState.items()}


def columns(review: pb.FileReview) -> dict[str, Any]:
    return {
        "batch_id": review.batch_id,
        "node": review.node,
        "body_id": review.body_id,
        "case_id": review.case_id,
        "state": _STATES[review.state],
        "open_time": moment_of(review.open_time),
        "final_time": moment_at(review, "final_time"),
        "version": review.version,
        "summary": summary(review),
    }


def summary(review: pb.FileReview) -> bytes:
    """What lists show: neither the items, nor what anybody said of them."""
    short = pb.FileReview.FromString(review.SerializeToString())
    for name in ("items", "scores", "earlier_result"):
        short.ClearField(name)
    del short.result.verdicts[:]
    if not review.HasField("result"):
        short.ClearField("result")
    return short.SerializeToString(deterministic=True)


def then(tx: Tx, record: Any, event: Any) -> None:
    """The department is told once there is a result, and the early warnings look at what was done."""
    tell(tx, record, event)
    overdue.judge(tx, record.review_id)


class Reviewing(Acts):
    """The department is told once there is a result; nobody what a reviewer found, before all have scored."""

    def do(self, tx: Tx, act: Act, record: Any, request: Any, body: Body) -> tuple[bytes, Any]:
        """The reply shows who asks the own score only."""
        kept, event = super().do(tx, act, record, request, body)
        if scoring(record):
            kept = shown_to(record, tx.caller.subject).SerializeToString(deterministic=True)
        return kept, event

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        if scoring(record):
            kept = withheld(record).SerializeToString(deterministic=True)
        super().announce(tx, record, kept, event, at, to)


act = Reviewing(
    row=FileReview,
    record=pb.FileReview,
    key="review_id",
    procedure=FILE_REVIEW,
    facts=Reviewed,
    columns=columns,
    clocks=Clock,
    tags=("review_id", "case_id"),
    then=then,
)
