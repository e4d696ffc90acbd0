"""An objection that the oversight body did not answer in its term: a term that passed, like any other (EW-02, GD-FILE 12(7))."""

from services.kit.tx import Tx
from services.supervision.file_review.model import FileReview
from services.supervision.warning.own_clock import look_at_own

RECHECK = "SUP-12"
"""The term to answer an objection."""


def judge(tx: Tx, review_id: str, *, again: bool = False) -> None:
    """Bring the warning about the answer in line."""
    look_at_own(tx, tx.get(FileReview, review_id), RECHECK, tx.city, again=again)
