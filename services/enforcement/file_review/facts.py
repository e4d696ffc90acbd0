"""The facts of an objection: what it says, and how the review stands as the oversight body told of it last."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import file_review_pb2 as pb
from yifa.supervision.v1 import file_review_pb2 as reviews

from services.enforcement.file_review.model import FileReview, FileReviewObjection
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.file_review_objection import ObjectionFacts, ObjectionRecord
from services.law.process import Move

DIGEST = 32
TERM = "SUP-11"


@whole
class Objecting(ObjectionFacts):
    """An act about an objection. `look` is a transaction or a view."""

    def __init__(
        self, objection: pb.FileReviewObjection, look: Any, _move: Move, _request: Any = None
    ) -> None:
        self.objection, self.look, self.now = objection, look, look.now
        row = look.find(FileReview, objection.review_id)
        self.review = reviews.FileReview.FromString(row.record) if row is not None else reviews.FileReview()
        items = {item.item_id for item in self.review.items}
        self.record = ObjectionRecord(
            text=objection.text,
            items_known=items.issuperset(objection.item_ids),
            papers_whole=all(p.title.strip() and len(p.sha256) == DIGEST for p in objection.papers),
        )

    def at(self) -> datetime:
        return self.now

    def reported(self) -> bool:
        return bool(self.review.state == reviews.FILE_REVIEW_STATE_REPORTED)

    def given(self) -> bool:
        """While it is on its way, or was taken in; one that was left out is none."""
        mine = select(FileReviewObjection).where(FileReviewObjection.review_id == self.objection.review_id)
        others = (row for row in self.look.query(mine) if row.objection_id != self.objection.objection_id)
        return self.review.HasField("objection") or any(row.state != "LEFT" for row in others)

    def term_end(self) -> datetime | None:
        return next((moment_at(d, "due_time") for d in self.review.deadlines if d.clock_id == TERM), None)
