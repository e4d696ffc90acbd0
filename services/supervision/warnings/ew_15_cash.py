"""EW-15: fines collected on the spot that are not handed on in time, and receipts that cannot be.

That no receipt was given at all, and that a case was closed before the bank had the money, mirrors the rules of the procedure.
"""

from collections.abc import Iterable

from sqlmodel import select

from services.law.moment import moment_at
from services.law.procedures.penalty.body import plain
from services.supervision.case.model import CaseView
from services.supervision.receipt.model import GivenReceipt, IssuedBatch
from services.supervision.receipt.reactions import others
from services.supervision.warning.catalogue import Finding, also, said
from services.supervision.warning.seen import PAYING, SeenCase, SeenClock

RECEIPTS = "APL-2021:70"


@also("EW-15", watches="clock")
def not_banked(seen: SeenClock) -> Iterable[Finding]:
    """Within two days who collected it hands it in, and within two more the agency pays it in (APL 71)."""
    if seen.clock_id not in seen.CASH or not (seen.passed or seen.late):
        return
    due = said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{seen.clock.title_zh}”期限已于{due}届满，当场收缴的罚款至今没有缴付。",
        en=f"The term “{seen.clock.title_en}” ended on {due}, and the fine collected on the spot is not handed on.",
        about=seen.about,
        reason="NOT_BANKED",
        law=seen.row.law,
        clock_id=seen.clock_id,
        over=seen.late,
    )


@also("EW-15", watches="case", on=PAYING)
def receipt_in_doubt(seen: SeenCase) -> Iterable[Finding]:
    """The receipt was given for another fine before, or is of no batch that the finance department had issued to the body by
    then (APL 70).
    """
    if not seen.case.collection.receipt.number:
        return
    at = moment_at(seen.case, "collection.collect_time")
    row = seen.look.find(GivenReceipt, seen.view.case_id)
    if at is None or row is None:
        return
    receipt = f"{seen.case.collection.receipt.series} {row.number}"
    before = [each for each in others(seen.look, row) if (each.at, each.case_id) < (row.at, row.case_id)]
    if before:
        other = seen.look.find(CaseView, before[0].case_id)
        number = (other.case_number if other is not None else "") or before[0].case_id
        yield Finding(
            at=at,
            zh=f"当场收缴所用票据（{receipt}）此前已用于另一案件（{number}），一号一用。",
            en=f"The receipt given ({receipt}) was given for another fine before ({number}).",
            reason="RECEIPT_USED",
            law=RECEIPTS,
        )
    if not issued(seen, row):
        yield Finding(
            at=at,
            zh=f"当场收缴所用票据（{receipt}）不在财政部门发给本机关并已登记的票据之中。",
            en=f"The receipt given ({receipt}) is of no batch that the finance department had issued to the body by then.",
            reason="RECEIPT_NOT_ISSUED",
            law=RECEIPTS,
        )


def issued(seen: SeenCase, row: GivenReceipt) -> bool:
    """Whether a receipt is of a batch that its body had been issued."""
    batches = seen.look.query(select(IssuedBatch).where(IssuedBatch.body_id == row.body_id))
    return any(
        plain(each.series) == row.series
        and each.first_number <= row.number <= each.last_number
        and each.issue_time <= row.at
        for each in batches
    )
