"""What the rules of a sample of files are told at the city."""

from datetime import date, datetime, timedelta
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.procedure import whole
from services.law.procedures.file_review_batch import BatchFacts
from services.law.process import Move

EARLIEST, LATEST = 1949, 9000


def period(from_day: str, until_day: str) -> tuple[datetime, datetime] | None:
    """From the first moment of a day until the last has ended; None for what is no period, or lies beyond all records."""
    try:
        first, last = date.fromisoformat(from_day), date.fromisoformat(until_day)
    except ValueError:
        return None
    if not EARLIEST <= first.year <= last.year <= LATEST or first > last:
        return None
    since, until = (datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) for day in (first, last))
    return since, until + timedelta(days=1)


@whole
class Sampled(BatchFacts):
    """`look` is a transaction or a view."""

    def __init__(self, batch: pb.FileReviewBatch, look: Any, _move: Move, _request: Any = None) -> None:
        self.draw, self.look, self.now = batch, look, look.now

    def at(self) -> datetime:
        return self.now

    def days_right(self) -> bool:
        asked = period(self.draw.from_day, self.draw.until_day)
        today = self.now.astimezone(SHANGHAI).date()
        return asked is not None and (asked[1] - timedelta(days=1)).date() <= today

    def standard_held(self) -> bool:
        named = {standard.standard_id for standard in self.draw.standards}
        return all(file.standard_id in named for file in self.draw.files)
