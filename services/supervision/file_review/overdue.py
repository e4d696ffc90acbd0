"""An objection that the oversight body did not answer in its term: a term that passed, like any other (EW-02, GD-FILE 12(7))."""

from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.file_review.model import FileReview
from services.supervision.warning.catalogue import Finding, watching
from services.supervision.warning.runner import end_others, put
from services.supervision.warning.seen import SeenClock

RECHECK = "SUP-12"
"""The term to answer an objection."""


def judge(tx: Tx, review_id: str, *, again: bool = False) -> None:
    """Bring the warning about the answer in line: raised when its term passed, settled when it came after all, withdrawn when the
    term turns out to run.
    """
    clock, row = tx.find(Clock, f"{review_id}/{RECHECK}"), tx.find(FileReview, review_id)
    if clock is None or row is None:
        return
    seen = SeenClock(clock, tx.city, tx.city, review_id, again=again, now=tx.now)
    found: list[Finding] = []
    for kind in watching("clock"):
        for finding in kind.find(seen):
            found.append(finding)
            put(tx, kind, row, finding)
    end_others(tx, review_id, found, [(reason, seen.about) for reason in seen.reasons])
