"""What the rules of a sample of files are told at the city."""

from datetime import date, datetime
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.procedure import whole
from services.law.procedures.file_review_batch import BatchFacts
from services.law.process import Move


def day_in(text: str) -> date | None:
    """A day as it is written; None for one that there is not."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@whole
class Sampled(BatchFacts):
    """`look` is a transaction or a view."""

    def __init__(self, batch: pb.FileReviewBatch, look: Any, _move: Move, _request: Any = None) -> None:
        self.draw, self.look, self.now = batch, look, look.now

    def at(self) -> datetime:
        return self.now

    def days_right(self) -> bool:
        first, last = day_in(self.draw.from_day), day_in(self.draw.until_day)
        return (
            first is not None and last is not None and first <= last <= self.now.astimezone(SHANGHAI).date()
        )

    def standard_held(self) -> bool:
        named = {standard.standard_id for standard in self.draw.standards}
        return all(file.standard_id in named for file in self.draw.files)
