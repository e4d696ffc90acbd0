"""The terms of the review of a file: reminders, the end of the term to object, and terms that moved (GD-FILE 12(7))."""

from contextlib import suppress
from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Do, show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.law.procedures.file_review import FILE_REVIEW
from services.law.rule import Unlawful
from services.supervision.deadline.model import Clock
from services.supervision.file_review import overdue
from services.supervision.file_review.act import act
from services.supervision.file_review.acts import final
from services.supervision.file_review.facts import OBJECTION
from services.supervision.file_review.model import FileReview


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end: who has to act is reminded. Nobody objected in the term: the result is final."""
    review = tx.get(FileReview, stage.row.subject).review()
    show_deadlines(review, [stage.row])
    if stage.what == "passed" and stage.row.clock_id == OBJECTION:
        with suppress(Unlawful):
            act.do(tx, FILE_REVIEW.FINISH_FILE_REVIEW, review, None, _finished)
        return
    act.write(tx, review, events.FileReviewReminded(deadline=deadline_proto(stage.row)))
    if stage.what == "passed" and stage.at > stage.row.due_time:
        overdue.judge(tx, review.review_id, again=True)


def _finished(_request: None, review: pb.FileReview, do: Do) -> events.FileReviewFinished:
    final(review, do)
    return events.FileReviewFinished()


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A clock was counted anew, by other holidays or corrected law."""
    review = tx.get(FileReview, row.subject).review()
    show_deadlines(review, [row])
    act.write(tx, review, events.FileReviewReminded(deadline=deadline_proto(row)))
